"""Batches in numpy give each text the numbers that the kernel gives it alone.

They are the same to the last bit where the kernel is plain Python, and to 1e-12 where it is compiled.
"""

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wording import ANY_TEXT, SENTENCES

from classifier import Classifier, kernel
from classifier.arrays import Blocks, Single
from classifier.arrays.chunks import CHARACTERS
from classifier.arrays.heads import USUAL
from classifier.scorer import N_OUTPUTS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LONG = "The army attacked, and NATO may not withdraw. "


def first_words(texts: Sequence[str]) -> list[str | None]:
    """Return a target for every second text."""
    return [text.split()[0] if i % 2 and text.split() else None for i, text in enumerate(texts)]


def in_batch(plain: ModuleType, slow: Classifier, texts: list[str], targets: list[str | None]) -> tuple[Floats, Ints]:
    probabilities, counts = np.empty((len(texts), N_OUTPUTS)), np.empty((len(texts), 2), np.int64)
    plain.score_into(slow._reader, slow._weigher, texts, targets, probabilities, counts)
    return probabilities, counts


def alone(
    module: ModuleType, classifier: Classifier, texts: Sequence[str], targets: Sequence[str | None]
) -> tuple[Floats, Ints]:
    reader, weigher = classifier._reader, classifier._weigher
    probabilities, counts = np.empty((len(texts), N_OUTPUTS)), np.empty((len(texts), 2), np.int64)
    for i, (text, target) in enumerate(zip(texts, targets, strict=True)):
        scratch = reader.read(text, target, weigher.worded)
        weigher.score(scratch)
        probabilities[i], counts[i] = scratch.sums[:N_OUTPUTS], (scratch.n_known, scratch.n_unknown)
        reader.release(scratch)
    return probabilities, counts


def check(plain: ModuleType, slow: Classifier, texts: list[str], targets: list[str | None] | None = None) -> None:
    targets = targets or [None] * len(texts)
    probabilities, counts = in_batch(plain, slow, texts, targets)
    expected, expected_counts = alone(plain, slow, texts, targets)
    assert np.array_equal(probabilities, expected)
    assert np.array_equal(counts, expected_counts)


@given(st.lists(SENTENCES | ANY_TEXT, max_size=8), st.booleans())
@settings(deadline=None, max_examples=300)
def test_batches_score_exactly_as_each_alone(
    slow: Classifier, plain: ModuleType, texts: list[str], aimed: bool
) -> None:
    check(plain, slow, texts, first_words(texts) if aimed else None)


@given(st.lists(SENTENCES | ANY_TEXT, max_size=8), st.booleans())
@settings(deadline=None)
def test_batches_score_as_the_compiled_kernel(
    classifier: Classifier, slow: Classifier, plain: ModuleType, texts: list[str], aimed: bool
) -> None:
    targets = first_words(texts if aimed else [""] * len(texts))
    probabilities, counts = in_batch(plain, slow, texts, targets)
    expected, expected_counts = alone(kernel, classifier, texts, targets)
    assert np.abs(probabilities - expected).max(initial=0.0) < 1e-12
    assert np.array_equal(counts, expected_counts)


@given(st.lists(st.text(alphabet="aNeS'.-,;İé中 \n", max_size=40), max_size=8))
@settings(deadline=None)
def test_batches_take_chunks_apart_as_the_kernel_does(slow: Classifier, plain: ModuleType, texts: list[str]) -> None:
    check(plain, slow, texts)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " \n ",
            ".",
            "- -",
            "Talks resumed. -",
            "- Talks resumed.",
            "\x00-\x00",
            "THE ARMY ATTACKED AGAIN TODAY!",
        ),
        *("GENEVA (Reuters) - The army attacked.", "UN", "U.S. forces left.", "A deal, officials said on Monday."),
        *(
            "Officials said. The army attacked. . . .",
            "Rice van Peace The Accord the NATO",
            "the The the NATO Accord the",
        ),
        *("The United Nations the Security Council", "It failed to not fail to attack without not failing", "x" * 5000),
        *("not terrible, very good; barely very terrible", "https://example.org/" + "a-" * 100, LONG * 10, LONG * 400),
    ],
)
def test_a_text_scores_the_same_wherever_it_stands(slow: Classifier, plain: ModuleType, text: str) -> None:
    check(plain, slow, [text])
    check(plain, slow, [text, "NATO withdrew.", text, text, "", "Talks resumed in Geneva, officials said."])


def test_every_development_text_scores_the_same(
    classifier: Classifier, slow: Classifier, plain: ModuleType, dev: Path
) -> None:
    files = [dev / f"{name}.jsonl" for name in ("plv", "unscon", "nyt", "newsmtsc")]
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    aims: list[list[str | None]] = [[None] * len(rows), [row.get("target") for row in rows]]
    for targets in aims:
        probabilities, counts = in_batch(plain, slow, texts, targets)
        expected, expected_counts = alone(kernel, classifier, texts, targets)
        assert np.abs(probabilities - expected).max() < 1e-12
        assert np.array_equal(counts, expected_counts)


