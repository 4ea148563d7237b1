"""The kernel as plain Python and as compiled are one: the same features exactly, the same probabilities to 1e-12."""

import itertools
import json
import random
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wording import ANY_TEXT, SENTENCES

from classifier import Classifier, Statement, kernel
from classifier.features import analyze
from classifier.scorer import N_OUTPUTS, Scorer
from classifier.stem import bases
from classifier.targets import mentions_of
from classifier.text import tokenize
from classifier.units import Unit
from classifier.weighting import Floats
from classifier.words import WordTable
from training.export import compile_scorer
from training.pipeline import DetentePipeline


def flat(heads: list[kernel.Found]) -> Floats:
    return np.array([each for _, probabilities in heads for each in probabilities.values()])


def same_features(one: Classifier, other: Classifier, text: str, target: str | None) -> bool:
    a, b = (analyze(text, target, each.model.table) for each in (one, other))
    names = ("keys", "firsts", "lasts", "own_keys", "own_values", "codes", "first_tokens", "last_tokens")
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in names)


@given(SENTENCES | ANY_TEXT, st.booleans())
@settings(deadline=None)
def test_both_read_the_same(classifier: Classifier, slow: Classifier, text: str, aimed: bool) -> None:
    assert same_features(classifier, slow, text, text.split()[0] if aimed and text.split() else None)


@given(SENTENCES | ANY_TEXT, st.booleans())
@settings(deadline=None)
def test_both_score_the_same(
    classifier: Classifier, slow: Classifier, plain: ModuleType, text: str, aimed: bool
) -> None:
    target = text.split()[0] if aimed and text.split() else None
    fast, *words = kernel.score(classifier._reader, classifier._weigher, text, target)
    plainly, *plain_words = plain.score(slow._reader, slow._weigher, text, target)
    assert np.abs(flat(fast) - flat(plainly)).max() < 1e-12
    assert words == plain_words


@given(st.lists(SENTENCES | ANY_TEXT, max_size=6))
@settings(deadline=None)
def test_arrays_hold_the_numbers_of_the_predictions(classifier: Classifier, texts: list[str]) -> None:
    scores = classifier.score_arrays(texts)
    predictions = classifier.predict_many(texts)
    assert scores.probabilities.shape == (len(texts), N_OUTPUTS)
    assert scores.of("act").tolist() == [[*each.act.probabilities.values()] for each in predictions]
    assert classifier.abstentions(scores).tolist() == [each.abstained for each in predictions]


@given(SENTENCES | ANY_TEXT)
@settings(deadline=None)
def test_words_are_the_tokens_of_the_text(classifier: Classifier, text: str) -> None:
    words = [word.text for word in classifier.model.table.reader.words(text)]
    tokens = [token.text for token in tokenize(text)]
    assert words in (tokens, [token.lower() for token in tokens])


@given(SENTENCES | ANY_TEXT)
@settings(deadline=None)
def test_a_word_counts_as_the_same_whether_remembered_or_not(models: Path, classifier: Classifier, text: str) -> None:
    classifier.predict(text)
    fresh = type(classifier.model.table.reader)(classifier.model.table)
    known = classifier.model.table.reader
    assert [word.code for word in fresh.words(text)] == [word.code for word in known.words(text)]


ENDINGS = [
    "",
    "s",
    "es",
    "ed",
    "d",
    "r",
    "ing",
    "er",
    "est",
    "ies",
    "ied",
    "ss",
    "'s",
    "’s",
    "'s,",
    "’s.",
    "'S",
    "'d",
    "`s",
    "y",
    "n",
    ".",
    ",",
    "s.",
    "ed,",
]


def tokens_of(s: kernel.Scratch) -> list[tuple[float, ...]]:
    """Return what a reader knows of a text's tokens, which plain Python keeps as words."""
    if s.words:
        return [(word.code, word.valence, word.number, word.opening, word.look) for word in s.words]
    columns = s.token_codes, s.token_values, s.numbers, s.openings, s.looks
    return list(zip(*[list(column[: s.n_tokens]) for column in columns], strict=True))


