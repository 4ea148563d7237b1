"""The cases are enough, each is there once, and none is taken from what the model is trained on."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from classifier.labels import ACTS, LEVEL_LABELS

from . import cases

SEEDS: Final = Path(__file__).parents[2] / "seeds"
SHARED_WORDS: Final = 8
"""So many words in a row that a case shares with a seed make it a copy."""


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’", "'").replace("'", ""))


def runs(found: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(found[i:] for i in range(SHARED_WORDS)), strict=False)


def seed_texts() -> Iterator[str]:
    for path in SEEDS.rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text", "")
    for path in SEEDS.rglob("*.tsv"):
        yield from re.split(r"[\t\n]", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seeds() -> list[list[str]]:
    """The words of every statement and phrase that the model may be trained on."""
    return [words(text) for text in seed_texts()]


def test_no_case_occurs_in_the_seeds(seeds: list[list[str]]) -> None:
    everything = "\n".join(f" {' '.join(seed)} " for seed in seeds)
    assert not [text for text in cases.texts() if f" {' '.join(words(text))} " in everything]


def test_no_case_shares_eight_words_in_a_row_with_a_seed(seeds: list[list[str]]) -> None:
    ours = {run: text for text in cases.texts() for run in runs(words(text))}
    assert not {ours[run]: " ".join(seed) for seed in seeds for run in runs(seed) if run in ours}


def test_minimum_functionality_covers_every_act_and_level() -> None:
    found = cases.minimum()
    assert len(found) >= 130
    assert len({case.text for case in found}) == len(found)
    assert {case.level for case in found} == set(LEVEL_LABELS)
    count = Counter(case.acts[0] for case in found)
    assert set(count) == set(ACTS)
    assert min(count.values()) >= 7


def test_there_are_enough_pairs_of_each_kind_and_none_twice() -> None:
    ordered = cases.ordered()
    assert set(ordered) == {"negation", "modality", "reversal", "embedding", "strength"}
    assert min(map(len, ordered.values())) >= 30
    assert len(cases.tone()) >= 20
    assert len(cases.stance()) >= 30
    pairs = [pair for kind in (*ordered.values(), cases.tone(), cases.stance()) for pair in kind]
    assert len(set(pairs)) == len(pairs)


def test_there_are_enough_sentences_for_invariance_and_for_the_domain() -> None:
    fillings = cases.actors()
    assert len(fillings) >= 60
    assert all(len({filling.text for filling in each}) == len(each) for each in fillings)
    assert len(cases.wording()) >= 40
    assert len(cases.ordinary()) >= 60
