"""The word-list baseline: what one gets by counting listed words, without scope or learning."""

from collections import Counter
from typing import Final

from classifier.features import analyze
from classifier.labels import LEVEL_LABELS, QUAD_CLASS
from classifier.lexicon import FUNCTIONAL, OPERATORS
from classifier.words import WordTable

_LEVEL_OF_ACT: Final = {"threaten": 2, "aid": -2, "concede": -2, "retreat": -2, "cooperate": -2, "none": 0}
_LEVEL_OF_QUAD: Final = {1: -1, 2: -2, 3: 1, 4: 3, 0: 0}
LEANING: Final = 0.05
"""Mean valence a word from which on a text counts as positive or negative."""


def word_list_labels(text: str, table: WordTable) -> dict[str, str]:
    """Return a label for each head: the commonest listed act, its usual level, and the sign of the listed valences."""
    units = analyze(text, None, table).units
    acts = Counter(OPERATORS[unit.verb or unit.noun] for unit in units)
    listed = [(n, act) for act, n in acts.items() if act and act not in FUNCTIONAL]
    act = max(listed, key=lambda item: item[0])[1] if listed else "none"
    level = _LEVEL_OF_ACT.get(act, _LEVEL_OF_QUAD[QUAD_CLASS[act]])
    valence = sum(unit.valence for unit in units) / max(1, len(units))
    tone = "positive" if valence > LEANING else "negative" if valence < -LEANING else "neutral"
    stance = {"positive": "favor", "negative": "against", "neutral": "neutral"}[tone]
    return {"act": act, "escalation": LEVEL_LABELS[level], "tone": tone, "stance": stance}