def test_inflections_are_read_as_those_of_the_stemmer(classifier: Classifier, plain: ModuleType) -> None:
    table = classifier.model.table
    letters = table.letters.tobytes()
    known = [letters[a:b].decode() for a, b in itertools.pairwise(table.ends.tolist())][::97]
    short = ["".join(pair) for pair in itertools.product("aesdingrty", repeat=2)]
    fast, slow = kernel.Reader(table), plain.Reader(table)
    for word in [*known, *short]:
        stems = [word, word[:-1], word[:-1] + "i", word + word[-1]]
        text = " ".join(form + end for stem in stems for form in (stem, stem.capitalize()) for end in ENDINGS)
        for reader in (fast, slow):
            reader.release(reader.read(text, None))
        one, other = fast.read("x " + text, None), slow.read("x " + text, None)
        assert tokens_of(one) == tokens_of(other), text


ODD_CHUNKS = st.builds(
    "{}{}{}{}".format,
    st.text("(\"“”'[.$¿", max_size=4),
    st.from_regex(r"[A-Za-z]{0,4}(-?[a-zA-Z]{1,6}){1,3}", fullmatch=True) | st.sampled_from(["long-standing", "Talks"]),
    st.sampled_from(["", "'s", "’s", "'", "-", "s", "ing"]),
    st.text(',.;:!?)"”“(…-', max_size=5),
)


@given(st.lists(ODD_CHUNKS, min_size=1, max_size=8))
@settings(deadline=None)
def test_words_among_marks_are_read_as_their_tokens(
    classifier: Classifier, plain: ModuleType, chunks: list[str]
) -> None:
    table = classifier.model.table
    one, other = (reader.read("x " + " ".join(chunks), None) for reader in (kernel.Reader(table), plain.Reader(table)))
    assert tokens_of(one) == tokens_of(other)


def test_what_is_forgotten_is_read_the_same_again(classifier: Classifier, plain: ModuleType) -> None:
    """The memory overflows again and again within texts, by plain words and by chunks of many tokens alike."""
    reader, slow = kernel.Reader(classifier.model.table), plain.Reader(classifier.model.table)
    chunks = iter(f"{i:b}".replace("0", "a").replace("1", "b") + mark for i in range(9000) for mark in ("", *"!?,;:."))
    odd = iter(f"{i}-'a'.-'b'-c.d.e.f.g.h.i.j.k-" for i in range(30_000))
    for i in range(120):
        text = "The army attacked " + " ".join([*itertools.islice(chunks, 500), *itertools.islice(odd, 250)])
        s = reader.read(text, None)
        if i % 20 == 0:
            other = slow.read(text, None)
            assert tokens_of(s) == tokens_of(other)
        reader.release(s)


def test_the_memory_of_words_is_bounded(models: Path) -> None:
    found = Classifier.load(models)
    rng = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for _ in range(300):
        found.predict(" ".join("".join(rng.choices(letters, k=8)) for _ in range(300)))
    assert len(found.model.table.reader.cache) <= kernel.CACHE_LIMIT


def test_long_words_are_not_remembered(models: Path) -> None:
    found = Classifier.load(models)
    found.predict("x" * 50_000 + " talks")
    assert max(map(len, found.model.table.reader.cache)) <= kernel.LONGEST_CACHED


def small_table() -> WordTable:
    words = {"give": Unit(1, 6), "up": Unit(1, 7), "US": Unit(3, 1), "fight": Unit(1, 8, valence=-1.5)}
    phrases = {("give", "up"): Unit(1, 9), ("give", "up", "hope"): Unit(1, 10)}
    return WordTable.build(words, phrases, ["<unknown>", "<actor>", "<number>", ",", ".", '"', "give", "up"])


@pytest.mark.parametrize("module", ["installed", "plain"])
@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("give", [6]),
        ("Give UP", [9]),
        ("give up hope", [10]),
        ("give up hop", [9, 0]),
        ("give hope", [6, 0]),
        ("gives up", [6, 7]),
        ("US us", [1, 0]),
        ("fights 3 , . ! \" '", [8, 2, 3, 4, 4, 5, 5]),
        ("hope", [0]),
    ],
)
def test_the_longest_phrase_is_one_unit(plain: ModuleType, module: str, text: str, stems: list[int]) -> None:
    reader = (plain if module == "plain" else kernel).Reader(small_table())
    s = reader.read(text, None)
    assert [Unit.from_code(s.codes[i]).stem for i in range(s.n_units)] == stems


