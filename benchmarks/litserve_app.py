"""The plain scikit-learn model served as LitServe's documentation shows: ``python -m benchmarks.litserve_app PORT``."""

import sys
from typing import Any

import litserve

from benchmarks.apps import answers
from benchmarks.peers import load_plain


class Api(litserve.LitAPI):  # type: ignore[misc]
    """One statement a request."""

    def setup(self, device: str) -> None:
        """Load the model."""
        self.model = load_plain("word")

    def decode_request(self, request: dict[str, Any]) -> str:
        """Return the text."""
        return str(request["text"])

    def predict(self, text: str) -> dict[str, Any]:
        """Score it."""
        return answers(self.model, [text])[0]

    def encode_response(self, output: dict[str, Any]) -> dict[str, Any]:
        """Return the prediction as it is."""
        return output


if __name__ == "__main__":
    server = litserve.LitServer(Api(), accelerator="cpu", workers_per_device=1)
    server.run(port=int(sys.argv[1]), generate_client_file=False, log_level="error", num_api_servers=1)
