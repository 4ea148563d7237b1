"""Every error is a problem in words, keeps the limits, and repeats no text."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from serving import Served, serving
from waiting import wait_for

SECRET = "xyzzyplugh"
JSON = {"content-type": "application/json"}


def check_problem(answer: httpx.Response, status: int) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    found: dict[str, object] = answer.json()
    assert found["status"] == status
    assert {"type", "title", "detail", "errors"} <= set(found)
    assert SECRET not in answer.text
    return found


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", f'{{"text": {SECRET}}}'.encode(), b"[" * 100_000, b'{"text": ' + b"9" * 5000 + b"}"]
)
def test_a_body_that_is_no_json_is_malformed(client: httpx.Client, body: bytes) -> None:
    check_problem(client.post("/v1/explain", content=body, headers=JSON), 400)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/predict", {}),
        ("/v1/predict", {"statements": []}),
        ("/v1/predict", {"statements": [{"text": 5}]}),
        ("/v1/predict", {"statements": [{"txt": SECRET}]}),
        ("/v1/predict", {"statements": [{"text": "a"}] * 1001}),
        ("/v1/predict", {"statements": [{"text": "a", "id": 1.5}]}),
        ("/v1/explain", {"text": None}),
        ("/v1/explain", [SECRET]),
        ("/predict", {"inputs": []}),
        ("/v1/feedback", {"text": SECRET, "labels": {"act": SECRET}}),
        ("/v1/feedback", {"text": SECRET, "labels": {}}),
        ("/v1/feedback", {"text": SECRET, "labels": {"stance": "favor"}}),
        ("/v2/models/detente/infer", {"inputs": [{"name": "text", "shape": [2], "datatype": "BYTES", "data": ["a"]}]}),
        ("/v2/models/detente/infer", {"inputs": []}),
    ],
)
def test_a_body_of_another_shape_is_invalid(client: httpx.Client, path: str, body: object) -> None:
    found = check_problem(client.post(path, json=body), 422)
    assert found["detail"]


def test_unknown_paths_and_methods_are_problems(client: httpx.Client) -> None:
    check_problem(client.get(f"/{SECRET}"), 404)
    answer = client.get("/v1/predict")
    check_problem(answer, 405)
    assert answer.headers["allow"] == "POST"


def test_logs_name_the_request_and_hold_no_text(served: Served, client: httpx.Client) -> None:
    sent = {"statements": [{"text": f"{SECRET} attacks", "id": SECRET}, {"text": "a", "target": SECRET}]}
    answer = client.post(f"/v1/predict?q={SECRET}", json=sent, headers={"x-request-id": "abc-1"})
    assert answer.headers["x-request-id"] == "abc-1"
    assert client.get("/v1/labels", headers={"x-request-id": "bad id"}).headers["x-request-id"] != "bad id"
    assert '"request_id":"abc-1"' in served.log
    assert SECRET not in served.log
    assert SECRET not in client.get("/metrics").text


def test_bodies_over_the_limit_are_refused_before_they_are_read(models: Path) -> None:
    with serving(model=models, max_body_bytes=2048) as service, httpx.Client(base_url=service.url) as client:
        check_problem(client.post("/v1/explain", content=b"x" * 4096, headers=JSON), 413)
        check_problem(client.post("/v1/explain", content=iter([b"x" * 1024] * 4), headers=JSON), 413)
        with socket.create_connection(service.address, 5) as slow:
            slow.sendall(b"POST /v1/explain HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n")
            assert b"413" in slow.recv(100)


def test_slow_clients_are_cut_off_while_others_are_served(models: Path) -> None:
    options = {"body_timeout": 0.4, "header_timeout": 0.4, "max_in_flight": 2}
    with serving(model=models, **options) as service, httpx.Client(base_url=service.url) as client:
        bodies = [socket.create_connection(service.address, 5) for _ in range(10)]
        silent = [socket.create_connection(service.address, 5) for _ in range(10)]
        for each in bodies:
            each.sendall(b"POST /v1/explain HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
        began = time.perf_counter()
        assert client.post("/v1/explain", json={"text": "We warn NATO."}).status_code == 200
        assert time.perf_counter() - began < 0.3
        assert all(b"408" in each.recv(100) for each in bodies)
        assert all(each.recv(100) == b"" for each in silent)
        for each in bodies + silent:
            each.close()


def test_a_later_request_of_a_connection_is_cut_off_too_when_it_is_slow(models: Path) -> None:
    whole = b"GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n"
    half, no_body = whole[:10], b"POST /v1/explain HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"
    with serving(model=models, body_timeout=0.4, header_timeout=0.4) as service:
        for pieces in ([whole, half], [whole + half], [whole, no_body], [whole + no_body]):
            with socket.create_connection(service.address, 5) as connection:
                for piece in pieces:
                    connection.sendall(piece)
                    answer = connection.recv(65536)
                while piece := connection.recv(65536):
                    answer += piece
            assert (b" 408 " in answer) == (no_body in b"".join(pieces))


def test_headers_that_come_whole_but_too_large_are_refused_on_every_request(served: Served) -> None:
    small = b"GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n"
    large = b"GET /v2 HTTP/1.1\r\nHost: a\r\nX-Large: " + b"a" * 100_000 + b"\r\n\r\n"
    for before in (b"", small):
        with socket.create_connection(served.address, 5) as connection:
            if before:
                connection.sendall(before)
                while not connection.recv(65536).endswith(b"}"):
                    pass
            connection.sendall(large)
            answer = connection.recv(65536)
            assert answer.startswith(b"HTTP/1.1 400")
            assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 50,
        b"nonsense\r\n\r\n",
        b"POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n{}",
        b"POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    ],
    ids=["tls", "no-http", "negative", "two-lengths", "length-and-chunks", "bad-chunk"],
)
def test_what_is_no_request_is_a_problem_and_ends_the_connection(served: Served, sent: bytes) -> None:
    with socket.create_connection(served.address, 5) as connection:
        connection.sendall(sent)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer
    assert answer.count(b"HTTP/1.1") == 1


def test_endless_headers_are_cut_off(served: Served) -> None:
    with socket.create_connection(served.address, 5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(ConnectionError):
            connection.sendall((b"X-Filler: " + b"a" * 1000 + b"\r\n") * 20_000)


def test_more_connections_than_allowed_are_told_and_health_is_answered(models: Path) -> None:
    with serving(model=models, max_connections=3) as service, ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(socket.create_connection(service.address, 5))
        wait_for(lambda: httpx.get(f"{service.url}/v1/labels").status_code == 503)
        answer = httpx.get(f"{service.url}/v1/labels")
        check_problem(answer, 503)
        assert (answer.headers["retry-after"], answer.headers["connection"]) == ("1", "close")
        assert httpx.get(f"{service.url}/v2/health/ready").status_code == 200
        assert 'reason="Connections"' in httpx.get(f"{service.url}/metrics").text
        stack.close()
        wait_for(lambda: httpx.get(f"{service.url}/v1/labels").status_code == 200)


def test_overload_is_answered_503_with_retry_after(models: Path) -> None:
    with serving(model=models, max_in_flight=1, threads=1, overload_wait=0.01) as service:
        import threading

        statuses: list[int] = []

        def ask() -> None:
            answer = httpx.post(f"{service.url}/v1/explain", json={"text": "We will attack. " * 6000}, timeout=30)
            statuses.append(answer.status_code)
            if answer.status_code == 503:
                check_problem(answer, 503)
                assert answer.headers["retry-after"] == "1"

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert httpx.get(f"{service.url}/v2/health/live").status_code == 200
        for thread in threads:
            thread.join()
        assert statuses.count(200) >= 1
        assert statuses.count(503) >= 1


def test_pages_and_answers_carry_security_headers_and_no_cors(client: httpx.Client) -> None:
    answer = client.get("/", headers={"origin": "https://elsewhere.example"})
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e%2fapp.py").status_code == 404


def test_cors_is_given_to_named_origins_only(models: Path) -> None:
    with serving(model=models, cors_origins=("https://desk.example",)) as service:
        for origin, allowed in (("https://desk.example", True), ("https://elsewhere.example", False)):
            answer = httpx.get(f"{service.url}/v1/labels", headers={"origin": origin})
            assert ("access-control-allow-origin" in answer.headers) is allowed
