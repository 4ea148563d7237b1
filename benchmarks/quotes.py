"""How well and how fast statements are extracted: ``python -m benchmarks.quotes [--held]``.

Prints precision, recall and F1 of quotations and indirect speech, exact and at 0.8 overlap, and speaker accuracy, by
half and by kind of article; then articles of 3,000 characters a second, and the time from 10 kB to 1 MB.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from benchmarks.quote_scores import Count, Gold, Scores, score
from classifier.quotes import extract

ARTICLES: Final = Path(__file__).parents[1] / "tests" / "fixtures" / "articles"
STANDARD: Final = 3_000
"""Characters of the article that speed is given for."""
SIZES: Final = (10_000, 30_000, 100_000, 300_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its gold."""

    name: str
    kind: str
    text: str
    gold: list[Gold]


def read_articles(folder: Path) -> list[Article]:
    """Read every ``*.gold.json`` of ``folder`` with its text, in the order of their names."""
    articles = []
    for path in sorted(folder.glob("*.gold.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(record["article"]).read_text(encoding="utf-8")
        gold = [Gold(row["start"], row["end"], row["kind"], row["speaker"]) for row in record["statements"]]
        articles.append(Article(record["article"], record.get("kind", ""), text, gold))
    return articles


def score_by_kind(articles: Iterable[Article]) -> dict[str, Scores]:
    """Return the summed scores of each kind of article, and of all under "all"."""
    scores: dict[str, Scores] = {}
    for article in articles:
        counted = score(article.gold, extract(article.text))
        for kind in (article.kind, "all"):
            scores[kind] = scores.get(kind, Scores()) + counted
    return scores


def lines(half: str, scores: dict[str, Scores]) -> Iterator[str]:
    """Yield a table of the scores of a half, the sum last."""
    yield f"{half:<14} {'quotes exact':^20} {'quotes 0.8':^20} {'indirect exact':^20} {'indirect 0.8':^20} speakers"
    for kind in sorted(scores, key=lambda kind: (kind == "all", kind)):
        found = scores[kind]
        columns = (found.quotes_exact, found.quotes_overlap, found.indirect_exact, found.indirect_overlap)
        yield f"{kind:<14} {' '.join(_column(count) for count in columns)} {_speakers(found.speakers)}"


def _column(count: Count) -> str:
    return f"{count.precision:6.3f} {count.recall:6.3f} {count.f1:6.3f}"


def _speakers(count: Count) -> str:
    return f"{count.recall:.3f} of {count.gold}" if count.gold else "no direct quotation"


def articles_per_second(texts: list[str], rounds: int = 5) -> float:
    """Return how many articles of :data:`STANDARD` characters a second of processor time reads, best of ``rounds``."""
    size = sum(len(text) for text in texts)
    best = min(_seconds(texts) for _ in range(rounds))
    return size / STANDARD / best


def _seconds(texts: list[str]) -> float:
    before = time.process_time()
    for text in texts:
        extract(text)
    return time.process_time() - before


def curve(texts: list[str]) -> Iterator[tuple[int, float]]:
    """Yield characters and seconds for one text of each of :data:`SIZES`, made of ``texts`` without their end marks."""
    joined = "\n\n".join(text for text in texts if "END" not in text)
    repeated = joined * (SIZES[-1] // len(joined) + 1)
    for size in SIZES:
        yield size, _seconds([repeated[:size]])


@click.command()
@click.option("--held", is_flag=True, help="Score the held-out half too. Look at it once, after the rules are done.")
@click.option("--speed/--no-speed", default=True, help="Measure speed as well.")
def main(held: bool, speed: bool) -> None:
    """Score the extraction of statements on the fixtures."""
    for half in ("open", "practice", "held") if held else ("open", "practice"):
        for line in lines(half, score_by_kind(read_articles(ARTICLES / half))):
            click.echo(line)
    if not speed:
        return
    texts = [article.text for article in read_articles(ARTICLES / "open")]
    click.echo(f"{articles_per_second(texts):.0f} articles of {STANDARD} characters a second")
    for size, seconds in curve(texts):
        click.echo(f"{size:>9} characters {seconds:7.3f} s {size / seconds / 1e6:6.2f} MB/s")


if __name__ == "__main__":
    main()
