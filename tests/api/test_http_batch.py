"""The stream: any length, one line back for each, errors by line, and a pace the client sets."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import Served, serving

from api.lines import LineSplitter

NDJSON = {"content-type": "application/x-ndjson"}


def lines_of(answer: httpx.Response) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer.text.splitlines()]


def test_each_line_has_its_answer_and_a_bad_one_does_not_fail_the_rest(client: httpx.Client) -> None:
    body = b'{"id": 1, "text": "We condemn Iran."}\r\n\n{bad\n{"text": 5}\n[]\n'
    body += b'{"text": "a", "target": "b"}\n{"text": "Peace"}'
    answer = client.post("/v1/batch", content=body, headers=NDJSON)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    found = lines_of(answer)
    assert [each.get("line") for each in found] == [None, 3, 4, 5, 6, None]
    assert [each["error"]["type"] for each in found[1:5]] == ["malformed", "invalid", "invalid", "target"]  # type: ignore[index]
    assert found[0]["id"] == 1
    assert "escalation" in found[5]


def test_a_line_over_the_limit_is_skipped_without_being_held(models: Path) -> None:
    def body() -> Iterator[bytes]:
        yield b'{"text": "' + b"a" * 3000
        for _ in range(20):
            yield b"a" * 1000
        yield b'"}\n{"text": "We condemn Iran."}\n'

    with serving(model=models, max_line_bytes=2000, max_body_bytes=2048) as service:
        found = lines_of(httpx.post(f"{service.url}/v1/batch", content=body(), headers=NDJSON))
    assert found[0]["error"]["type"] == "too-large"  # type: ignore[index]
    assert "escalation" in found[1]


def test_answers_come_while_the_client_still_sends(served: Served) -> None:
    connection = http.client.HTTPConnection(*served.address, timeout=10)
    connection.putrequest("POST", "/v1/batch")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    read = b""
    for i in range(3):
        line = json.dumps({"id": i, "text": "We condemn Iran."}).encode() + b"\n"
        connection.send(f"{len(line):x}\r\n".encode() + line + b"\r\n")
        while f'"id":{i}'.encode() not in read:
            read += connection.sock.recv(65536)
    connection.send(b"0\r\n\r\n")
    connection.close()
    assert b"200 OK" in read


def test_a_client_that_does_not_read_is_not_read_from_and_cut_off(models: Path) -> None:
    line = json.dumps({"text": "We condemn Iran and its allies in the strongest terms."}).encode() + b"\n"
    chunk = line * 200
    with serving(model=models, write_timeout=1.0, body_timeout=5.0) as service:
        with socket.create_connection(service.address, 10) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            with pytest.raises(ConnectionError):
                connection.sendall((f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n") * 1200)  # 16 MB
        assert httpx.get(f"{service.url}/v2/health/ready").status_code == 200


def test_a_client_that_stops_sending_is_told_and_cut_off(models: Path) -> None:
    with serving(model=models, body_timeout=0.3) as service, socket.create_connection(service.address, 5) as slow:
        slow.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        slow.sendall(b'12\r\n{"text": "Peace."}\r\n1\r\n\n\r\n')
        began = time.perf_counter()
        read = b""
        while piece := slow.recv(65536):
            read += piece
        assert time.perf_counter() - began < 3
    assert b"200 OK" in read
    assert b'"type":"tooslow"' in read
    assert not read.endswith(b"0\r\n\r\n")


def test_a_long_stream_of_one_client_leaves_others_served(served: Served, client: httpx.Client) -> None:
    body = b'{"text": "We condemn Iran in the strongest terms and call for talks."}\n' * 4000
    with client.stream("POST", "/v1/batch", content=body, headers=NDJSON) as answer:
        began = time.perf_counter()
        assert httpx.get(f"{served.url}/v1/labels").status_code == 200
        assert time.perf_counter() - began < 1
        assert sum(1 for _ in answer.iter_lines()) == 4000


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_lines_do_not_depend_on_how_the_bytes_arrive(body: bytes, cuts: list[int]) -> None:
    splitter = LineSplitter(50)
    places = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    found = [line for a, b in pairwise(places) for line in splitter.feed(body[a:b])]
    found += splitter.finish()
    expected = [line for line in enumerate(body.split(b"\n"), 1) if line[1].strip() or len(line[1]) > 50]
    assert [line.number for line in found] == [number for number, _ in expected]
    assert [line.content for line in found] == [None if len(line) > 50 else line for _, line in expected]
