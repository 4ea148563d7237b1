"""The plain scikit-learn model as BentoML's documentation serves it."""

from typing import Any

import bentoml

from benchmarks.apps import answers
from benchmarks.peers import load_plain


@bentoml.service(workers=1)  # type: ignore[untyped-decorator, unused-ignore]
class Service:
    """One statement a request."""

    def __init__(self) -> None:
        self.model = load_plain("word")

    @bentoml.api  # type: ignore[untyped-decorator, unused-ignore]
    def predict(self, text: str) -> dict[str, Any]:
        """Score a text."""
        return answers(self.model, [text])[0]
