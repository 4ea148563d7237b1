"""Keys: none, wrong, of another scope, too fast, over quota; and never in a log."""

import hmac
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from serving import Served, serving

from api.app import create_app
from api.errors import KeyMissingError, TooManyError
from api.keys import Caller, KeyRing, hash_key, new_key
from api.settings import KeyEntry, Scope, Settings, SettingsError

SCORE, FEEDBACK, ADMIN, SLOW = (new_key() for _ in range(4))
PROTECTED: list[tuple[str, str, Scope]] = [
    ("POST", "/v1/predict", "score"),
    ("POST", "/v1/explain", "score"),
    ("POST", "/v1/articles", "score"),
    ("POST", "/v1/batch", "score"),
    ("POST", "/predict", "score"),
    ("POST", "/v2/models/detente/infer", "score"),
    ("GET", "/v2/models/detente", "score"),
    ("GET", "/v1/model", "score"),
    ("GET", "/v1/labels", "score"),
    ("POST", "/v1/feedback", "feedback"),
    ("GET", "/v1/review", "feedback"),
    ("GET", "/metrics", "admin"),
    ("GET", "/unknown", "score"),
]


def entry(name: str, key: str, *scopes: Scope, rate: float = 1000, quota: int | None = None) -> KeyEntry:
    return KeyEntry(name=name, sha256=hash_key(key), scopes=frozenset(scopes), rate=rate, quota=quota)


@pytest.fixture(scope="module")
def guarded(models: Path) -> Iterator[Served]:
    keys = (
        entry("desk", SCORE, "score"),
        entry("labeller", FEEDBACK, "feedback"),
        entry("boss", ADMIN, "admin"),
        entry("slow", SLOW, "score", rate=0.5, quota=3),
    )
    with serving(model=models, keys=keys) as service:
        yield service


def ask(guarded: Served, method: str, path: str, key: str | None) -> httpx.Response:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return httpx.request(method, guarded.url + path, headers=headers)


@pytest.mark.parametrize(("method", "path", "scope"), PROTECTED)
def test_every_call_needs_a_key_of_its_scope(guarded: Served, method: str, path: str, scope: Scope) -> None:
    missing = ask(guarded, method, path, None)
    assert missing.status_code == 401
    assert missing.headers["www-authenticate"] == "Bearer"
    assert missing.headers["content-type"] == "application/problem+json"
    assert ask(guarded, method, path, SCORE[:-1]).status_code == 401
    other = FEEDBACK if scope == "score" else SCORE
    refused = ask(guarded, method, path, other)
    assert refused.status_code == 403
    assert repr(scope) in refused.json()["detail"]
    assert ask(guarded, method, path, ADMIN).status_code not in (401, 403, 429)
    if scope != "admin":
        right = SCORE if scope == "score" else FEEDBACK
        assert ask(guarded, method, path, right).status_code not in (401, 403, 429)


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/openapi.json", "/v2/health/live", "/v2/health/ready", "/static/app.js"]
)
def test_the_page_and_health_need_no_key(guarded: Served, path: str) -> None:
    assert ask(guarded, "GET", path, None).status_code == 200


def test_every_route_of_the_document_is_tested_here(guarded: Served) -> None:
    document = httpx.get(f"{guarded.url}/openapi.json").json()
    secured = {path for path, calls in document["paths"].items() for call in calls.values() if "security" in call}
    assert secured == {path for _, path, _ in PROTECTED} - {"/unknown"}


def test_the_other_header_works_and_keys_are_never_logged(guarded: Served) -> None:
    answer = httpx.get(f"{guarded.url}/v1/labels", headers={"x-api-key": SCORE})
    assert answer.status_code == 200
    httpx.get(f"{guarded.url}/v1/labels", headers={"x-api-key": "dtt_wrong-key"})
    assert '"key":"desk"' in guarded.log
    for key in (SCORE, FEEDBACK, ADMIN, SLOW, "dtt_wrong-key", hash_key(SCORE)):
        assert key not in guarded.log


