"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from classifier.model import DEFAULT_PATH

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def model_option() -> Decorator:
    """``--model DIR``: a model's folder, or a models folder with one in use."""
    return click.option(
        "--model",
        "model_path",
        type=click.Path(path_type=Path),
        default=DEFAULT_PATH,
        envvar="DETENTE_MODEL",
        show_default=True,
        help="A model's folder, or a folder of models with one in use.",
    )
