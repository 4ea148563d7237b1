"""Corrections: stored whole or not at all, in SQLite and in PostgreSQL; and what is worth labelling next."""

import json
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from postgres import programs, running, start, stop
from serving import Served, serving
from sqlalchemy import event
from sqlalchemy import text as sql

from api.cli import export_feedback
from api.errors import UnavailableError
from api.feedback import FeedbackStore
from api.review import worth_of
from classifier import Classifier
from classifier.errors import TableError
from classifier.feedback import Correction, read_corrections, settle

SENTENCE = "The minister said that the patience of his country was running out."


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    # a short path: that of a socket may hold 107 bytes
    with tempfile.TemporaryDirectory(prefix="detente-pg-") as folder, running(Path(folder)) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/feedback.db"
        return
    found = request.getfixturevalue("postgres_url")
    yield found
    store = FeedbackStore(found)
    with store.engine.begin() as connection:
        connection.execute(sql("DROP TABLE IF EXISTS corrections, candidates"))
    store.close()


@pytest.fixture
def service(url: str, models: Path) -> Iterator[Served]:
    with serving(model=models, feedback_url=url, collect=True) as service:
        yield service


def correct(service: Served, **body: object) -> httpx.Response:
    return httpx.post(f"{service.url}/v1/feedback", json={"text": SENTENCE, "labels": {"escalation": 2}, **body})


def test_a_correction_is_stored_with_what_the_model_said(service: Served, url: str, classifier: Classifier) -> None:
    answer = correct(service, target="his country", labels={"act": "threaten", "stance": "favor"}, author="Zoë")
    assert answer.status_code == 201
    assert correct(service).json()["id"] == answer.json()["id"] + 1
    first, second = read_corrections(url)
    assert (first.text, first.target, first.act, first.stance, first.author) == (
        SENTENCE, "his country", "threaten", "favor", "Zoë",
    )  # fmt: skip
    assert first.escalation is None
    assert first.model_version == classifier.version
    assert first.created is not None
    assert second.escalation == 2
    assert second.author == "anybody"


def test_corrections_at_once_are_all_kept(service: Served, url: str) -> None:
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(correct(service).status_code)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 16
    assert len({each.id for each in read_corrections(url)}) == 16


@pytest.mark.parametrize("bad", [{"text": "a\0b"}, {"text": " "}, {"author": "a\0"}, {"labels": {"stance": "favor"}}])
def test_what_cannot_be_stored_is_invalid(service: Served, url: str, bad: dict[str, object]) -> None:
    assert correct(service, **bad).status_code == 422
    body = rb'{"text": "a \ud800", "labels": {"escalation": 2}}'
    headers = {"content-type": "application/json"}
    assert httpx.post(f"{service.url}/v1/feedback", content=body, headers=headers).status_code == 422
    assert read_corrections(url) == []


def test_disputed_and_uncertain_statements_are_worth_labelling(service: Served) -> None:
    correct(service, labels={"escalation": 2})
    assert httpx.get(f"{service.url}/v1/review").json() == {"collecting": True, "statements": []}
    correct(service, labels={"escalation": 0})
    unsure = "Glorbish vexnards quimbled the fratzic delegation."
    httpx.post(f"{service.url}/v1/predict", json={"statements": [{"text": unsure}, {"text": unsure}]})
    service.app.state.services.collector.flush()
    found = httpx.get(f"{service.url}/v1/review").json()["statements"]
    assert [each["text"] for each in found] == [SENTENCE, unsure]
    assert found[0]["reasons"][0] == "people disagree"
    assert "new words" in found[1]["reasons"]
    correct(service, text=unsure)
    assert len(httpx.get(f"{service.url}/v1/review?limit=5").json()["statements"]) == 1


def test_servers_that_start_together_make_one_database(tmp_path: Path) -> None:
    for i in range(8):
        stores = [FeedbackStore(f"sqlite:///{tmp_path}/{i}.db") for _ in range(6)]
        together = threading.Barrier(len(stores))

        def prepare(store: FeedbackStore, together: threading.Barrier = together) -> int:
            together.wait()
            store.prepare()
            return len(store.candidates(1))

        with ThreadPoolExecutor(len(stores)) as pool:
            assert [*pool.map(prepare, stores)] == [0] * len(stores)
        for store in stores:
            store.close()


