"""How well and how fast statements are extracted: ``python -m benchmarks.quotes [--held]``.

Prints precision, recall and F1 of quotations and indirect speech, exact and at 0.8 overlap, and speaker accuracy, by
half and by kind of article; then articles of 3,000 characters a second: extracted alone, extracted and scored, against
the floor that is wanted, and written as JSON lines too as ``detente score --articles`` does it; and the time of
extraction from 10 kB to 1 MB.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from benchmarks.quote_scores import Count, Gold, Scores, score
from classifier.batch.work import Setup, Worker
from classifier.model import DEFAULT_PATH, Classifier
from classifier.quotes import COMPILED, extract
from classifier.tables.chunks import Chunk, Columns
from classifier.tables.formats import Format, Kind
from classifier.tables.lines import Line

_ROOT: Final = Path(__file__).parents[1]
ARTICLES: Final = _ROOT / "tests" / "fixtures" / "articles"
EXAMPLES: Final = _ROOT / "examples"
STANDARD: Final = 3_000
"""Characters of the article that speed is given for."""
FLOOR: Final = 500
"""Such articles a second that are wanted at least, extraction and scoring together."""
ROUNDS: Final = 9
LEAST: Final = 30_000
"""Characters of a round at least: fewer texts are read more than once in it."""
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


Reading = Callable[[list[str]], object]
"""What is measured of texts."""


def extracted(texts: list[str]) -> None:
    """Extract the statements of texts."""
    for text in texts:
        extract(text)


def scored(classifier: Classifier) -> Reading:
    """Return what extracts the statements of texts and scores them, all heads, each with its target."""

    def read(texts: list[str]) -> None:
        found = [said for text in texts for said in extract(text)]
        classifier.score_arrays([said.scored_text for said in found], [said.target for said in found])

    return read


def written(worker: Worker) -> Reading:
    """Return what makes texts JSON lines of scored statements, as a worker of ``detente score --articles`` does."""

    def read(texts: list[str]) -> None:
        lines = [Line(1, text.encode()) for text in texts]
        worker.work(Chunk(0, "", Format.ARTICLE, lines, names=tuple(f"{number}.txt" for number in range(len(lines)))))

    return read


def by_turns(readings: Sequence[Reading], texts: list[str], rounds: int = ROUNDS) -> list[float]:
    """Return how many articles of :data:`STANDARD` characters a second each way reads, by processor time.

    All of them run in every round, since the machine's speed changes; each has the best of its rounds.
    """
    size = sum(len(text) for text in texts)
    seconds = zip(*([_seconds(read, texts) for read in readings] for _ in range(rounds)), strict=True)
    return [size / STANDARD / min(each) for each in seconds]


def _seconds(read: Reading, texts: list[str]) -> float:
    before = time.process_time()
    read(texts)
    return time.process_time() - before


def speeds(worker: Worker) -> Iterator[str]:
    """Yield a line for each set of articles: how fast it is extracted, scored as well against :data:`FLOOR`, written.

    "first" is the speed at which the open half is read by what has read the practice half alone: names and phrases that
    have been met before are remembered, and a newspaper brings new ones.
    """
    both = scored(worker.classifier)
    practice, opened = ([article.text for article in read_articles(ARTICLES / half)] for half in ("practice", "open"))
    examples = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    examples *= -(-LEAST // sum(len(text) for text in examples))
    both(practice)
    (first,) = by_turns([both], opened, rounds=1)
    rules = "compiled" if COMPILED else "as plain Python"
    yield f"articles of {STANDARD} characters a second of one core, rules {rules}; the floor of scoring is {FLOOR}"
    yield f"{'':<12} statements extracted scored too {'':<12} written too"
    yield f"{'open, first':<12} {'':>10} {'':>9} {_against_floor(first)}"
    for name, texts in (("open", opened), ("examples", examples)):
        count = sum(len(extract(text)) for text in texts) * STANDARD / sum(map(len, texts))
        alone, together, whole = by_turns([extracted, both, written(worker)], texts)
        yield f"{name:<12} {count:>10.0f} {alone:>9.0f} {_against_floor(together)} {whole:>11.0f}"


def _against_floor(speed: float) -> str:
    return f"{speed:10.0f} {'holds' if speed >= FLOOR else 'falls short':<12}"


def curve(texts: list[str]) -> Iterator[tuple[int, float]]:
    """Yield characters and seconds for one text of each of :data:`SIZES`, made of ``texts`` without their end marks."""
    joined = "\n\n".join(text for text in texts if "END" not in text)
    repeated = joined * (SIZES[-1] // len(joined) + 1)
    for size in SIZES:
        yield size, _seconds(extracted, [repeated[:size]])


@click.command()
@click.option("--held", is_flag=True, help="Score the held-out half too. Look at it once, after the rules are done.")
@click.option("--speed/--no-speed", default=True, help="Measure speed as well.")
@click.option("--model", "model_path", type=click.Path(path_type=Path), default=DEFAULT_PATH, show_default=True)
def main(held: bool, speed: bool, model_path: Path) -> None:
    """Score the extraction of statements on the fixtures."""
    measured = list(speeds(Setup(model_path, Columns(), Kind(Format.JSONL)).build())) if speed else []
    for half in ("open", "practice", "held") if held else ("open", "practice"):
        for line in lines(half, score_by_kind(read_articles(ARTICLES / half))):
            click.echo(line)
    if not speed:
        return
    for line in measured:
        click.echo(line)
    for size, seconds in curve([article.text for article in read_articles(ARTICLES / "open")]):
        click.echo(f"{size:>9} characters {seconds:7.3f} s {size / seconds / 1e6:6.2f} MB/s")


if __name__ == "__main__":
    main()