def test_over_rate_and_over_quota_are_told_when_to_come_back(guarded: Served) -> None:
    headers = {"x-api-key": SLOW}
    many = httpx.post(f"{guarded.url}/v1/predict", json={"statements": [{"text": "a"}] * 4}, headers=headers)
    assert many.status_code == 429
    assert "statements a day" in many.json()["detail"]
    assert int(many.headers["retry-after"]) >= 1
    fast = [httpx.get(f"{guarded.url}/v1/labels", headers=headers) for _ in range(3)][-1]
    assert fast.status_code == 429
    assert "requests a second" in fast.json()["detail"]
    assert 1 <= int(fast.headers["retry-after"]) <= 3


BODIES: dict[str, dict[str, object]] = {
    "/v1/predict": {"statements": [{"text": "a"}]},
    "/v1/explain": {"text": "a"},
    "/v1/articles": {"text": "a"},
    "/v1/batch": {"text": "a"},
    "/predict": {"inputs": "a"},
    "/v2/models/detente/infer": {"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a"]}]},
    "/v1/feedback": {"text": "a", "labels": {"escalation": 0}},
}


def test_every_call_that_scores_keeps_the_quota(models: Path, tmp_path: Path) -> None:
    assert set(BODIES) == {path for method, path, _ in PROTECTED if method == "POST"}
    key = entry("spent", SCORE, "score", "feedback", quota=1)
    with serving(model=models, keys=(key,), feedback_url=f"sqlite:///{tmp_path}/f.db") as service:
        headers = {"x-api-key": SCORE}
        first, *others = BODIES
        assert httpx.post(service.url + first, json=BODIES[first], headers=headers).status_code == 200
        for path in (first, *others):
            answer = httpx.post(service.url + path, json=BODIES[path], headers=headers)
            assert answer.status_code == 429, path
            assert "1 spent and 1 more asked" in answer.json()["detail"]
            assert int(answer.headers["retry-after"]) <= 86_401


def test_every_call_keeps_the_rate(models: Path) -> None:
    with serving(model=models, keys=(entry("slow", SCORE, "admin", rate=1e-6),)) as service:
        assert ask(service, "GET", "/v1/labels", SCORE).status_code == 200
        for method, path, _ in PROTECTED:
            answer = ask(service, method, path, SCORE)
            assert answer.status_code == 429, path
            assert "requests a second" in answer.json()["detail"]


def test_a_key_is_compared_with_every_known_one_by_a_comparison_of_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def note(known: bytes, given: bytes) -> bool:
        compared.append((known, given))
        return known == given

    monkeypatch.setattr(hmac, "compare_digest", note)
    ring = KeyRing([entry(name, name, "score") for name in ("a", "b", "c")])
    assert ring.caller("a").name == "a"
    with pytest.raises(KeyMissingError):
        ring.caller("d")
    assert len(compared) == 6
    assert {len(part) for pair in compared for part in pair} == {32}


def test_rate_and_quota_come_back_with_time() -> None:
    now = 1_000_000.0
    caller = Caller(entry("a", "k", "score", rate=1, quota=10), clock=lambda: now)
    caller.request()
    caller.request()
    with pytest.raises(TooManyError, match="requests a second"):
        caller.request()
    now += 1
    caller.request()
    caller.spend(10)
    with pytest.raises(TooManyError, match="10 spent and 1 more"):
        caller.spend(1)
    now += 86_400
    caller.spend(10)


def test_keys_are_compared_by_a_hash_whatever_they_hold() -> None:
    ring = KeyRing([entry("a", "k", "score")])
    assert ring.caller("k").name == "a"
    for wrong in ("", "K", "k ", "é", "\ud800"):
        with pytest.raises(KeyMissingError, match="expected a known key"):
            ring.caller(wrong)


def test_without_keys_only_loopback_is_served_unless_told_so() -> None:
    with pytest.raises(SettingsError, match=r"expected API keys to serve on 0\.0\.0\.0"):
        create_app(Settings(host="0.0.0.0", feedback_url=SecretStr("")))
    Settings(host="0.0.0.0", open=True).require_access()
    Settings(host="::1").require_access()