def test_a_database_that_stays_locked_is_told_after_the_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.feedback.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(tmp_path / "feedback.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store = FeedbackStore(f"sqlite:///{tmp_path}/feedback.db")
        with pytest.raises(UnavailableError, match="the feedback database is locked"):
            store.prepare()
        other.execute("ROLLBACK")
        store.prepare()
        store.close()


def test_only_the_most_worth_is_kept(url: str) -> None:
    store = FeedbackStore(url)
    store.prepare()
    store.prepare()
    store.collect([(f"text {i}", None, i / 10) for i in range(10)], limit=4)
    assert [text for text, _ in store.candidates(10)] == ["text 9", "text 8", "text 7", "text 6"]
    store.close()


def test_corrections_are_exported_in_the_shape_of_the_seeds(service: Served, url: str, tmp_path: Path) -> None:
    correct(service, target="his country")
    output = tmp_path / "out.jsonl"
    result = CliRunner().invoke(export_feedback, ["--feedback", url, "-o", str(output)])
    assert result.exit_code == 0, result.output
    row = json.loads(output.read_text())
    assert row["id"] == "feedback-1"
    assert (row["text"], row["escalation"], row["target"], row["stance"]) == (SENTENCE, 2, None, None)


def test_a_locked_database_is_told_and_nothing_is_half_written(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.feedback.BUSY_SECONDS", 0)
    path = tmp_path / "feedback.db"
    with serving(model=models, feedback_url=f"sqlite:///{path}") as service:
        with sqlite3.connect(path, isolation_level=None) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            other.execute("BEGIN IMMEDIATE")
            answer = correct(service)
            other.execute("ROLLBACK")
        other.close()
        assert answer.status_code == 503
        assert "database is locked" in answer.json()["detail"]
        assert SENTENCE not in answer.text + service.log
        assert correct(service).status_code == 201
    assert len(read_corrections(f"sqlite:///{path}")) == 1


def test_a_full_disk_is_told_and_nothing_is_half_written(models: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/feedback.db"
    with serving(model=models, feedback_url=url) as service:
        assert correct(service).status_code == 201
        # SQLite then answers as it does on a full disk
        engine = service.app.state.services.feedback.engine
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        engine.dispose()
        answer = correct(service, text=SENTENCE + " Again." * 1000)
        assert answer.status_code == 503
        assert "database is full" in answer.json()["detail"]
        assert answer.headers["retry-after"] == "10"
        assert SENTENCE not in answer.text + service.log
        assert httpx.get(f"{service.url}/v2/health/ready").status_code == 200
    assert len(read_corrections(url)) == 1


def test_a_postgresql_that_goes_away_is_told_and_found_again(models: Path) -> None:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="detente-pg-") as folder:
        data = Path(folder)
        with running(data) as url, serving(model=models, feedback_url=url) as service:
            assert correct(service).status_code == 201
            stop(data)
            answer = correct(service)
            assert answer.status_code == 503
            assert "database is not available" in answer.json()["detail"]
            assert SENTENCE not in answer.text + service.log
            start(data)
            assert correct(service).status_code == 201
            assert len(read_corrections(url)) == 2


def test_a_service_without_a_store_says_so(models: Path) -> None:
    with serving(model=models) as service:
        answer = correct(service)
        assert answer.status_code == 503
        assert "DETENTE_FEEDBACK_URL" in answer.json()["detail"]


def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="found no file"):
        read_corrections(f"sqlite:///{tmp_path}/none.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(TableError, match="expected corrections at"):
        read_corrections(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(TableError, match="expected the URL of a feedback database"):
        read_corrections("nonsense")
    with pytest.raises(TableError) as caught:
        read_corrections("postgresql://detente:hunter2@localhost:1/none")
    assert "hunter2" not in str(caught.value)


def test_settling_takes_the_label_given_most_and_of_equals_the_last() -> None:
    given = [
        Correction("a", escalation=1, tone="neutral", id=1),
        Correction("b", escalation=0, id=2),
        Correction("a", escalation=2, id=3),
        Correction("a", escalation=2, tone="negative", id=4),
    ]
    first, second = settle(given)
    assert (first.text, first.escalation, first.tone, first.id) == ("a", 2, "negative", 4)
    assert (second.text, second.escalation) == ("b", 0)


def test_heads_that_disagree_are_a_reason(classifier: Classifier) -> None:
    sure = classifier.predict("Moscow threatened to cut off gas to Europe.")
    assert worth_of(sure, 0.0).reasons == ()
    assert worth_of(sure, 0.9, disputed=True).reasons == ("people disagree", "new words")
