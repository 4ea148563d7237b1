"""Models replaced while serving: no request fails, a bad one is refused, and one can go back."""

import json
import shutil
import threading
import time
from functools import partial
from pathlib import Path

import httpx
import pytest
from serving import Served, serving
from waiting import wait_for

from api.models import load_tried
from api.versions import roll_back, versions_of
from classifier.artifact import CURRENT, LAYOUT, resolve
from classifier.errors import ModelDamagedError, ModelNotFoundError


def copy(models: Path, folder: Path, name: str) -> Path:
    """Copy the model in use under another version."""
    made = folder / name
    shutil.copytree(resolve(models), made, ignore=shutil.ignore_patterns("*.joblib", "*.png"))
    manifest = json.loads((made / LAYOUT.manifest).read_text())
    (made / LAYOUT.manifest).write_text(json.dumps(manifest | {"model_version": name}))
    return made


@pytest.fixture
def two(models: Path, tmp_path: Path) -> Path:
    """A folder of two models, the first in use."""
    for name in ("first", "second"):
        copy(models, tmp_path, name)
    (tmp_path / CURRENT).write_text("first\n")
    return tmp_path


def version(service: Served) -> str:
    return str(httpx.get(f"{service.url}/v2/models/detente/ready").json()["version"])


def serves(service: Served, name: str) -> bool:
    return version(service) == name


def test_a_new_model_is_taken_without_a_failed_request(two: Path) -> None:
    with serving(model=two, reload_interval=0.05) as service:
        statuses: set[int] = set()
        versions: set[str] = set()
        stop = threading.Event()

        def ask() -> None:
            with httpx.Client(base_url=service.url) as client:
                while not stop.is_set():
                    answer = client.post("/v1/predict", json={"statements": [{"text": "We condemn Iran."}] * 3})
                    statuses.add(answer.status_code)
                    versions.add(answer.json()["model_version"])
                    assert len({each["model_version"] for each in answer.json()["predictions"]}) == 1

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for name in ("second", "first", "second"):
            roll_back(two, name)
            wait_for(partial(serves, service, name))
        stop.set()
        for thread in threads:
            thread.join()
        assert statuses == {200}
        assert versions == {"first", "second"}
        figures = httpx.get(f"{service.url}/metrics").text
        assert 'detente_model_info{version="second"} 1.0' in figures
        assert 'detente_model_info{version="first"} 0.0' in figures


@pytest.mark.parametrize("damage", ["truncated", "nonsense", "gone", "version"])
def test_a_bad_model_is_refused_while_the_old_one_serves(two: Path, damage: str) -> None:
    second = two / "second"
    match damage:
        case "truncated":
            (second / LAYOUT.weights).write_bytes((second / LAYOUT.weights).read_bytes()[:1000])
        case "nonsense":
            (second / LAYOUT.manifest).write_text("{")
        case "gone":
            shutil.rmtree(second)
        case "version":
            manifest = json.loads((second / LAYOUT.manifest).read_text())
            (second / LAYOUT.manifest).write_text(json.dumps(manifest | {"format_version": 999}))
    with serving(model=two, reload_interval=0.05) as service:
        (two / CURRENT).write_text("second\n")
        wait_for(lambda: "model refused" in service.log)
        time.sleep(0.2)
        assert service.log.count("model refused") == 1
        assert version(service) == "first"
        assert httpx.get(f"{service.url}/v1/model").json()["refused"]
        assert 'outcome="refused"} 1.0' in httpx.get(f"{service.url}/metrics").text
        (two / CURRENT).write_text("first\n")
        wait_for(lambda: httpx.get(f"{service.url}/v1/model").json()["refused"] is None)


def test_rolling_back_goes_to_the_model_before_or_the_one_named(two: Path) -> None:
    assert [each.name for each in versions_of(two)] == ["first", "second"]
    assert roll_back(two, "second") == "second"
    assert roll_back(two) == "first"
    with pytest.raises(ModelNotFoundError, match="expected a model before first"):
        roll_back(two)
    with pytest.raises(ModelNotFoundError, match="expected one of first, second, found 'third'"):
        roll_back(two, "third")


def test_rolling_back_to_a_bad_model_changes_nothing(two: Path) -> None:
    (two / "second" / LAYOUT.weights).write_bytes(b"")
    with pytest.raises(ModelDamagedError, match=r"weights\.npy"):
        roll_back(two, "second")
    assert (two / CURRENT).read_text() == "first\n"
    with pytest.raises(ModelNotFoundError, match="expected a folder of models"):
        versions_of(two / "first")


def test_a_manifest_without_a_key_is_damage_not_a_crash(two: Path) -> None:
    manifest = json.loads((two / "second" / LAYOUT.manifest).read_text())
    del manifest["abstention"]
    (two / "second" / LAYOUT.manifest).write_text(json.dumps(manifest))
    with pytest.raises(ModelDamagedError):
        load_tried(two / "second")
