"""The Open Inference Protocol, spoken by a client that others wrote."""

import warnings

import httpx
import numpy as np
import pytest
from serving import Served

from api.inference import OUTPUTS
from classifier import Classifier

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    triton = pytest.importorskip("tritonclient.http", reason="the V2 client tritonclient[http] is not installed")

TEXTS = ["Moscow threatened to cut off gas to Europe.", "Both sides agreed to talk — gladly."]


@pytest.mark.parametrize("binary", [True, False])
def test_a_v2_client_gets_the_classifiers_numbers(served: Served, classifier: Classifier, binary: bool) -> None:
    client = triton.InferenceServerClient(served.url.removeprefix("http://"))
    try:
        assert client.is_server_live()
        assert client.is_server_ready()
        assert client.is_model_ready("detente")
        assert client.get_model_metadata("detente")["versions"] == [classifier.version]
        text = triton.InferInput("text", [2], "BYTES")
        text.set_data_from_numpy(np.array(TEXTS, dtype=np.object_), binary_data=binary)
        wanted = [
            triton.InferRequestedOutput(name, binary_data=binary) for name in ("escalation", "act_label", "abstained")
        ]
        found = client.infer("detente", [text], outputs=wanted, request_id="r1")
        assert found.get_response()["id"] == "r1"
        for row, each in zip(found.as_numpy("escalation"), TEXTS, strict=True):
            assert list(row) == pytest.approx(list(classifier.predict(each).escalation.probabilities.values()))
        assert [str(each) for each in found.as_numpy("act_label")] == [
            classifier.predict(each).act.label for each in TEXTS
        ]
        assert found.as_numpy("abstained").dtype == np.bool_
    finally:
        client.close()


def test_a_v2_client_is_told_what_is_wrong(served: Served) -> None:
    client = triton.InferenceServerClient(served.url.removeprefix("http://"))
    try:
        text = triton.InferInput("text", [1], "BYTES")
        text.set_data_from_numpy(np.array(["x" * 100_001], dtype=np.object_))
        with pytest.raises(triton.InferenceServerException, match="statement 0 cannot be scored"):
            client.infer("detente", [text])
    finally:
        client.close()


def test_all_tensors_have_their_declared_shapes(client: httpx.Client) -> None:
    inputs = [
        {"name": "text", "shape": [2, 1], "datatype": "BYTES", "data": [["We warn NATO."], ["We praise NATO."]]},
        {"name": "target", "shape": [2], "datatype": "BYTES", "data": ["NATO", "NATO"]},
    ]
    answer = client.post("/v2/models/detente/infer", json={"inputs": inputs}).json()
    found = {tensor["name"]: tensor for tensor in answer["outputs"]}
    assert set(found) == set(OUTPUTS)
    for name, (datatype, shape) in OUTPUTS.items():
        assert found[name]["datatype"] == datatype
        assert found[name]["shape"] == [2, *shape[1:]]
        assert len(found[name]["data"]) == 2 * int(np.prod(shape[1:]))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"inputs": [{"name": "target", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}, "named 'text'"),
        ({"outputs": [{"name": "mood"}]}, "expected outputs among"),
        ({"outputs": [{"name": "stance"}]}, "expected a target for each text"),
    ],
)
def test_tensors_that_do_not_fit_are_invalid(client: httpx.Client, body: dict[str, object], words: str) -> None:
    inputs = [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["We warn NATO."]}]
    answer = client.post("/v2/models/detente/infer", json={"inputs": inputs, **body})
    assert answer.status_code == 422
    assert words in answer.json()["error"]


@pytest.mark.parametrize("data", [b"\x05\x00", b"\xff\xff\xff\xff", b"\x02\x00\x00\x00\xff\xfe"])
def test_binary_data_that_is_damaged_is_invalid(client: httpx.Client, data: bytes) -> None:
    head = b'{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":%d}}]}' % len(
        data
    )
    headers = {"inference-header-content-length": str(len(head))}
    assert client.post("/v2/models/detente/infer", content=head + data, headers=headers).status_code == 422
    headers = {"inference-header-content-length": "9999"}
    assert client.post("/v2/models/detente/infer", content=head + data, headers=headers).status_code == 400
