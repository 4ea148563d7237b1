"""Figures for Prometheus, and the drift of predictions."""

import json
import math
import re
from pathlib import Path

import httpx
import pytest
from serving import serving

from api.drift import Drift, stability_index, training_shares


def test_figures_count_requests_labels_and_words(client: httpx.Client) -> None:
    client.post("/v1/predict", json={"statements": [{"text": "We condemn the blorfing of Iran."}] * 40})
    figures = client.get("/metrics").text
    for name in (
        'detente_requests_total{route="/v1/predict",status="200"}',
        'detente_request_seconds_bucket{le="0.005",route="/v1/predict"}',
        "detente_requests_in_flight",
        'detente_predictions_total{head="escalation",label="confrontational"}',
        "detente_abstentions_total",
        'detente_words_sampled_total{known="yes"}',
        'detente_model_info{version="',
    ):
        assert name in figures
    assert client.get("/metrics").headers["content-type"].startswith("text/plain")


def drift_of(client: httpx.Client, head: str) -> float | None:
    found = re.search(rf'detente_drift_index{{head="{head}"}} (\S+)', client.get("/metrics").text)
    return float(found[1]) if found else None


def test_predictions_unlike_training_show_as_drift_and_the_seeds_do_not(models: Path) -> None:
    paths = sorted((Path(__file__).parents[2] / "seeds" / "statements").glob("*.jsonl"))
    seeds = [json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    usual = [{"text": text} for text in seeds[:: len(seeds) // 990]][:990]
    with serving(model=models) as service, httpx.Client(base_url=service.url) as client:
        assert drift_of(client, "escalation") is None
        client.post("/v1/predict", json={"statements": usual})
        assert 0 <= (drift_of(client, "escalation") or -1) < 0.1
        assert 0 <= (drift_of(client, "act") or -1) < 0.1
        for _ in range(5):
            client.post("/v1/predict", json={"statements": [{"text": "The army shelled the town."}] * 1000})
        assert (drift_of(client, "escalation") or 0) > 1


def test_stability_is_zero_for_equal_shares_and_grows_with_the_shift() -> None:
    assert stability_index([0.5, 0.5], [0.5, 0.5]) == 0
    assert stability_index([0.5, 0.5], [0.6, 0.4]) == pytest.approx(0.0405, abs=1e-3)
    assert stability_index([0.5, 0.5], [1, 0]) > 1


def test_drift_has_no_figure_before_there_is_enough() -> None:
    drift = Drift(["a", "b"])
    drift.expected = training_shares(
        {"metrics": {"h": {"classes": {"a": {"support": 3}, "b": {"support": 1}}}}}, "h", "ab"
    )
    assert drift.expected == [0.75, 0.25]
    assert math.isnan(drift.index())
    for i in range(400):
        drift.see(["b" if i % 4 == 0 else "a"])
    assert drift.index() == pytest.approx(0)
    assert training_shares({}, "h", ["a"]) is None
