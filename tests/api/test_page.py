"""The page in a real browser: an article pasted, seven statements, an explanation, a correction; and axe."""

import csv
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Served, serving

from api.keys import hash_key, new_key
from api.settings import KeyEntry
from classifier.feedback import read_corrections
from classifier.prediction import COLUMNS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

OWN = Path(__file__).parent / "article.txt"
UPI = Path(__file__).parents[3] / "shared" / "articles" / "upi-nato-russia.txt"
ARTICLE = UPI if UPI.is_file() else OWN
SCREENSHOTS = os.environ.get("DETENTE_SCREENSHOTS")
"""Folder for screenshots to look at; none are taken without it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('page')}/feedback.db"
    with serving(model=models, feedback_url=url) as service:
        yield service, url


@pytest.fixture
def page(browser: Any, service: tuple[Served, str]) -> Iterator[Any]:
    """The page; at its end no script has failed and nothing was asked of another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith((service[0].url, "blob:")) else problems.append(request.url),
    )
    page.goto(service[0].url)
    yield page
    context.close()
    assert problems == []


def score(page: Any, text: str) -> None:
    page.get_by_label("An article, or statements").fill(text)
    page.get_by_role("button", name="Score").click()
    page.locator("#results:not([hidden])").wait_for()


def look(page: Any, name: str) -> None:
    if SCREENSHOTS:
        page.screenshot(path=f"{SCREENSHOTS}/{name}.png", full_page=True)


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong with the page as it is."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def test_the_article_of_the_project_gives_seven_statements(page: Any) -> None:
    if not UPI.is_file():
        pytest.skip(f"the article is not at {UPI}")
    score(page, UPI.read_text(encoding="utf-8"))
    assert page.locator("#list > li").count() == 7
    assert page.get_by_role("status").first.inner_text() == "7 statements."
    first = page.locator("#article a.speaks").nth(1)
    assert first.get_attribute("data-speaker") == "Jens Stoltenberg"
    assert first.inner_text().startswith("We had a very serious")
    assert page.locator("#chart tbody tr").count() == 5
    look(page, "upi-desktop")


def test_an_article_is_read_explained_and_corrected(page: Any, service: tuple[Served, str]) -> None:
    score(page, OWN.read_text(encoding="utf-8"))
    assert page.locator("#list > li").count() == 6
    assert page.locator("#chart tbody tr").count() == 4
    look(page, "article-desktop")

    page.get_by_role("button", name="Why? about statement 2").click()
    page.locator("#s1 .why table").first.wait_for()
    assert page.locator("#s1 .why mark").count() > 0
    page.get_by_role("button", name="Correct statement 2").click()
    form = page.locator("#s1 form")
    form.get_by_label("Escalation").select_option("1")
    form.get_by_label("Act").select_option("consult")
    look(page, "opened-desktop")
    form.get_by_role("button", name="Save").click()
    page.get_by_text("Stored as correction 1").wait_for()
    (stored,) = read_corrections(service[1])
    assert stored.text == "Both sides want it open again."
    assert (stored.escalation, stored.act, stored.tone) == (1, "consult", None)


def test_an_example_is_scored_and_its_text_marked_by_level(page: Any) -> None:
    page.get_by_role("button", name="Use an example").click()
    page.get_by_role("button", name="Score").click()
    page.locator("#results:not([hidden])").wait_for()
    threat = page.locator("#article a", has_text="If Merania moves")
    assert threat.get_attribute("class") == "l2 speaks"
    assert (threat.get_attribute("data-speaker"), threat.get_attribute("data-level")) == ("Karl Holt", "+2")
    assert "Karl Holt" in page.locator("#chart th[scope=row]").all_inner_texts()


def test_the_stance_toward_a_named_target_is_shown_where_it_is_named(page: Any) -> None:
    page.get_by_label("statements, one a line").check()
    page.get_by_label("Stance toward").fill("nato")
    score(page, "We condemn NATO in the strongest terms.\nPeace at last.")
    assert "toward nato: against" in page.locator("#s0").inner_text()
    assert "toward" not in page.locator("#s1").inner_text()


