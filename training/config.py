"""What training is configured by: which head reads which features, how strongly it is held back, and the folds."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from classifier.features import (
    BIGRAM,
    OBJECT,
    OPERATOR,
    PLAIN,
    SCOPED,
    SENTIMENT,
    TARGET,
    TARGET_SENTIMENT,
)

CORPUS_DATE: Final = "2026-11-25"
"""Date of the corpus release; the first part of a model's version, so that no clock enters a model."""

STORED_CALIBRATION: Final = Path(__file__).parent / "calibration.json"
"""The calibration and cross-validated figures of the last full training, used by ``--quick``."""


INVENTIVE: Final = frozenset(
    {
        "civil_issues",
        "coercive_acts",
        "contrast_sets",
        "embedding",
        "everyday_acts",
        "first_person_neutral",
        "history_1945_1999",
        "indirect_criticism",
        "media",
        "opinion_tone",
        "quotes",
        "stance",
        "un_speech",
        "wire_events",
    }
)
"""Genres of the first corpus, written for variety and not as such text reads (seeds/README.md)."""


@dataclass(frozen=True, slots=True)
class HeadConfig:
    """The families a head reads, the inverse strength ``C`` of its L2 penalty, whether rare labels weigh more.

    ``inventive`` is the weight of a statement of :data:`INVENTIVE` beside one of typical wording: typical ones are
    worth five to eight times as much (seeds/README.md, training/EXPERIMENTS.md).
    """

    families: tuple[int, ...]
    strength: float
    balanced: bool = True
    inventive: float = 0.15


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """All that decides a model besides its data."""

    heads: dict[str, HeadConfig] = field(
        default_factory=lambda: {
            "escalation": HeadConfig((PLAIN, SCOPED, BIGRAM, OPERATOR, OBJECT, SENTIMENT), 2.0, balanced=False),
            "tone": HeadConfig((PLAIN, SCOPED, SENTIMENT), 0.3, balanced=False, inventive=1.0),
            "act": HeadConfig((PLAIN, SCOPED, BIGRAM, OPERATOR, OBJECT), 10.0),
            "stance": HeadConfig((PLAIN, TARGET, TARGET_SENTIMENT, SENTIMENT), 0.14),
            "domain": HeadConfig((PLAIN, BIGRAM), 20.0, inventive=1.0),
        }
    )
    least_documents: int = 2
    """Features in fewer statements are dropped."""
    iterations: int = 250
    folds: int = 5
    precision: float = 0.8
    """Share of right levels wanted among the predictions that do not abstain."""
    known_kept: float = 0.9925
    """Share of the corpus that the domain threshold must let through."""
