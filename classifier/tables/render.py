"""Rows and their scores as bytes: lines of JSON, or Arrow streams that are stitched into one table at the end."""

import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

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


_OPENING: Final = ',"probabilities":{'


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
    lines: list[bytes] = []
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
        # line by line: one letter beyond Latin would make the text of a whole chunk wide, and slow to encode
        lines.append(f"{head}{comma}{identity}{prediction}\n".encode())
    return b"".join(lines)


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
    named = {name: scored.column(name) for name in scored.schema.names}
    version = pc.fill_null(_quoted(named["model_version"]), "null")
    targets = [target if target is None else json_text(target) for target in named["stance_target"].to_pylist()]
    stance = _joined(
        *('{"target":', pa.array(targets, pa.string()), ',"label":', _quoted(named["stance_label"])),
        *(',"score":', named["stance_score"], *_probabilities("stance", named), "}"),
    )
    texts = _joined(
        *('"escalation":{"level":', named["escalation_level"], ',"label":', _quoted(named["escalation_label"])),
        *(',"score":', named["escalation_score"], *_probabilities("escalation", named)),
        *('},"tone":{"label":', _quoted(named["tone_label"]), ',"score":', named["tone_score"]),
        *(*_probabilities("tone", named), '},"act":{"label":', _quoted(named["act_label"])),
        *(',"quad_class":', named["quad_class"], *_probabilities("act", named)),
        *('},"stance":', pc.fill_null(stance, "null"), ',"confidence":', named["confidence"]),
        *(',"abstained":', named["abstained"], ',"model_version":', version, "}"),
    )
    found: list[str] = texts.to_pylist()
    return found


def _joined(*pieces: Any) -> Any:
    """Return the pieces, strings and columns, side by side; null where a column is."""
    texts = [piece if isinstance(piece, str) else pc.cast(piece, pa.string()) for piece in pieces]
    return pc.binary_join_element_wise(*texts, "")


def _quoted(labels: Any) -> Any:
    """Return labels, and whatever needs no escape, in quotation marks."""
    return _joined('"', labels, '"')


def _probabilities(head: str, named: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the pieces of a head's probabilities."""
    lists = named[f"{head}_probabilities"]
    for i, label in enumerate(HEADS[head]):
        yield f'{"," if i else _OPENING}"{label}":'
        yield pc.list_element(lists, i)
    yield "}"


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
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def _ids(rows: Rows, kept: Sequence[int], given: dict[str, Any]) -> Any:
    array = given.get(rows.names.id)
    if array is not None and all(rows.rows[i].own for i in kept):
        return array
    return column_of([rows.rows[i].id for i in kept])