def test_results_are_downloaded_as_json_and_csv(page: Any, tmp_path: Path) -> None:
    score(page, '"=We will \'attack\', Iran," Jean Dupont said. "Peace at last," Ana Lopez said.')
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    rows = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert {row["speaker"] for row in rows} == {"Jean Dupont", "Ana Lopez"}
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    head, *lines = csv.reader(text.splitlines())
    assert head[:3] == ["speaker", "actor", "quote"]
    assert head[3:] == [name for name in COLUMNS if name != "id"]
    assert all(len(line) == len(head) for line in lines)
    assert '"=' not in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "We condemn Iran.\nPeace at last."),
        ("a.jsonl", '{"text": "We condemn Iran."}\n{"text": "Peace\\nat last."}\n'),
        ("a.csv", 'id,text\r\n1,"We condemn Iran."\r\n2,"Peace, ""at"" last."\r\n'),
    ],
)
def test_files_are_opened_and_scored_line_by_line(page: Any, tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    page.get_by_label("Open a file").set_input_files(file)
    page.get_by_text(f"{name} opened").wait_for()
    page.get_by_role("button", name="Score").click()
    page.locator("#results:not([hidden])").wait_for()
    assert page.locator("#list > li").count() == 2


def test_markup_in_a_statement_stays_text_and_astral_characters_keep_places(page: Any) -> None:
    score(page, '🕊️🕊️ "<img src=x onerror=alert(1)> we will attack Iran," Jean Dupont said on Monday.')
    assert page.locator("img").count() == 0
    assert page.locator("#article a.speaks").first.inner_text().startswith("<img src=x")


def test_everything_is_reached_by_keyboard(page: Any) -> None:
    page.get_by_label("An article, or statements").fill('"We will attack Iran," Jean Dupont said on Monday.')
    seen: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
        if seen[-1] == "Score":
            break
    page.keyboard.press("Enter")
    page.locator("#results:not([hidden])").wait_for()
    assert page.evaluate("document.activeElement.id") == "results"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Why?":
            break
    page.keyboard.press("Enter")
    page.locator("#s0 .why table").first.wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    assert violations(page) == []
    score(page, ARTICLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Why? about statement 1").click()
    page.locator("#s0 .why table").first.wait_for()
    page.get_by_role("button", name="Correct statement 1").click()
    page.locator("#s0 form").wait_for()
    look(page, f"opened-{scheme}")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    look(page, f"phone-{scheme}")
    assert violations(page) == []


def test_the_documentation_draws_every_call_without_another_host(page: Any, service: tuple[Served, str]) -> None:
    page.goto(f"{service[0].url}/docs")
    page.get_by_role("heading", name="POST /v1/predict").wait_for()
    assert page.locator("section.panel").count() >= 14
    assert page.locator("details").count() > 10
    look(page, "docs")
    assert violations(page) == []


def test_a_service_with_keys_asks_for_one_and_takes_it(browser: Any, models: Path) -> None:
    key = new_key()
    entry = KeyEntry(name="desk", sha256=hash_key(key), scopes=frozenset({"score"}))
    with serving(model=models, keys=(entry,)) as service, browser.new_context() as context:
        page = context.new_page()
        page.goto(service.url)
        page.get_by_label("An article, or statements").fill("We condemn Iran.")
        page.get_by_role("button", name="Score").click()
        page.get_by_text("expected a key, found none").wait_for()
        page.get_by_label("Key, kept only while this page is open").fill(key)
        page.get_by_role("button", name="Score").click()
        page.locator("#results:not([hidden])").wait_for()
        assert page.locator("#list > li").count() == 1
        assert key not in service.log
        assert page.evaluate("Object.keys(localStorage).length + document.cookie.length") == 0


def test_a_failure_is_told_in_words(page: Any) -> None:
    # not route.abort(): an aborted request would count as a problem of the page
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    page.get_by_label("An article, or statements").fill("We condemn Iran.")
    page.get_by_role("button", name="Score").click()
    page.get_by_text("The service does not answer").wait_for()