def test_an_empty_batch_scores_nothing(slow: Classifier, plain: ModuleType) -> None:
    check(plain, slow, [])


def invented(rng: random.Random, count: int) -> list[str]:
    """Return texts of 20 words that do not exist, some of them inflected, capitalised or marked."""
    letters, ends = "abdeginrsty", ("", "", "s", "ed", "ing", ".", ",", "'s", "-x")
    words = ["".join(rng.choices(letters, k=rng.randint(3, 9))) + rng.choice(ends) for _ in range(20 * count)]
    return [" ".join(words[i : i + 20]).capitalize() for i in range(0, len(words), 20)]


def test_words_that_no_table_knows_score_the_same(slow: Classifier, plain: ModuleType) -> None:
    check(plain, slow, invented(random.Random(2), 300))


def test_every_word_of_the_table_scores_the_same(slow: Classifier, plain: ModuleType) -> None:
    table = slow.model.table
    letters, ends = table.letters.tobytes(), table.ends.tolist()
    known = [letters[ends[i] : ends[i + 1]].decode() for i in range(0, len(ends) - 1, 13)]
    cases = (str.lower, str.upper, str.capitalize, lambda word: word + "s", lambda word: word + word[-1] + "ing.")
    texts = [" ".join(case(word) for word in known[i : i + 10] for case in cases) for i in range(0, len(known), 10)]
    check(plain, slow, texts)


def test_a_text_of_more_features_than_are_usual_scores_the_same(slow: Classifier, plain: ModuleType) -> None:
    table = slow.model.table
    letters, ends = table.letters.tobytes(), table.ends.tolist()
    text = " ".join(letters[ends[i] : ends[i + 1]].decode() for i in range(0, len(ends) - 1, 2))
    assert len(slow.model.scorer.weigh(table.reader, text, None)[0]) > USUAL
    check(plain, slow, [text])


def test_the_memory_of_chunks_is_bounded_and_what_is_forgotten_scores_the_same(
    slow: Classifier, plain: ModuleType
) -> None:
    reader = plain.Reader(slow.model.table)
    reader.blocks = Blocks(slow.model.table, reader.learn, 5_000)
    rng = random.Random(1)
    for _ in range(60):
        texts = [*invented(rng, 30), "a-b.c" * 20 + f"{rng.random()}" * 100 + " attacked NATO", "accused " * 200]
        probabilities, counts = np.empty((len(texts), N_OUTPUTS)), np.empty((len(texts), 2), np.int64)
        plain.score_into(reader, slow._weigher, texts, [None] * len(texts), probabilities, counts)
        assert np.array_equal(probabilities, alone(plain, slow, texts, [None] * len(texts))[0])
        (chunks,) = reader.blocks.free
        assert len(chunks.memory) <= 5_000
        assert sum(map(len, chunks.memory)) <= CHARACTERS * 5_000


def test_more_chunks_than_are_remembered_pass_through(slow: Classifier, plain: ModuleType) -> None:
    rng = random.Random(3)
    for _ in range(5):
        check(plain, slow, [LONG, *invented(rng, 900)])
        assert all(len(chunks.memory) <= kernel.CACHE_LIMIT for chunks in slow._reader.blocks.free)


def test_what_is_forgotten_of_single_texts_scores_the_same(
    slow: Classifier, plain: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigher: Any = slow._weigher
    texts = [LONG * (i % 5) + f"Envoy {i} was not accused amid talks with NATO" for i in range(40)]
    expected = alone(plain, slow, texts, [None] * len(texts))[0]
    single = Single(weigher.row, weigher.single.keys, weigher.single.heads, limit=7)
    monkeypatch.setattr(weigher, "single", single)
    assert np.array_equal(alone(plain, slow, texts, [None] * len(texts))[0], expected)
    for memory in (single.rows, single.plain, single.scoped, single.pairs, single.aside, single.bases):
        assert 0 < len(memory) <= 7


def test_threads_share_the_memories_of_single_texts(slow: Classifier, plain: ModuleType) -> None:
    texts = [f"Country {i} accused neighbour {i % 7} of {'attack' * (i % 3)} and withdrew" for i in range(200)]
    expected = alone(plain, slow, texts, [None] * len(texts))[0]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda text: alone(plain, slow, [text], [None])[0], texts * 2)
        assert np.array_equal(np.concatenate([*found]), np.concatenate([expected] * 2))


def test_threads_share_the_reader_of_batches(slow: Classifier, plain: ModuleType) -> None:
    texts = [f"Country {i} accused neighbour {i % 7} of {'attack' * (i % 3)} and withdrew" for i in range(400)]
    parts = [texts[i : i + 20] for i in range(0, 400, 20)]
    expected = alone(plain, slow, texts, [None] * len(texts))[0]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda part: in_batch(plain, slow, part, [None] * len(part))[0], parts * 4)
        assert np.array_equal(np.concatenate([*found]), np.concatenate([expected] * 4))
