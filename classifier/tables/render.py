"""Rows and their scores as bytes: lines of JSON, or Arrow streams that are stitched into one table at the end."""

import gzip
import io
import json
from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from classifier.labels import HEADS
from classifier.prediction import COLUMNS
from classifier.tables.formats import Compression, Format, Kind
from classifier.tables.rows import Rows
from classifier.tables.values import column_of, json_text

_KEYS: Final = frozenset(
    {"id", "escalation", "tone", "act", "stance", "confidence", "abstained", "model_version", "error"}
)
"""The keys of a prediction's JSON shape."""
_CLASHES: Final = _KEYS - {"id"}
_FLAT: Final = frozenset(COLUMNS)


def _probabilities(head: str) -> str:
    return '"probabilities":{' + ",".join(f'"{label}":%r' for label in HEADS[head]) + "}}"


_MAIN: Final = (
    '"escalation":{"level":%d,"label":"%s","score":%r,' + _probabilities("escalation") + ","
    '"tone":{"label":"%s","score":%r,' + _probabilities("tone") + ","
    '"act":{"label":"%s","quad_class":%d,' + _probabilities("act") + ',"stance":'
)
_STANCE: Final = '{"target":%s,"label":"%s","score":%r,' + _probabilities("stance")
_END: Final = ',"confidence":%r,"abstained":%s,"model_version":%s}'


def render(rows: Rows, kept: Sequence[int], scored: Any, kind: Kind) -> bytes:
    """Return the kept rows with their predictions, which ``scored`` holds as the core gave them, with probabilities."""
    if not kept:
        return b""
    if kind.format is Format.JSONL:
        return pack(render_json(rows, kept, scored), kind.compression)
    return render_table(rows, kept, scored)


def pack(data: bytes, compression: Compression) -> bytes:
    """Return ``data`` as a whole compressed member, so that members can follow each other in a file."""
    match compression:
        case Compression.GZIP:
            return gzip.compress(data, compresslevel=6, mtime=0)
        case Compression.ZSTD:
            return bytes(pa.compress(data, codec="zstd", asbytes=True))
        case Compression.NONE:
            return data


def render_json(rows: Rows, kept: Sequence[int], scored: Any) -> bytes:
    """Return a line of JSON a row: its own keys as they were given, then the prediction's."""
    lines: list[str] = []
    predictions = prediction_texts(scored)
    objects = rows.objects(kept)
    for index, given, prediction in zip(kept, objects, predictions, strict=True):
        row, keys = rows.rows[index], rows.keys(index)
        own = row.own and rows.names.id == "id"
        if not (_CLASHES if own else _KEYS).isdisjoint(keys):
            given, own = _renamed(given, drop_id=rows.names.id == "id"), False
        head = given[:-1].rstrip()
        comma = "" if head == "{" else ","
        identity = "" if own else f'"id":{json_text(row.id)},'
        lines.append(f"{head}{comma}{identity}{prediction}\n")
    return "".join(lines).encode("utf-8")


def _renamed(given: str, *, drop_id: bool) -> str:
    """Return JSON object text with the keys that a prediction has too renamed to ``input_...``."""
    value = json.loads(given)
    if drop_id:
        value.pop("id", None)
    return json_text({input_name(key, value, _KEYS): each for key, each in value.items()})


def input_name(name: str, names: Any, taken: frozenset[str]) -> str:
    """Return the name under which a column of the input is kept where the prediction has one of its name."""
    if name not in taken:
        return name
    name = f"input_{name}"
    while name in names:
        name += "_"
    return name


def prediction_texts(scored: Any) -> list[str]:
    """Return each prediction as the rest of a JSON object, after its id; equal to ``Prediction.as_dict`` as JSON."""
    columns = {name: scored.column(name).to_pylist() for name in scored.schema.names if name not in ("id", "error")}
    names = ("escalation_level", "escalation_label", "escalation_score", "tone_label", "tone_score", "act_label")
    texts: list[str] = []
    main = zip(*(columns[name] for name in names), columns["quad_class"], strict=True)
    lists = zip(*(columns[f"{head}_probabilities"] for head in HEADS), strict=True)
    stances = zip(*(columns[f"stance_{part}"] for part in ("target", "label", "score")), strict=True)
    ends = zip(*(columns[name] for name in ("confidence", "abstained", "model_version")), strict=True)
    for values, (levels, tones, acts, stances_of), stance, end in zip(main, lists, stances, ends, strict=True):
        level, label, score, tone, tone_score, act, quad = values
        text = _MAIN % (level, label, score, *levels, tone, tone_score, *tones, act, quad, *acts)
        stance_text = "null" if stances_of is None else _STANCE % (json_text(stance[0]), *stance[1:], *stances_of)
        texts.append(text + stance_text + _END % (end[0], "true" if end[1] else "false", json_text(end[2])))
    return texts


def render_table(rows: Rows, kept: Sequence[int], scored: Any) -> bytes:
    """Return the flat columns and then the input's own as an Arrow stream of one batch."""
    given = rows.columns(kept)
    arrays: dict[str, Any] = {"id": _ids(rows, kept, given)}
    arrays |= {name: scored.column(name) for name in COLUMNS[1:]}
    for name, array in given.items():
        if name != "id" or rows.names.id != "id":
            arrays[input_name(name, given, _FLAT)] = array
    batch = pa.record_batch(list(arrays.values()), names=list(arrays))
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def _ids(rows: Rows, kept: Sequence[int], given: dict[str, Any]) -> Any:
    array = given.get(rows.names.id)
    if array is not None and all(rows.rows[i].own for i in kept):
        return array
    return column_of([rows.rows[i].id for i in kept])
