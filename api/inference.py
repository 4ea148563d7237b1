"""The Open Inference Protocol, version 2: tensors in and out, JSON and the binary extension for inputs.

https://github.com/kserve/open-inference-protocol
"""

import json
import math
import struct
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from api import examples
from api.errors import InvalidError, MalformedError
from api.scoring import Failure, Outcome
from classifier import Prediction, Statement
from classifier.labels import HEADS

MODEL_NAME: Final = "detente"
HEADER_LENGTH: Final = "inference-header-content-length"
"""Header that says how many bytes of JSON stand before binary data."""

OUTPUTS: Final[Mapping[str, tuple[str, list[int]]]] = {
    **{head: ("FP64", [-1, len(labels)]) for head, labels in HEADS.items()},
    **{f"{head}_label": ("BYTES", [-1]) for head in HEADS},
    "escalation_score": ("FP64", [-1]),
    "tone_score": ("FP64", [-1]),
    "stance_score": ("FP64", [-1]),
    "confidence": ("FP64", [-1]),
    "abstained": ("BOOL", [-1]),
}
"""Each output tensor: datatype and shape; a head's columns stand in the order of /v1/labels."""


class InputTensor(BaseModel):
    """``text`` or ``target``; a target of "" is none."""

    model_config = ConfigDict(strict=True)

    name: Literal["text", "target"]
    shape: Annotated[list[Annotated[int, Field(ge=0, le=1_000_000)]], Field(min_length=1, max_length=2)]
    datatype: Literal["BYTES"]
    data: list[str] | list[list[str]] | None = None
    parameters: dict[str, Any] | None = None


class RequestedOutput(BaseModel):
    """A tensor to give back."""

    model_config = ConfigDict(strict=True)

    name: str
    parameters: dict[str, Any] | None = None


class InferRequest(BaseModel):
    """Statements as tensors."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [examples.INFER_REQUEST]})

    id: str | None = None
    inputs: Annotated[list[InputTensor], Field(min_length=1, max_length=2)]
    outputs: list[RequestedOutput] | None = None
    parameters: dict[str, Any] | None = None


class OutputTensor(BaseModel):
    """A tensor of the answer, its data flattened row by row."""

    name: str
    datatype: str
    shape: list[int]
    data: list[Any]


class InferResponse(BaseModel):
    """Tensors of the answer."""

    model_config = ConfigDict(protected_namespaces=())

    model_name: str
    model_version: str
    id: str | None = None
    outputs: list[OutputTensor]


_REQUEST: Final = TypeAdapter(InferRequest)


def parse(body: bytes, header_length: str | None) -> InferRequest:
    """Return the request in ``body``.  Raises MalformedError, or InvalidError naming what is wrong."""
    binary = b""
    if header_length is not None:
        if not (header_length.isascii() and header_length.isdigit()) or int(header_length) > len(body):
            raise MalformedError(f"expected {HEADER_LENGTH} to be the length of the JSON before binary data")
        body, binary = body[: int(header_length)], body[int(header_length) :]
    try:
        request = _REQUEST.validate_python(json.loads(body))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        errors = [
            {"path": ["body", *each["loc"]], "message": each["msg"], "type": each["type"]} for each in found[:100]
        ]
        raise InvalidError(f"{len(found)} value(s) are not as expected: {found[0]['msg']}", errors=errors) from error
    except (ValueError, RecursionError) as error:
        raise MalformedError("expected JSON in UTF-8, found something that cannot be read as such") from error
    for tensor in request.inputs:
        size = (tensor.parameters or {}).get("binary_data_size")
        if size is not None:
            if not isinstance(size, int) or not 0 <= size <= len(binary):
                raise InvalidError(f"expected binary_data_size of {tensor.name} to be at most {len(binary)} bytes")
            tensor.data, binary = _strings(binary[:size], tensor.name), binary[size:]
    return request


def _strings(data: bytes, name: str) -> list[str]:
    """Return the elements of binary BYTES: each its length in 4 bytes, little-endian, and its UTF-8."""
    found: list[str] = []
    place = 0
    try:
        while place < len(data):
            (length,) = struct.unpack_from("<I", data, place)
            place += 4 + length
            if place > len(data):
                raise ValueError("cut short")
            found.append(data[place - length : place].decode("utf-8"))
    except (struct.error, ValueError) as error:
        raise InvalidError(
            f"expected binary BYTES in UTF-8 with their lengths for {name}, found other bytes"
        ) from error
    return found


def statements_of(request: InferRequest) -> list[Statement]:
    """Return the statements that the tensors hold.  Raises InvalidError where they do not fit each other."""
    tensors = {tensor.name: _flat(tensor) for tensor in request.inputs}
    if "text" not in tensors or len(tensors) != len(request.inputs):
        raise InvalidError("expected one input named 'text' and at most one named 'target'")
    texts = tensors["text"]
    targets = tensors.get("target") or [""] * len(texts)
    if len(targets) != len(texts):
        raise InvalidError(f"expected as many targets as texts, found {len(targets)} and {len(texts)}")
    return [Statement(text, target or None) for text, target in zip(texts, targets, strict=True)]


def _flat(tensor: InputTensor) -> list[str]:
    flat: list[str] = []
    for each in tensor.data or []:
        flat.extend([each] if isinstance(each, str) else each)
    if math.prod(tensor.shape) != len(flat):
        raise InvalidError(
            f"expected {math.prod(tensor.shape)} elements of {tensor.name} by its shape, found {len(flat)}"
        )
    return flat


def tensors_of(request: InferRequest, outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """Return the tensors asked for, all that apply by default.

    Raises InvalidError for an unknown name, or where a statement could not be scored: tensors have no place for that.
    """
    predictions: list[Prediction] = []
    for i, outcome in enumerate(outcomes):
        if isinstance(outcome, Failure):
            raise InvalidError(f"statement {i} cannot be scored: {outcome.error.detail}")
        predictions.append(outcome)
    has_stance = bool(predictions) and all(prediction.stance for prediction in predictions)
    names = [output.name for output in request.outputs or ()] or [
        name for name in OUTPUTS if has_stance or not name.startswith("stance")
    ]
    tensors: list[dict[str, object]] = []
    for name in names:
        if name not in OUTPUTS:
            raise InvalidError(f"expected outputs among {', '.join(OUTPUTS)}, found another name")
        if name.startswith("stance") and not has_stance:
            raise InvalidError("expected a target for each text, to give the stance toward it; found none for some")
        datatype, shape = OUTPUTS[name]
        data = [value for prediction in predictions for value in _values(prediction, name)]
        tensors.append({"name": name, "datatype": datatype, "shape": [len(predictions), *shape[1:]], "data": data})
    return tensors


def _values(prediction: Prediction, name: str) -> Sequence[object]:
    if name == "confidence":
        return (prediction.confidence,)
    if name == "abstained":
        return (prediction.abstained,)
    head, _, part = name.partition("_")
    result = getattr(prediction, head)
    if not part:
        return [result.probabilities[label] for label in HEADS[head]]
    return (getattr(result, part),)


def metadata(version: str) -> dict[str, object]:
    """Return the model's metadata."""
    return {
        "name": MODEL_NAME,
        "versions": [version],
        "platform": "detente_tfidf_logistic_regression",
        "inputs": [{"name": name, "datatype": "BYTES", "shape": [-1]} for name in ("text", "target")],
        "outputs": [{"name": name, "datatype": kind, "shape": shape} for name, (kind, shape) in OUTPUTS.items()],
    }
