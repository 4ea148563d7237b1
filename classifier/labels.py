"""The scales a statement is labelled on, their order, and QuadClass: the only list of labels.

Acts are the roots of PLOVER (Open Event Data Alliance, 2018) and ``none``; QuadClass groups them as
verbal/material x cooperation/conflict (1-4), 0 where nothing is done.  See ``seeds/CODEBOOK.md``.
"""

from typing import Final

TONES: Final = ("negative", "neutral", "positive")
STANCES: Final = ("favor", "neutral", "against")

ESCALATION_LEVELS: Final = {
    "de-escalatory": -2,
    "conciliatory": -1,
    "neutral": 0,
    "confrontational": 1,
    "threatening": 2,
    "coercive": 3,
}
ESCALATIONS: Final = tuple(ESCALATION_LEVELS)
LEVEL_LABELS: Final = {level: label for label, level in ESCALATION_LEVELS.items()}

QUAD_CLASS: Final = {
    "agree": 1,
    "consult": 1,
    "support": 1,
    "cooperate": 2,
    "aid": 2,
    "concede": 2,
    "retreat": 2,
    "request": 3,
    "accuse": 3,
    "reject": 3,
    "threaten": 3,
    "protest": 4,
    "sanction": 4,
    "mobilize": 4,
    "coerce": 4,
    "assault": 4,
    "none": 0,
}
ACTS: Final = tuple(QUAD_CLASS)

HEADS: Final = {"escalation": ESCALATIONS, "tone": TONES, "act": ACTS, "stance": STANCES}
"""Each head's labels in the order of its probabilities."""

DESCRIPTIONS: Final = {
    "de-escalatory": "a concrete step that lowers tension, or one committed to as decided",
    "conciliatory": "lowers tension in words: offers talks, reassures, praises, supports, apologises",
    "neutral": "informs, describes, is procedural or courteous, or balances",
    "confrontational": "raises tension in words: accuses, condemns, rejects, demands",
    "threatening": "announces harm, punishment or force as a possibility",
    "coercive": "applies pressure or harm: sanctions, expulsions, arrests, deployments, attacks",
}
"""One line for each escalation level, as shown to people."""
