"""Articles as rows: one a statement, with who said it and where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from classifier.errors import TableError
from classifier.quotes import Statement, extract
from classifier.tables.chunks import Chunk, Columns
from classifier.tables.formats import suffixes_of
from classifier.tables.rows import Row, Rows, decode
from classifier.tables.values import column_of, json_text
from classifier.words import mentions_of

_DATE: Final = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Article:
    """An article's plain text and what is known of it."""

    text: str
    date: str | None = None
    """ISO 8601 date of publication, from the page or the file's name."""
    title: str | None = None


class ArticleRows(Rows):
    """The statements of articles; the id of each is the file's name and the statement's number in it."""

    def __init__(self, chunk: Chunk, columns: Columns) -> None:
        super().__init__(chunk.source, columns)
        self.values: list[dict[str, Any]] = []
        for name, line in zip(chunk.names, chunk.lines, strict=True):
            self.source = name
            try:
                self._add(name, read_article(name, decode(line)))
            except ValueError as error:
                self.refuse(1, str(error), line.data[:1000])

    def _add(self, name: str, article: Article) -> None:
        file = PurePosixPath(name).name
        for number, statement in enumerate(extract(article.text), 1):
            known = {"article": name, "title": article.title, "date": article.date}
            self.values.append({**known, **statement.as_dict()})
            self.rows.append(Row(number, f"{file}:{number}", statement.scored_text, _target(statement)))

    def _objects(self, kept: Sequence[int]) -> list[str]:
        return [json_text(self.values[i]) for i in kept]

    def _columns(self, kept: Sequence[int]) -> dict[str, Any]:
        names = self.values[0] if self.values else {}
        return {name: column_of([self.values[i][name] for i in kept]) for name in names}

    def _original(self, index: int) -> str:
        return self.rows[index].text

    def _keys(self, index: int) -> Iterable[str]:
        return self.values[index]


def _target(statement: Statement) -> str | None:
    """Return the target where the scored text itself names it: only there has it a stance."""
    target = statement.target
    return target if target and mentions_of(statement.scored_text, target) else None


def read_article(name: str, content: str) -> Article:
    """Return an article's text; that of HTML pages without what surrounds it.

    Raises ValueError where a page holds no article, TableError where HTML is given and trafilatura is not installed.
    """
    dated = _DATE.search(PurePosixPath(name).name)
    date = dated[1] if dated else None
    if suffixes_of(name)[0] not in (".html", ".htm"):
        return Article(content.replace("\r\n", "\n"), date)
    try:
        from trafilatura import bare_extraction
    except ModuleNotFoundError as error:
        raise TableError(
            f"expected the package trafilatura for the HTML page {name}, found it not installed; "
            f"run: pip install 'detente[html]', or give the article's text"
        ) from error
    found = bare_extraction(content, with_metadata=True, include_comments=False, include_tables=False)
    text = getattr(found, "text", None)
    if not text:
        raise ValueError("expected a page with an article, found no text in it; give the article's text")
    return Article(text, date or getattr(found, "date", None), getattr(found, "title", None))
