"""The report shows who escalates toward whom, needs no network, and is honest about what it leaves out."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import year
from rich.console import Console

from classifier.batch import Job, run
from classifier.batch.watch import Watch
from classifier.errors import TableError
from classifier.timeline.page import render_page
from classifier.timeline.read import Event, Fields, read_events
from classifier.timeline.series import actors_of, monday, pairs_of

pytest.importorskip("altair", reason="the report is an extra: pip install 'detente[report]'")


def row(day: str, who: str, level: float, text: str, **more: Any) -> dict[str, Any]:
    return {"date": day, "speaker": who, "text": text, "escalation": {"score": level, "label": "neutral"}, **more}


def write(path: Path, rows: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return str(path)


def events(who: str, levels_by_week: list[list[float]]) -> list[Event]:
    return [
        Event(date.fromordinal(date(2026, 1, 5).toordinal() + 7 * week), who, "Other", level, "neutral", f"{week} {i}")
        for week, levels in enumerate(levels_by_week)
        for i, level in enumerate(levels)
    ]


def test_copies_of_a_statement_count_once_and_the_same_words_later_count_again(tmp_path: Path) -> None:
    rows = [
        row("2026-01-05", "A", 1, "We object."),
        row("2026-01-06", "A", 1, "“We  object!”"),
        row("2026-01-05", "B", 1, "We object."),
        row("2026-03-05", "A", 1, "We object."),
    ]
    found = read_events([write(tmp_path / "s.jsonl", rows)], Fields())
    assert [(event.day.isoformat(), event.who) for event in found.events] == [
        ("2026-01-05", "A"),
        ("2026-01-05", "B"),
        ("2026-03-05", "A"),
    ]
    assert found.left_out == {"copies of another": 1}


def test_rows_that_cannot_be_placed_are_counted_by_their_reason(tmp_path: Path) -> None:
    rows = [
        row("2026-01-05T10:00:00Z", "A", 1, "a"),
        row("yesterday", "A", 1, "b"),
        row("2026-01-05", "", 1, "c"),
        row("2026-01-05", "A", 1, "d", abstained=True),
        {"date": "2026-01-05", "speaker": "A"},
    ]
    path = write(tmp_path / "s.jsonl", rows)
    found = read_events([path], Fields())
    assert len(found.events) == 1
    assert found.left_out == {"without a date": 1, "without a name": 1, "abstained": 1, "without a score": 1}
    assert len(read_events([path], Fields(), abstained=True).events) == 2


def test_files_without_anything_to_show_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"expected scored rows .* found 1 without a date"):
        read_events([write(tmp_path / "s.jsonl", [row("", "A", 1, "a")])], Fields())
    (tmp_path / "bad.jsonl").write_text("not json\n")
    with pytest.raises(TableError, match="run `detente score` again"):
        read_events([str(tmp_path / "bad.jsonl")], Fields())


def test_weeks_have_bands_from_three_statements_on_that_hold_the_mean() -> None:
    [actor] = actors_of(events("A", [[1.0, 2.0], [0.0, 1.0, 2.0, 3.0]]))
    assert [(week.count, week.mean) for week in actor.weeks] == [(2, 1.5), (4, 1.5)]
    assert actor.weeks[0].low is None
    low, high = actor.weeks[1].low, actor.weeks[1].high
    assert low is not None
    assert high is not None
    assert 0 < low < 1.5 < high < 3
    assert actors_of(events("A", [[1.0, 2.0], [0.0, 1.0, 2.0, 3.0]])) == [actor]


def test_a_change_is_sure_where_its_band_leaves_out_none() -> None:
    [actor] = actors_of(events("A", [[0.0, 0.2, 0.1]] * 4 + [[2.0, 2.2, 2.1]] * 4))
    assert actor.change is not None
    assert actor.change.value == pytest.approx(2.0)
    assert actor.change.sure
    [actor] = actors_of(events("A", [[0.0, 2.0]] * 8))
    assert actor.change is not None
    assert not actor.change.sure


def test_the_statements_that_moved_a_week_are_its_strongest() -> None:
    [actor] = actors_of(events("A", [[0.0, 0.1, 0.2]] * 3 + [[0.0, 2.5, 2.9, 1.0, 1.5]]))
    move = actor.moves[0]
    assert move.week.start == date(2026, 1, 26)
    assert move.change == pytest.approx(1.48)
    assert [event.level for event in move.events] == [2.9, 2.5, 1.5]


def test_pairs_are_of_the_named_and_counted() -> None:
    [pair] = pairs_of([*events("A", [[1.0, 2.0]]), *events("B", [[0.0]])], ["A"])
    assert (pair.who, pair.toward, pair.count, pair.mean) == ("A", "Other", 2, 1.5)
    assert monday(date(2026, 1, 11)) == date(2026, 1, 5)


def test_text_from_outside_cannot_become_markup(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    rows = [row("2026-01-05", evil, 0, f"{i} {evil}", stance={"target": evil}) for i in range(4)]
    rows += [row("2026-01-12", evil, 3, f"later {i} {evil}", stance={"target": evil}) for i in range(4)]
    page = render_page(read_events([write(tmp_path / "s.jsonl", rows)], Fields()), evil)
    markup, _, program = page.partition("<script>")
    assert "<script>alert" not in page
    assert "<img" not in markup
    assert program.count("</script>") == 2


@pytest.mark.parametrize("ending", ["jsonl.gz", "csv", "parquet"])
def test_every_format_of_scored_files_gives_the_same_events(ending: str, tmp_path: Path, models: Path) -> None:
    source = year.write(tmp_path / "in.jsonl", each=1)
    found = []
    for output in (tmp_path / f"out.{ending}", tmp_path / "out.jsonl"):
        run(Job([str(source)], str(output), model_path=models), Watch(Console(stderr=True)))
        found.append(read_events([str(output)], Fields()))
    assert found[0] == found[1]


def test_the_page_of_a_year_draws_itself_without_network_and_fits_a_phone(tmp_path: Path, models: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("a browser is needed: apt-get install chromium")
    source = year.write(tmp_path / "in.jsonl", each=1)
    run(Job([str(source)], str(tmp_path / "out.jsonl"), model_path=models), Watch(Console(stderr=True)))
    page_file = tmp_path / "report.html"
    page_file.write_text(render_page(read_events([str(tmp_path / "out.jsonl")], Fields()), "A year"), encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        page.wait_for_selector("#weeks7 svg", timeout=20_000)
        assert page.locator("svg").count() == 17
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert (said, asked) == ([], [page_file.as_uri()])
        browser.close()
