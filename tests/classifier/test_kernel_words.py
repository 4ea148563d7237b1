"""The kernel reads the words of a text as its tokens are, by both of its kinds, and remembers so many at most."""

import itertools
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wording import ANY_TEXT, SENTENCES

from classifier import Classifier, kernel
from classifier.text import tokenize
from classifier.units import Unit
from classifier.words import WordTable


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


WORDS = st.from_regex(r"[A-Za-z]{0,4}(-?[a-zA-Z]{1,6}){1,3}|[A-Za-z]|[A-Z]{2,5}|[A-Za-z][0-9a-z-]{1,4}", fullmatch=True)
NUMBERS = st.from_regex(r"[0-9]{1,3}([.,:/][0-9]{0,3}){0,2}(st|nd|rd|th|TH|sd|s|S|%|k)?", fullmatch=True)
ODD_CHUNKS = st.builds(
    "{}{}{}{}".format,
    st.text("(\"“”'‘’[.$@#¿", max_size=4),
    WORDS | NUMBERS | st.sampled_from(["long-standing", "Talks", "TALKS", "LaTeX", "ll", "re-elect", "don't", "The"]),
    st.sampled_from(["", "'s", "’s", "'", "-", "s", "ing"]),
    st.text(",.;:!?)\"”“(…-'’", max_size=5) | st.sampled_from(["...", "....", '..."', ".”..", "--"]),
)


@given(st.lists(ODD_CHUNKS, min_size=1, max_size=8))
@settings(deadline=None)
def test_words_among_marks_are_read_as_their_tokens(
    classifier: Classifier, plain: ModuleType, chunks: list[str]
) -> None:
    table = classifier.model.table
    one, other = (reader.read("x " + " ".join(chunks), None) for reader in (kernel.Reader(table), plain.Reader(table)))
    assert tokens_of(one) == tokens_of(other)


BEFORE = ["", "'", "‘", "''", "'\"", "$", "@", "(#", '"$', "'$", "%"]
LETTERS = "s ll d D re-elect s-bahn s3 Talks TALKS LaTeX eBay U I a the DE don't ACCUSED-s x--y -x x_y U.S é"
FIGURES = "5 05 1,500 1.5.2 1,,5 5-5 5-year 10:30 24/7 1990s 90S 1.5s 1st 2nd 1.2th 1.2sd 1.5d 3RD 5% 5%s 5k 5é P5+1"
MIXED = "F-16s COVID-19 G7"
AFTER = ["", "'", "’", "'s", "’s", "'S", ".", ",'", "''.", "..", "%", "s", "-", ".'s"]


@pytest.mark.parametrize("before", BEFORE)
def test_numbers_capitals_and_apostrophes_are_read_as_their_tokens(
    classifier: Classifier, plain: ModuleType, before: str
) -> None:
    table = classifier.model.table
    for word in f"{LETTERS} {FIGURES} {MIXED}".split():
        text = " ".join(["x", *(before + word + after for after in AFTER), "x"])
        one, other = (reader.read(text, None) for reader in (kernel.Reader(table), plain.Reader(table)))
        assert tokens_of(one) == tokens_of(other), text


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
