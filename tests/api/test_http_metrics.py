"""Figures for Prometheus, and the drift of predictions."""

import math

import httpx
import pytest

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
        'detente_drift_index{head="escalation"}',
    ):
        assert name in figures
    assert client.get("/metrics").headers["content-type"].startswith("text/plain")


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
        drift.see("b" if i % 4 == 0 else "a")
    assert drift.index() == pytest.approx(0)
    assert training_shares({}, "h", ["a"]) is None
