"""``detente extract``: an article's statements with speakers and offsets."""

import json
import sys
from pathlib import Path

import click

from classifier.errors import TableError
from classifier.quotes import extract as extract_statements


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
def extract(articles: tuple[Path, ...]) -> None:
    """Print the statements of ARTICLES (text files, - for standard input) as JSONL.

    Each line has the speaker, the cue, the quoted or reported words and their offsets: text[start:end] is the quote.
    """
    for path in articles:
        for statement in extract_statements(read_article(path)):
            click.echo(json.dumps({"article": path.name, **statement.as_dict()}, ensure_ascii=False))


def read_article(path: Path) -> str:
    """Read an article's text.  Raises TableError where it cannot be read as UTF-8."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TableError(f"expected an article in {path}, found {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise TableError(
            f"expected UTF-8 in {path}, found the byte 0x{error.object[error.start]:02x} at {error.start}; "
            f"save the article as UTF-8"
        ) from error