@given(st.builds(Unit, kind=st.integers(0, 7), stem=st.integers(0, 2**22 - 1), verb=st.integers(0, 31),
                 noun=st.integers(0, 31), form=st.integers(0, 7), obj=st.integers(0, 31),
                 function=st.integers(0, 2**18 - 1), valence=st.just(0.0)))  # fmt: skip
def test_a_unit_is_its_code(unit: Unit) -> None:
    assert Unit.from_code(unit.code) == unit
    assert 0 <= unit.code < 1 << 61


def test_threads_share_a_reader(classifier: Classifier) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"Country {i} accused neighbour {i % 7} of {'attack' * (i % 3)} and withdrew" for i in range(400)]
    expected = [prediction.as_dict() for prediction in classifier.predict_many(texts)]
    with ThreadPoolExecutor(8) as pool:
        assert [each.as_dict() for each in pool.map(classifier.predict, texts)] == expected


def test_time_is_linear_in_the_text(classifier: Classifier) -> None:
    import time

    def seconds(text: str, target: str | None) -> float:
        started = time.process_time()
        classifier.predict(text, target)
        return time.process_time() - started

    for unit, target in (("The army attacked. ", "army"), ("-", None), ("a", "aaaa"), ("NATO ", "NATO"), ("' ", None)):
        short, long = unit * (10_000 // len(unit)), unit * (100_000 // len(unit))
        small = min(seconds(short, target) for _ in range(3))
        assert min(seconds(long, target) for _ in range(3)) < 40 * small + 0.02


def test_predictions_are_as_their_own_init_makes_them(classifier: Classifier, plain: ModuleType) -> None:
    import copy
    import dataclasses
    import pickle

    found = classifier.predict("NATO resumed talks.", "NATO")
    names = tuple(field.name for field in dataclasses.fields(found))
    values = tuple(getattr(found, name) for name in names)
    plainly = plain.frozen(type(found), names, values)
    for other in (type(found)(*values), plainly, copy.copy(found), pickle.loads(pickle.dumps(found))):
        assert (found, found.as_dict(), found.as_row()) == (other, other.as_dict(), other.as_row())
    for each in (found, found.escalation, plainly):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(each, dataclasses.fields(each)[0].name, None)


@given(SENTENCES | ANY_TEXT)
@settings(deadline=None)
def test_the_label_of_a_head_is_its_most_probable_one(classifier: Classifier, text: str) -> None:
    found = classifier.predict(text)
    for head in (found.escalation, found.tone, found.act):
        assert head.label == max(head.probabilities, key=head.probabilities.__getitem__)


def test_the_compiled_model_is_the_pipeline(classifier: Classifier) -> None:
    import joblib

    pipeline = joblib.load(classifier.model.path / "pipeline.joblib")
    assert isinstance(pipeline, DetentePipeline)
    found: Scorer = compile_scorer(pipeline)
    assert np.array_equal(np.sort(found.vocabulary), pipeline.vectorizer.vocabulary_)
    assert np.array_equal(found.vocabulary, classifier.model.scorer.vocabulary)


WHOLE = st.text(alphabet="ab _-.A", max_size=30)


@given(WHOLE, st.text(alphabet="ab _-.A", min_size=1, max_size=4))
def test_mentions_are_those_of_the_expression(text: str, target: str) -> None:
    import re

    plain = re.escape(target.strip())
    if plain:
        whole = [m.span() for m in re.finditer(rf"(?<!\w){plain}(?!\w)", text, re.IGNORECASE)]
        assert mentions_of(text, target) == (whole or [m.span() for m in re.finditer(plain, text, re.IGNORECASE)])


def test_every_development_text_is_read_the_same(classifier: Classifier, slow: Classifier, dev: Path) -> None:
    for name in ("plv", "unscon", "nyt", "newsmtsc"):
        for line in (dev / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert same_features(classifier, slow, row["text"], row.get("target"))


def test_bases_of_a_word_are_tried_in_order() -> None:
    assert list(bases("stopped")) == ["stoppe", "stopp", "stop"]


def test_ids_and_targets_are_kept(classifier: Classifier) -> None:
    (found,) = classifier.predict_many([Statement("NATO resumed talks.", "NATO", 7)])
    assert (found.id, found.stance and found.stance.target) == (7, "NATO")
