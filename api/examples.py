"""Requests shown in the OpenAPI document; their answers are made by the model in use."""

from typing import Any, Final

STATEMENT: Final = "Moscow warned that deploying missiles in Ukraine would have serious consequences for NATO."
PREDICT_REQUEST: Final[dict[str, Any]] = {
    "statements": [
        {"id": "a1", "text": STATEMENT, "target": "NATO"},
        {"id": "a2", "text": "Both governments agreed to reopen the border and to exchange prisoners."},
    ]
}
EXPLAIN_REQUEST: Final[dict[str, Any]] = {"text": STATEMENT, "target": "NATO"}
ARTICLE_REQUEST: Final[dict[str, Any]] = {
    "text": '"We had a very serious and direct exchange on the situation in and around Ukraine," NATO Secretary '
    "General Jens Stoltenberg said on Wednesday. Russia said it would respond if its demands were ignored."
}
CONVENTION_REQUEST: Final[dict[str, Any]] = {"inputs": [STATEMENT]}
INFER_REQUEST: Final[dict[str, Any]] = {
    "id": "1",
    "inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": [STATEMENT]}],
    "outputs": [{"name": "escalation"}, {"name": "escalation_label"}],
}
FEEDBACK_REQUEST: Final[dict[str, Any]] = {
    "text": "The minister said patience was running out.",
    "labels": {"escalation": 2, "act": "threaten"},
    "author": "desk 3",
}
BATCH_LINE: Final = '{"id": "a1", "text": "Both governments agreed to reopen the border."}'
