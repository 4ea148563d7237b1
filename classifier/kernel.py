# cython: language_level=3, annotation_typing=False, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, embedsignature=True
"""The kernel: text -> words -> units -> scope -> features -> scores, in one pass over integers.

One source, two speeds.  This file runs as plain Python, and where a C compiler is found Cython compiles it with the
types of ``kernel.pxd``; :data:`COMPILED` says which one runs.  Everything that is read or computed of a text is here
once: training, scoring and explaining use the same pass.

1. :meth:`Reader.words` splits a text at white space and looks every chunk up in a bounded cache of what its tokens are;
   a new chunk is tokenised by :mod:`classifier.text` and its words are looked up in the word table.
2. ``_join`` makes units of tokens: phrases become one, runs of names too.
3. ``_scope`` is the automaton of :mod:`classifier.scope`.
4. ``_words`` to ``_target_feeling`` write the features of :mod:`classifier.features`.
5. :class:`Weigher` finds features in the model and sums the weights of all heads; in plain Python
   :class:`classifier.arrays.Single` does, by units instead of the features of words.

Working memory is a :class:`Scratch`: arrays that are reused from text to text and belong to one text at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import make_dataclass
from functools import lru_cache, partial
from importlib import import_module
from itertools import accumulate, chain, compress
from secrets import randbits
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier import features as _f
from classifier import scope as _s
from classifier import sentiment as _v
from classifier import units as _u
from classifier.lexicon import FORMS, OPERATORS
from classifier.slots import HASH_BITS, MULTIPLIER, ROW_BITS
from classifier.stem import bases
from classifier.targets import mentions_of, places_of
from classifier.text import body_start, normalise, texts_of_tokens, tokenize

try:
    import cython  # type: ignore[import-not-found, import-untyped, unused-ignore]
except ImportError:
    from classifier import plain as cython

if not cython.compiled:
    from math import exp, sqrt

if TYPE_CHECKING:
    from classifier.words import WordTable

# the compiled kernel needs none of it, and starts without it
_arrays: Any = None if cython.compiled else import_module("classifier.arrays")

COMPILED: Final[bool] = cython.compiled
"""Whether the compiled kernel runs."""
CACHE_LIMIT: Final = 1 << 16
"""Most chunks and words that a reader remembers; over it, it forgets all and begins again."""
LONGEST_CACHED: Final = 48
"""Longest chunk that is remembered, in characters."""
LARGEST_KEPT: Final = 1 << 13
"""Largest working memory that is kept for the next text, in tokens."""
INFLECTIONS: Final = ("s", "ed", "ing", "er", "est")
"""How a word ends that may be an inflection (:func:`classifier.stem.bases`)."""
MARKS: Final = ",.;:!?)(\"'"
"""Marks of which each is a token, but for full stops in a row, and an apostrophe before what may be a clitic; those
that may open a chunk come last."""
SILENT: Final = "$@#"
"""Characters before a word or number that are no token."""
MOST_MARKS: Final = 3
"""So many marks at most stand on a side of a chunk that the compiled kernel reads without its tokens."""
SHOUTED: Final = 12
"""A text of more characters than this, all in capitals, is read in lower case."""
WIDTH: Final = 32
"""Columns of the weights: one for each label of each head, then the square of the inverse document frequency."""
Found = tuple[str, dict[str, float]]
"""What is found by a head: its most probable label, and the probability of every label."""
Scored = tuple[list[Found], float, int, int]
"""What is found by each head, how probable it is that the model knows such texts, and how many words are known and are
not."""
_Kind = TypeVar("_Kind")
_new = object.__new__
_thawed: Final[dict[type, type]] = {}
"""Frozen dataclasses -> others that are not, with the same fields in slots; for plain Python."""

_UNKNOWN, _WORD, _NAME, _COMMA, _STOP, _END = _u.UNKNOWN, _u.WORD, _u.NAME, _u.COMMA, _u.STOP, _u.END
_KIND, _CLASS, _FUNCTIONS = _u.KIND_BITS, _u.CLASS_BITS, _u.FUNCTION_BITS
_FORM, _VERB, _NOUN = _u.FORM_SHIFT, _u.VERB_SHIFT, _u.NOUN_SHIFT
_OBJECT, _FUNCTION, _STEM = _u.OBJECT_SHIFT, _u.FUNCTION_SHIFT, _u.STEM_SHIFT

_NEGATION, _POSSIBLE, _CONDITION = _u.BIT["negation"], _u.BIT["possible"], _u.BIT["condition"]
_FUTURE, _PASSIVE, _BOUNDARY, _JOIN = _u.BIT["future"], _u.BIT["passive"], _u.BIT["boundary"], _u.BIT["join"]
_BACKGROUND, _RELATIVE, _TO = _u.BIT["background"], _u.BIT["relative"], _u.BIT["to"]
_DETERMINER, _INTENSIFY, _WEAKEN = _u.BIT["determiner"], _u.BIT["intensify"], _u.BIT["weaken"]

_SAY, _FAIL = OPERATORS.index("say"), OPERATORS.index("fail")
_BASE, _THIRD, _PAST = FORMS.index("base"), FORMS.index("third"), FORMS.index("past")
_PARTICIPLE, _ING, _FIXED = FORMS.index("participle"), FORMS.index("ing"), FORMS.index("fixed")

_IN_MAIN, _IN_BACKGROUND, _IN_RELATIVE = _s.MAIN, _s.BACKGROUND, _s.RELATIVE
_IS_PLAIN, _IS_FUTURE, _IS_POSSIBLE, _IS_CONDITIONAL = _s.PLAIN, _s.FUTURE, _s.POSSIBLE, _s.CONDITIONAL
_AS_VERB, _AS_NOUN, _AS_ADJECTIVE = _s.VERB, _s.NOUN, _s.ADJECTIVE

_NEGATED, _INTENSIFIED, _WEAKENED = _v.NEGATED, _v.INTENSIFIED, _v.WEAKENED
_REACH, _BOUND, _LARGEST = _v.NEGATION_REACH, _v.BOUND, _v.LARGEST

_FAMILY, _MARK, _A, _ONE = _f.FAMILY_SHIFT, _f.MARK_SHIFT, _f.A_SHIFT, _f.pack(0, 1)
_PLAIN, _SCOPED, _BIGRAM, _TARGET = (_f.pack(family, 0) for family in (_f.PLAIN, _f.SCOPED, _f.BIGRAM, _f.TARGET))
_ASIDE_BIGRAM = _f.pack(_f.BIGRAM, 1)
_EACH_ACT, _NEXT_ACT, _GOVERNED_ACT, _NO_ACT = _f.EACH_ACT, _f.NEXT_ACT, _f.GOVERNED_ACT, _f.NO_ACT
_FIRST_ACT, _LAST_ACT, _FIRST_ACTS = _f.FIRST_ACT, _f.LAST_ACT, _f.FIRST_ACTS
_MAIN_VERB, _MAIN_STEM, _MAIN_VERBS = _f.MAIN_VERB, _f.MAIN_STEM, _f.MAIN_VERBS
_OBJECT_OF_ACT, _OBJECT_OF_STEM, _OBJECT_OF_VERB = _f.OBJECT_OF_ACT, _f.OBJECT_OF_STEM, _f.OBJECT_OF_VERB
_OUTSIDE_MAIN = _f.OUTSIDE_MAIN
_SUMMARIES, _OWN = len(_v.SUMMARY_NAMES), len(_f.OWN_KEYS)
_OBJECT_REACH, _NEIGHBOURS, _SURROUNDINGS = _f.OBJECT_REACH, _f.NEIGHBOURS, _f.SURROUNDINGS
_TARGET_WEIGHT, _BLOCKS = _f.TARGET_SENTIMENT_WEIGHT, _f.BLOCKS
_ALL_CRC, _HASH, _NAME_CODE, _NUMBER_CODE = 0xFFFFFFFF, HASH_BITS, _u.NAME_CODE, _u.NUMBER_CODE
_MULTIPLIER, _ALL, _ROW, _WIDTH, _OUTPUTS = MULTIPLIER, 0xFFFFFFFFFFFFFFFF, ROW_BITS, WIDTH, WIDTH - 1
_MEMORY_LAST, _MEMORY_SHIFT = 2 * CACHE_LIMIT - 1, 64 - CACHE_LIMIT.bit_length()
_LIMIT, _LONGEST, _KEPT, _SHOUTED, _MOST_MARKS = CACHE_LIMIT, LONGEST_CACHED, LARGEST_KEPT, SHOUTED, MOST_MARKS
_SPACE, _SMALL, _BIG, _DIGIT, _ASCII, _CHARACTERS, _LOW = 1, 2, 4, 8, 128, 256, 0xFFFFFFFF
_CAPITAL, _ARTICLE, _PARTICLE, _PERSON = _u.CAPITAL, _u.ARTICLE, _u.PARTICLE, _u.PERSON
_NAMING = _CAPITAL | _PARTICLE
_HYPHEN, _UPPER, _LOWER, _GRAIN = _u.HYPHEN, _u.UPPER, _u.LOWER, _v.GRAIN
_APOSTROPHE, _CURLY, _CURLY_OPENING = ord("'"), ord("’"), ord("‘")
_FULL_STOP, _DASH, _QUOTE, _OPENING, _CLOSING = ord("."), ord("-"), ord('"'), ord("“"), ord("”")
_D, _E, _G, _H, _I, _N, _R, _S, _T, _Y = b"deghinrsty"
_COLON, _COMMA_SIGN, _PERCENT, _SLASH = b":,%/"
_SILENT, _NO_MARK, _FIRST_OPENING, _LONGEST_CLITIC = -2, -1, MARKS.index("("), 2
_BUSY = _CLASS << _VERB | _CLASS << _NOUN | _FUNCTIONS << _FUNCTION
_ZONE, _WITHIN, _ASIDE, _DENIED = _s.ZONE_BITS, _s.ZONE_WIDTH, _s.ASIDE, _s.NEGATED
_GOVERNOR, _GOVERNED = _s.GOVERNOR_SHIFT, _s.GOVERNOR_BITS
# what the automaton looks at, of kinds those from COMMA on; other function words count beside an operator
_ACTIVE = (
    (_NEGATION | _CONDITION | _POSSIBLE | _FUTURE | _PASSIVE | _BACKGROUND | _RELATIVE | _BOUNDARY | _JOIN) << _FUNCTION
    | _CLASS << _VERB
    | _CLASS << _NOUN
    | _COMMA
)
# the bit of a unit's kind that says that the automaton looks at it; all marks have it
_ACTS, _AT_COMMA = 8, 8 | _COMMA
_ATTRIBUTIVE = _u.BIT["speaker"] | _u.BIT["time"] | _u.BIT["determiner"]
_ATTRIBUTION_REACH, _NUMBER = _s.ATTRIBUTION_REACH, _u.NUMBER


def _has_small(text: str) -> bool:
    """Whether a word has a letter that is not a capital; the first kind of text is the common one."""
    return text.islower() or any(c.islower() or (c.istitle() and not c.isupper()) for c in text)


def _look_of(text: str) -> int:
    look = 0
    if text in _s.PARTICLES:
        look |= _PARTICLE
    if text in _s.ARTICLES:
        look |= _ARTICLE
    if text.isascii() and text.islower():
        return look | _LOWER
    if text[:1].isupper():
        look |= _CAPITAL
    if text == "-":
        look |= _HYPHEN
    return look | (_UPPER if text.isupper() else _LOWER if _has_small(text) else 0)


class Word:
    """A token as it is remembered: its unit, and its part in phrases."""

    __slots__ = ("code", "look", "number", "opening", "parts", "text", "valence")

    def __init__(self, text: str, code: int, valence: float, number: int, opening: int, person: bool) -> None:
        self.text: str = text
        self.code = code
        self.valence = valence
        self.number = number
        """Number of the word within phrases, 0 for a word of none."""
        self.opening = opening
        """The node of the phrase tree that the word opens, 0 for none."""
        self.look = len(text) << 8 | _look_of(text) | (_PERSON if person else 0)
        """What it may do in a name, whether it is a hyphen that stands alone, and its case; above these its length."""
        # most words have one 0.0 in common, which stays in the processor's caches
        self.parts = code, valence or 0.0, self.look, opening, _kind_of(code)
        """What plain Python reads of it at once."""


def _integers(n: int) -> list[int]:
    """Return room for ``n`` integers: a list in plain Python, an array for the compiled kernel."""
    return np.zeros(n, np.int64) if cython.compiled else [0] * n  # type: ignore[return-value]


def _numbers(n: int) -> list[float]:
    return np.zeros(n, np.float64) if cython.compiled else [0.0] * n  # type: ignore[return-value]


def _view(array: object) -> Any:
    """Return a view of an array whose items are Python's own numbers."""
    return memoryview(array)  # type: ignore[arg-type]


def _crc_table() -> NDArray[np.uint64]:
    """Return the table of CRC-32, by which :func:`zlib.crc32` can be continued letter by letter."""
    found = np.zeros(256, np.uint64)
    for i in range(256):
        found[i ^ 255] = crc32(bytes([i])) ^ 0xFF000000
    return found


def _character_kinds() -> NDArray[np.uint8]:
    """Return for each character under 256 whether it is white space, an ASCII letter of which case, or a digit."""
    found = np.zeros(_CHARACTERS, np.uint8)
    for i in range(_CHARACTERS):
        c = chr(i)
        if c.isspace():
            found[i] = _SPACE
        elif c.isascii():
            found[i] = _SMALL if c.islower() else _BIG if c.isupper() else _DIGIT if c.isdigit() else 0
    return found


class Scratch:
    """The working memory of one text of up to ``size`` characters, and so as many tokens."""

    # plain Python would keep so many in a dictionary, which takes longer
    __slots__ = (
        *("size", "n_chunks", "characters", "hashes", "chunk_places", "chunk_firsts", "chunk_ends", "word"),
        *("n_tokens", "words", "token_codes", "token_values", "numbers", "openings", "looks"),
        *("start", "stop", "n_units", "n_known", "n_unknown", "codes", "kinds", "values", "persons", "firsts"),
        *("contexts", "n_clauses", "clauses", "n_asides", "n_negations", "n_said", "n_felt", "felt_places", "felt"),
        *("n_events", "places", "classes", "roles", "states", "passives"),
        *("n_keys", "n_acts", "keys", "key_firsts", "key_lasts", "n_own", "own"),
        *("found", "rows", "blocks", "block_ends", "lengths", "seen", "sums"),
    )

    def __init__(self, size: int) -> None:
        self.size = size
        # characters and chunks, for the compiled kernel
        room = size + 1 if cython.compiled else 0
        self.n_chunks = 0
        self.characters = np.zeros(room, np.uint32)
        self.hashes = np.zeros(room // 2 + 1, np.uint64)
        self.chunk_places = np.zeros(room // 2 + 1, np.uint64)
        self.chunk_firsts = np.zeros(room // 2 + 1, np.int64)
        self.chunk_ends = np.zeros(room // 2 + 1, np.int64)
        self.word = np.zeros(LONGEST_CACHED + 2, np.uint8)
        # tokens; in plain Python their words
        self.n_tokens = 0
        self.words: list[Word] = []
        room = size if cython.compiled else 0
        self.token_codes = _integers(room)
        self.token_values = _numbers(room)
        self.numbers = _integers(room)
        self.openings = _integers(room)
        self.looks = _integers(room)
        # units
        self.start = self.stop = 0
        self.n_units = self.n_known = self.n_unknown = 0
        self.codes = _integers(size + 1)
        self.kinds = _integers(size + 1)
        self.values = _numbers(size)
        self.persons = _integers(size)
        self.firsts = _integers(size + 1)
        self.contexts = _integers(size)
        # where clauses begin, but for the first one
        self.n_clauses = 0
        self.clauses = _integers(size)
        self.n_asides = self.n_negations = self.n_said = 0
        # units that are felt
        self.n_felt = 0
        self.felt_places = _integers(size)
        self.felt = _numbers(size)
        # events
        self.n_events = 0
        self.places = _integers(size)
        self.classes = _integers(size)
        self.roles = _integers(size)
        self.states = _integers(size)
        self.passives = _integers(size)
        # features; those from `n_acts` on are of the target
        self.n_keys = self.n_acts = 0
        self.keys = _integers(10 * size + 64)
        self.key_firsts = _integers(10 * size + 64)
        self.key_lasts = _integers(10 * size + 64)
        # values of the first of OWN_KEYS
        self.n_own = 0
        self.own = _numbers(_OWN)
        # rows of features, each once, as they are found and then block after block
        self.found = _integers(10 * size + 64)
        self.rows = _integers(10 * size + 64)
        self.blocks = _integers(10 * size + 64)
        self.block_ends = _integers(_BLOCKS)
        self.lengths = _numbers(_BLOCKS)
        self.seen = _integers(1 << (20 * size + 128).bit_length())
        self.sums = _numbers(WIDTH)


class _Chunks(dict[str, tuple[Word, ...]]):
    """Chunks of text -> the words of each; what is not there is learned.  Over the limit it forgets all."""

    def __init__(self, learn: Callable[[str], tuple[Word, ...]]) -> None:
        super().__init__()
        self.learn = learn

    def __missing__(self, chunk: str) -> tuple[Word, ...]:
        entry = self.learn(chunk)
        self.keep(chunk, entry)
        return entry

    def keep(self, chunk: str, entry: tuple[Word, ...]) -> None:
        """Remember the words of a chunk, unless it is too long."""
        if len(chunk) <= _LONGEST:
            if len(self) >= _LIMIT:
                self.clear()
            self[chunk] = entry


class Reader:
    """Reads texts by a word table; safe to share between threads."""

    def __init__(self, table: "WordTable") -> None:
        self.cache = _Chunks(self.learn)
        self.stepped: dict[int, int] = {}
        self.free: list[Scratch] = []
        self.blocks: Any = None if cython.compiled else _arrays.Blocks(table, self.learn, CACHE_LIMIT)
        # the memory of :meth:`_scan`: (hash, first record and number of records) of each chunk; a token's record is its
        # code, its number in phrases beside what it opens, its length beside its look, and (a double) its valence
        self.seed = randbits(64)
        self.n_chunks = self.n_records = 0
        room = CACHE_LIMIT if cython.compiled else 0
        records = np.zeros(8 * room, np.int64)
        self.memory = np.zeros(4 * room, np.uint64)
        self.records = records
        self.values = records.view(np.float64)
        self.kinds: Sequence[int] = _view(_character_kinds())
        self.crcs: Sequence[int] = _view(_crc_table())
        special = _s.ARTICLES | _s.PARTICLES
        self.longest_special = max(map(len, special))
        self.special: Sequence[int] = _view(np.array([crc32(word.lower().encode()) for word in special], np.uint64))
        self.letter_codes: Sequence[int] = _view(table.letters)
        self.letters: memoryview[int] = _view(table.letters)
        self.ends: Sequence[int] = _view(table.ends)
        self.codes: Sequence[int] = _view(table.codes)
        self.valences: Sequence[float] = _view(table.valences)
        self.word_slots: Sequence[int] = _view(table.word_slots)
        self.openings: Sequence[int] = _view(table.openings)
        self.n_openings = len(table.openings)
        self.steps: Sequence[int] = _view(table.steps.reshape(-1))
        self.step_shift = 65 - len(table.steps).bit_length()
        self.phrase_codes: Sequence[int] = _view(table.phrase_codes)
        self.phrase_values: Sequence[float] = _view(table.phrase_valences)
        self.mark_words: list[Word] = [self._entry(mark)[0] for mark in MARKS]
        self.clitic = self._entry("'s")[0]
        self.marks = np.full(_ASCII, _NO_MARK, np.int64)
        for i in range(len(MARKS)):
            self.marks[ord(MARKS[i])] = i
        for mark in SILENT:
            self.marks[ord(mark)] = _SILENT

    def words(self, text: str) -> list[Word]:
        """Return the words of a text's tokens."""
        start = _start(text)
        if start:
            text = text[start:]
        found: list[Word] = [*chain.from_iterable(map(self.cache.__getitem__, text.split()))]
        n = len(found)
        if n:
            word = found[0]
            last = found[n - 1]
            if (word.look | last.look) & _HYPHEN:
                found = _within(found, text)
            if _is_shouted(found):
                found = [self._entry(word.text.lower())[0] for word in found]
        return found

    def learn(self, chunk: str) -> tuple[Word, ...]:
        """Return the words of a chunk without white space."""
        if chunk.isascii():
            if chunk.isalpha():
                return self._entry(chunk)
            end = len(chunk) - 1
            if chunk[end] in MARKS and chunk[:end].isalpha():
                return self._entry(chunk[:end]) + self._entry(chunk[end:])
        return tuple([self._entry(token)[0] for token in texts_of_tokens(chunk)])

    def _entry(self, text: str) -> tuple[Word, ...]:
        """Return the word of a token, alone in a tuple."""
        entry = self.cache.get(text)
        if entry is None:
            lowered = text.lower()
            row = low = self.find(text)
            if lowered != text:
                low = self.find(lowered)
            number = low + 1 if 0 <= low < self.n_openings else 0
            code, valence, person = self._unit(text, lowered, row, low)
            word = Word(text, code, valence, number, self.openings[number - 1] if number else 0, person)
            entry = (word,)
            self.cache.keep(text, entry)
        return entry

    def _unit(self, text: str, lowered: str, row: int, low: int) -> tuple[int, float, bool]:
        """Return a token's code, its valence and whether it is an unlisted name.

        It counts as written, in lower case, as mark or number, as an inflection, and else as a name.
        """
        for place in (row, low):
            if place >= 0 and self.codes[place]:
                return self.codes[place], self.valences[place], False
        if not text.isascii() or not text.isalpha():
            unit = _u.unlisted(text)
            if unit is not None:
                return unit.code, unit.valence, False
        if lowered.endswith(INFLECTIONS):
            for base in bases(lowered):
                place = self.find(base)
                if place >= 0 and self.codes[place]:
                    return self.codes[place], self.valences[place], False
        return (_u.NAME_CODE, 0.0, True) if text != lowered else (0, 0.0, False)

    def find(self, text: str) -> int:
        """Return a word's place in the table, -1 where it has none."""
        encoded = text.encode()
        number = crc32(encoded) & HASH_BITS
        slots = self.word_slots
        last = len(slots) - 1
        place = number & last
        entry = slots[place]
        while entry:
            if entry >> _ROW == number:
                row = (entry & 0xFFFFFFFF) - 1
                if self.letters[self.ends[row] : self.ends[row + 1]] == encoded:
                    return row
            place = place + 1 & last
            entry = slots[place]
        return -1

    def read(self, text: str, target: str | None, worded: bool = True) -> Scratch:
        """Read a text into working memory, which :meth:`release` takes back.

        Unless ``worded``, the features of words are left out, and what is felt is summed for a target only.
        """
        if type(text) is not str:
            text = str(text)
        s = self._scan(text) if cython.compiled else None
        if s is None:
            words = self.words(text)
            s = self._take(len(words))
            _fill(s, words)
        _join(self, s, s.n_tokens)
        s.n_keys = s.n_own = s.n_events = s.n_felt = s.start = s.stop = s.n_acts = 0
        _count(s)
        if s.n_units:
            _scope(s)
            _spoken(s)
            _feel(s)
            if worded:
                _words(s)
            _operators(s)
            _objects(s)
            if worded or target is not None:
                _feeling(s)
            s.n_acts = s.n_keys
            if target is not None:
                places = self._places(text, target, s)
                if places:
                    _target(s, places)
        return s

    def _scan(self, text: str) -> Scratch | None:
        """Read the tokens of a text as :meth:`words` does, without making strings of them; for the compiled kernel.

        Chunks are known by a hash of 64 bits with a secret seed: two that are different are taken for one another with
        a chance under 1e-14 for each of them.  Returns None where :meth:`words` must look closer.
        """
        s = self._take(len(text))
        self._split(s, text)
        s.n_tokens = 0
        for c in range(s.n_chunks):
            number, place = s.hashes[c], s.chunk_places[c]
            if self.memory[2 * place] != number:
                place = self._learn_word(s, s.chunk_firsts[c], s.chunk_ends[c], number)
            if self.memory[2 * place] == number:
                self._recall(s, self.memory[2 * place + 1])
            else:
                for word in self._store(text[s.chunk_firsts[c] : s.chunk_ends[c]], number):
                    _put(s, word)
        n = s.n_tokens
        if n and ((s.looks[0] | s.looks[n - 1]) & _HYPHEN or _shouts(s)):
            self.release(s)
            return None
        return s

    def _split(self, s: Scratch, text: str) -> None:
        """Find the chunks of a text, their hashes, and where each one stands in the memory or would stand.

        The memory is larger than the caches of a processor: what is named ahead for all chunks is fetched at once.
        """
        n, end = 0, len(text)
        characters, kinds = cython.address(s.characters[0]), cython.address(self.kinds[0])
        memory, records = cython.address(self.memory[0]), cython.address(self.records[0])
        PyUnicode_AsUCS4(text, characters, end + 1, 1)  # type: ignore[name-defined]  # noqa: F821
        i = _start(text)
        while True:
            while i < end and _is_space(kinds, characters[i]):
                i += 1
            if i == end:
                break
            first, number = i, self.seed
            while i < end and not _is_space(kinds, characters[i]):
                number = (number ^ characters[i]) * _MULTIPLIER
                i += 1
            number ^= number >> 29
            kernel_prefetch(memory + 2 * ((number * _MULTIPLIER) >> _MEMORY_SHIFT))  # type: ignore[name-defined]  # noqa: F821
            s.chunk_firsts[n], s.chunk_ends[n], s.hashes[n] = first, i, number
            n += 1
        s.n_chunks = n
        for c in range(n):
            place = self._place(s.hashes[c])
            s.chunk_places[c] = place
            kernel_prefetch(records + 4 * (memory[2 * place + 1] >> 8))  # type: ignore[name-defined]  # noqa: F821

    def _place(self, number: int) -> int:
        """Return the place of a chunk in the memory, or the free one where it would stand."""
        place = (number * _MULTIPLIER) >> _MEMORY_SHIFT
        while self.memory[2 * place] and self.memory[2 * place] != number:
            place = place + 1 & _MEMORY_LAST
        return place

    def _recall(self, s: Scratch, record: int) -> None:
        """Write the tokens of a remembered chunk."""
        n = s.n_tokens
        for j in range(record >> 8, (record >> 8) + (record & 255)):
            s.token_codes[n] = self.records[4 * j]
            s.numbers[n] = self.records[4 * j + 1] >> _ROW
            s.openings[n] = self.records[4 * j + 1] & _LOW
            s.looks[n] = self.records[4 * j + 2]
            s.token_values[n] = self.values[4 * j + 3]
            n += 1
        s.n_tokens = n

    def _learn_word(self, s: Scratch, first: int, end: int, number: int) -> int:
        """Keep a chunk under its number, as :meth:`_store` would; return its place, or a free one where it is not kept.

        Most new chunks are: a word or a number in ASCII, perhaps "'s" behind it, and some marks on both sides.
        """
        place = self._room(number, 2 * _MOST_MARKS + 2)
        if self.memory[2 * place] == number:
            return place
        kinds, word, start, stop = cython.address(self.kinds[0]), cython.address(s.word[0]), first, end
        while stop - start > 1 and start - first < _MOST_MARKS and self._opens(s.characters[start]):
            start += 1
        while stop - start > 1 and end - stop < _MOST_MARKS and self._mark(s.characters[stop - 1]) >= 0:
            if stop < end and s.characters[stop - 1] == _FULL_STOP and s.characters[stop] == _FULL_STOP:
                break
            stop -= 1
        size = stop - start
        owner = size > 2 and s.characters[stop - 1] == _S and _is_apostrophe(s.characters[stop - 2])
        if owner:
            size -= 2
        seen = _copy(s, kinds, start, size)
        if not seen:
            return place
        figure = kinds[word[0]] == _DIGIT
        if not (_is_number(kinds, word, size) if figure else _is_word(kinds, word, size)):
            return place
        if start > first and _is_apostrophe(s.characters[start - 1]) and not _opens_with_letters(kinds, word, size):
            return place
        cased, row = (seen & _BIG) != 0, -1
        look = (_LOWER if seen & _SMALL else _UPPER if cased else 0) | (_CAPITAL if kinds[word[0]] == _BIG else 0)
        if cased:
            row = self._find_letters(word, size)
            _lower(kinds, word, size)
        if size <= self.longest_special and self._is_special(_crc(self.crcs, word, size)):
            return place
        low = self._find_letters(word, size)
        found = row if row >= 0 and self.codes[row] else low
        code, valence = _NUMBER_CODE if figure else _NAME_CODE if cased else 0, 0.0
        if found < 0 or not self.codes[found]:
            found = -1 if figure or size < 2 else self._find_base(word, size)
        if found >= 0:
            code, valence = self.codes[found], self.valences[found]
        elif cased:
            look |= _PERSON
        j = self.n_records
        for i in range(first, start):
            mark = self._mark(s.characters[i])
            if mark != _SILENT:
                self._record(j, self.mark_words[mark])
                j += 1
        self.records[4 * j] = code
        self.records[4 * j + 1] = (low + 1) << _ROW | self.openings[low] if 0 <= low < self.n_openings else 0
        self.records[4 * j + 2] = size << 8 | look
        self.values[4 * j + 3] = valence
        j += 1
        if owner:
            self._record(j, self.clitic)
            j += 1
        for i in range(stop, end):
            self._record(j, self.mark_words[self._mark(s.characters[i])])
            j += 1
        self._keep(place, number, j - self.n_records)
        return place

    def _mark(self, character: int) -> int:
        """Return a mark's place in :data:`MARKS`, -1 for other characters, -2 for those of :data:`SILENT`.

        Curly marks are as plain ones.
        """
        if character in (_OPENING, _CLOSING):
            character = _QUOTE
        elif _is_apostrophe(character):
            character = _APOSTROPHE
        return self.marks[character] if character < _ASCII else _NO_MARK

    def _opens(self, character: int) -> bool:
        """Whether a mark may open a chunk."""
        mark = self._mark(character)
        return mark >= _FIRST_OPENING or mark == _SILENT

    def _is_special(self, crc: int) -> bool:
        """Whether a word's CRC is that of an article or of a particle of names, in lower case."""
        i, n = 0, len(self.special)
        while i < n and self.special[i] != crc:
            i += 1
        return i < n

    def _find_letters(self, word: Any, size: int) -> int:
        """Return the place in the table of a word of ASCII letters, -1 where it has none; for the compiled kernel."""
        slots, number = self.word_slots, _crc(self.crcs, word, size) & _HASH
        last = len(slots) - 1
        place = number & last
        while slots[place]:
            row = (slots[place] & _LOW) - 1
            start = self.ends[row]
            if slots[place] >> _ROW == number and self.ends[row + 1] - start == size:
                i = 0
                while i < size and self.letter_codes[start + i] == word[i]:
                    i += 1
                if i == size:
                    return row
            place = place + 1 & last
        return -1

    def _find_base(self, word: Any, size: int) -> int:
        """Return the place of a word of which ``size`` small letters may be an inflection, -1 where there is none.

        These are the words of :func:`classifier.stem.bases`, in the same order.
        """
        row, last, before = -1, word[size - 1], word[size - 2]
        earlier = word[size - 3] if size > 2 else 0
        if before == _E and earlier == _I and last in (_S, _D):
            row = self._find_changed(word, size - 3, _Y)
        if row < 0 and last == _S and before != _S:
            row = self._find_changed(word, size - 1, 0)
            if row < 0 and before == _E:
                row = self._find_changed(word, size - 2, 0)
        rest = 0
        if before == _E and last in (_D, _R):
            rest = size - 2
        elif (earlier == _I and before == _N and last == _G) or (earlier == _E and before == _S and last == _T):
            rest = size - 3
        if row < 0 and rest >= 3:
            row = self._find_changed(word, rest, _E)
            if row < 0:
                row = self._find_changed(word, rest, 0)
            if row < 0 and word[rest - 1] == word[rest - 2]:
                row = self._find_changed(word, rest - 1, 0)
        return row

    def _find_changed(self, word: Any, size: int, letter: int) -> int:
        """Return the place of a known word: ``size`` letters and, unless it is 0, ``letter``; -1 for none."""
        kept = word[size]
        word[size] = letter
        row = self._find_letters(word, size + 1 if letter else size)
        word[size] = kept
        return row if row >= 0 and self.codes[row] else -1

    def _room(self, number: int, count: int) -> int:
        """Return a free place for a chunk of ``count`` words that is not remembered yet."""
        if self.n_chunks >= _LIMIT or self.n_records + count > 2 * _LIMIT:
            self.memory[:] = 0
            self.n_chunks = self.n_records = 0
        return self._place(number)

    def _store(self, chunk: str, number: int) -> tuple[Word, ...]:
        """Return the words of a chunk, and keep what :meth:`_scan` wants of them under the chunk's number."""
        words = self.learn(chunk)
        if len(chunk) > _LONGEST:
            return words
        place = self._room(number, len(words))
        if self.memory[2 * place] != number:
            j = self.n_records
            for word in words:
                self._record(j, word)
                j += 1
            self._keep(place, number, len(words))
        return words

    def _record(self, j: int, word: Word) -> None:
        self.records[4 * j] = word.code
        self.records[4 * j + 1] = word.number << _ROW | word.opening
        self.records[4 * j + 2] = word.look
        self.values[4 * j + 3] = word.valence

    def _keep(self, place: int, number: int, count: int) -> None:
        """Take the ``count`` records behind the last one for those of a chunk."""
        self.memory[2 * place] = number
        self.memory[2 * place + 1] = self.n_records << 8 | count
        self.n_records += count
        self.n_chunks += 1

    def _take(self, n: int) -> Scratch:
        try:
            s = self.free.pop()
        except IndexError:
            s = Scratch(max(n, 64))
        return s if s.size >= n else Scratch(2 * n)

    def release(self, s: Scratch) -> None:
        """Take back the working memory of a text."""
        if s.size <= _KEPT:
            self.free.append(s)

    def _places(self, text: str, target: str, s: Scratch) -> list[int]:
        """Return the places of the units that mention ``target``."""
        mentions = mentions_of(text, target)
        if not mentions:
            return []
        starts: list[int] = []
        ends: list[int] = []
        place = _start(text)
        for chunk in text[place:].split():
            place = text.find(chunk, place)
            if chunk.isascii() and chunk.isalpha():
                starts.append(place)
                ends.append(place + len(chunk))
            else:
                for token in tokenize(f" {chunk} "):
                    starts.append(place + token.start - 1)
                    ends.append(place + token.end - 1)
            place += len(chunk)
        if len(starts) != s.n_tokens:
            tokens = tokenize(text)
            starts, ends = [token.start for token in tokens], [token.end for token in tokens]
        firsts = [s.firsts[i] for i in range(s.n_units + 1)]
        return places_of(mentions, starts, ends, firsts[:-1], [first - 1 for first in firsts[1:]])


def _read(reader: Reader, text: str, target: str | None) -> Any:
    """Read the features of a text that :mod:`classifier.arrays` leaves out."""
    s = reader.read(text, target)
    found = _arrays.Read(s.keys[: s.n_keys], s.own[: s.n_own], s.n_known, s.n_unknown)
    reader.release(s)
    return found


def _start(text: str) -> int:
    """Return where a text begins behind its dateline."""
    if len(text) > 1 and "A" <= text[0] <= "Z" and not text[1].islower() and not text[1].isspace():
        return body_start(normalise(text))
    return 0


def _is_shouted(words: list[Word]) -> bool:
    """Whether words are all in capitals, and long enough for that to be no abbreviation."""
    looks = length = 0
    for word in words:
        looks |= word.look
        if looks & _LOWER:
            return False
        length += word.look >> 8
    return (looks & _UPPER) != 0 and length > _SHOUTED


def _shouts(s: Scratch) -> bool:
    """Say what :func:`_is_shouted` says, of tokens in working memory."""
    looks = length = 0
    for i in range(s.n_tokens):
        looks |= s.looks[i]
        if looks & _LOWER:
            return False
        length += s.looks[i] >> 8
    return (looks & _UPPER) != 0 and length > _SHOUTED


def _is_space(kinds: Any, character: int) -> bool:
    """Whether a character is white space; for the compiled kernel."""
    if character < _CHARACTERS:
        return bool(kinds[character] == _SPACE)
    return bool(Py_UNICODE_ISSPACE(character))  # type: ignore[name-defined]  # noqa: F821


def _is_apostrophe(character: int) -> bool:
    """Whether a character is a plain or a curly apostrophe; others are left to the tokenizer."""
    return character in (_APOSTROPHE, _CURLY, _CURLY_OPENING)


def _copy(s: Scratch, kinds: Any, first: int, size: int) -> int:
    """Copy ASCII characters as bytes; return the kinds that they are of, 0 where they are too many or others."""
    seen = 0
    if size > _LONGEST:
        return 0
    for i in range(size):
        character = s.characters[first + i]
        if character >= _ASCII:
            return 0
        s.word[i] = character
        seen |= kinds[character]
    return seen


def _is_word(kinds: Any, word: Any, size: int) -> bool:
    """Whether characters are one word to :mod:`classifier.text`, if the first one is no digit."""
    for i in range(size):
        if kinds[word[i]]:
            continue
        if word[i] != _DASH or i == 0 or i == size - 1 or word[i - 1] == _DASH:
            return False
    return True


def _is_number(kinds: Any, word: Any, size: int) -> bool:
    """Whether characters are one number to :mod:`classifier.text`, if the first one is a digit."""
    end, last = size, word[size - 1]
    if last in (_PERCENT, _S):
        end -= 1
    elif size > 2:
        before = word[size - 2]
        if (last == _T and before == _S) or (last == _D and before in (_N, _R)) or (last == _H and before == _T):
            end -= 2
    for i in range(end):
        if kinds[word[i]] == _DIGIT:
            continue
        if word[i] not in (_FULL_STOP, _COMMA_SIGN, _COLON, _SLASH) or kinds[word[i - 1]] != _DIGIT:
            return False
        if i == end - 1 or kinds[word[i + 1]] != _DIGIT:
            return False
    return True


def _opens_with_letters(kinds: Any, word: Any, size: int) -> bool:
    """Whether so many letters come first that no apostrophe before them makes a clitic."""
    i = 0
    while i < size and kinds[word[i]] & (_SMALL | _BIG):
        i += 1
    return i > _LONGEST_CLITIC


def _lower(kinds: Any, word: Any, size: int) -> None:
    """Write letters small."""
    for i in range(size):
        if kinds[word[i]] == _BIG:
            word[i] += 32


def _crc(crcs: Sequence[int], word: Any, size: int) -> int:
    """Return the CRC-32 of bytes, as :func:`zlib.crc32` does; for the compiled kernel."""
    crc = _ALL_CRC
    for i in range(size):
        crc = crcs[(crc ^ word[i]) & 255] ^ (crc >> 8)
    return crc ^ _ALL_CRC


def _within(words: list[Word], text: str) -> list[Word]:
    """Leave out hyphens that have white space on one side only, for on the other the text ends."""
    first = 1 if words[0].text == "-" and normalise(text[:2]).rstrip() == "-" else 0
    end = len(words)
    if end > first and words[end - 1].text == "-" and normalise(text[max(0, len(text) - 2) :]).lstrip() == "-":
        end -= 1
    return words[first:end]


def _fill(s: Scratch, words: list[Word]) -> None:
    s.n_tokens = 0
    if not cython.compiled:
        s.words = words
        s.n_tokens = len(words)
        return
    for word in words:
        _put(s, word)


def _put(s: Scratch, word: Word) -> None:
    """Write a token."""
    n = s.n_tokens
    s.token_codes[n] = word.code
    s.token_values[n] = word.valence
    s.numbers[n] = word.number
    s.openings[n] = word.opening
    s.looks[n] = word.look
    s.n_tokens = n + 1


def _find(slots: Sequence[int], shift: int, key: int) -> int:
    """Return the row of ``key`` in a table of :func:`classifier.slots.build_slots`, -1 where it has none."""
    place = (key * _MULTIPLIER & _ALL) >> shift
    found = slots[2 * place]
    while found and found != key:
        place = place + 1 & (1 << (64 - shift)) - 1
        found = slots[2 * place]
    return slots[2 * place + 1] if found else -1


def _step(reader: Reader, key: int) -> int:
    """Return the row of a step from word to word of a phrase, -1 for none."""
    if cython.compiled:
        return _find(reader.steps, reader.step_shift, key)
    row = reader.stepped.get(key)
    if row is None:
        row = _find(reader.steps, reader.step_shift, key)
        if len(reader.stepped) >= _LIMIT:
            reader.stepped = {}
        reader.stepped[key] = row
    return row


def _join(reader: Reader, s: Scratch, count: int) -> None:
    """Make units of tokens: the longest phrase at each place becomes one, and so does a run of names."""
    tokens, token_values, numbers, openings = s.token_codes, s.token_values, s.numbers, s.openings
    codes, kinds, values, firsts = s.codes, s.kinds, s.values, s.firsts
    looks, persons, words = s.looks, s.persons, s.words
    n = named = rest = 0
    compiled = cython.compiled
    for i in range(count):
        if i < rest:
            continue
        if compiled:
            code, value, look, node = tokens[i], token_values[i], looks[i], openings[i]
            kind = _kind_of(code)
        else:
            code, value, look, node, kind = words[i].parts
        if node:
            last = j = i
            while j + 1 < count:
                j += 1
                number = numbers[j] if compiled else words[j].number
                row = _step(reader, node << _ROW | number) if number else -1
                if row < 0:
                    break
                node = row + reader.n_openings + 1
                if reader.phrase_codes[node]:
                    code, value, last = reader.phrase_codes[node], reader.phrase_values[node], j
                    kind = _kind_of(code)
            rest = last + 1
        if kind != _NAME and not (named and look & _NAMING):
            # most words belong to no name; a tuple of four would be made by one assignment
            codes[n] = code
            kinds[n] = kind
            values[n] = value
            firsts[n] = i
            named = 0
            n += 1
            continue
        first = i
        # no phrase is a person
        person = look & _PERSON if rest <= i + 1 else 0
        while n:
            before = codes[n - 1]
            if kinds[n - 1] == _NAME:
                within = kind == _NAME or _could_name(code, value, look, persons[n - 1])
                if not within and not (persons[n - 1] and look & _PARTICLE):
                    break
                code, kind, value, person = before, _NAME, values[n - 1], persons[n - 1]
            elif kind != _NAME or kinds[n - 1] > _WORD or not _may_open(before, values[n - 1], _look(s, firsts[n - 1])):
                break
            n -= 1
            first = firsts[n]
            look = _look(s, first)
        codes[n] = code
        kinds[n] = kind
        values[n] = value
        persons[n] = person
        firsts[n] = first
        named = kind == _NAME
        n += 1
    codes[n], firsts[n] = _END, count
    s.n_units = n


def _kind_of(code: int) -> int:
    """Return a unit's kind, with the bit ``_ACTS`` where the automaton looks at it."""
    return code & _KIND | (_ACTS if code & _ACTIVE else 0)


def _look(s: Scratch, token: int) -> int:
    """Return a token's look."""
    return s.looks[token] if cython.compiled else s.words[token].look


def _could_name(code: int, value: float, look: int, person: int) -> int:
    """Whether a known word stands capitalised and does nothing of its own; beside a person it may be a thing."""
    if code & _KIND != _WORD or not look & _CAPITAL or code & _BUSY:
        return 0
    return 1 if person or (not code >> _OBJECT & _CLASS and value == 0.0) else 0


def _may_open(code: int, value: float, look: int) -> int:
    """Whether a word may belong to the name after it."""
    return 1 if look & _ARTICLE or _could_name(code, value, look, 0) else 0


def _spoken(s: Scratch) -> None:
    """Find the range of units without a bare attribution at either end ("..., officials said on Monday")."""
    codes, n = s.codes, s.n_units
    s.start, s.stop = 0, n
    if not s.n_said:
        return
    end = n
    while end and codes[end - 1] & _KIND == _STOP:
        end -= 1
    said = 0
    for i in range(min(end - 1, _ATTRIBUTION_REACH + 1)):
        if codes[i] & _KIND == _STOP:
            if said == 1:
                s.start = i + 1
            break
        if not _attributes(codes[i]):
            break
        said += codes[i] >> _VERB & _CLASS == _SAY
    said, i, least = 0, end - 1, max(s.start, end - 2 - _ATTRIBUTION_REACH)
    while i > least:
        if codes[i] & _KIND == _COMMA:
            if said == 1:
                s.stop = i
            break
        if not _attributes(codes[i]):
            break
        said += codes[i] >> _VERB & _CLASS == _SAY
        i -= 1


def _attributes(code: int) -> int:
    """Whether a unit may stand in a bare attribution: speakers, days and a verb of saying."""
    if code >> _VERB & _CLASS == _SAY or code & _KIND == _NAME or code & _KIND == _NUMBER:
        return 1
    return 1 if code >> _FUNCTION & _ATTRIBUTIVE else 0


def _scope(s: Scratch) -> None:
    """Run the automaton over the units; see :mod:`classifier.scope`."""
    codes, kinds, contexts, clauses = s.codes, s.kinds, s.contexts, s.clauses
    n = context = passive = events = asides = negations = said = 0
    mood = _IS_PLAIN
    for place in range(s.n_units):
        kind = kinds[place]
        if kind < _ACTS:
            contexts[place] = context
            continue
        # the clause ends, by a mark or by a word
        if kind >= _AT_COMMA:
            clauses[n] = place
            n += 1
            contexts[place] = context = passive = 0
            mood = _IS_PLAIN
            continue
        code = codes[place]
        if cython.compiled:
            function, verb, noun = code >> _FUNCTION & _FUNCTIONS, code >> _VERB & _CLASS, code >> _NOUN & _CLASS
        else:
            function, verb, noun = _acts_of(code)
        opened = -1
        if verb or not function:
            pass
        elif function & _BACKGROUND:
            opened = _IN_BACKGROUND
        elif function & _RELATIVE:
            opened = _IN_RELATIVE
        elif function & _BOUNDARY or (function & _JOIN and _is_finite(codes[place + 1])):
            opened = context & _ZONE if context & _ZONE != _IN_RELATIVE else _IN_MAIN
        if opened >= 0:
            clauses[n] = place
            n += 1
            context = 0
            if opened:
                context = opened | _ASIDE
                asides += 1
            passive = 0
            mood = _IS_PLAIN
        contexts[place] = context
        # an operator
        if verb or noun:
            said += verb == _SAY
            role = _role(code, codes[place - 1] if place else _STOP, codes[place + 1]) if verb else _AS_NOUN
            cls = noun if role == _AS_NOUN else verb
            if cls:
                s.places[events] = place
                s.classes[events] = cls
                s.roles[events] = role
                s.states[events] = cls << 3 | mood << 1 | (1 if context & _DENIED else 0)
                s.passives[events] = passive if role == _AS_VERB else 0
                events += 1
                if cls == _FAIL:
                    context ^= _DENIED
                elif cls != _SAY and not context & _GOVERNED and role != _AS_ADJECTIVE:
                    context |= cls << _GOVERNOR
                passive = 0
        # negation, mood and passive
        if function:
            if function & _NEGATION:
                context |= _DENIED
                negations += 1
            if function & _CONDITION:
                mood = _IS_CONDITIONAL
            elif function & _POSSIBLE:
                mood = max(mood, _IS_POSSIBLE)
            elif function & _FUTURE:
                mood = max(mood, _IS_FUTURE)
            if function & _PASSIVE:
                passive = 1
    s.n_clauses, s.n_events, s.n_asides, s.n_negations, s.n_said = n, events, asides, negations, said


@lru_cache(1 << 12)
def _acts_of(code: int) -> tuple[int, int, int]:
    """Return what a unit does as function word, as verb and as noun; for plain Python, where it takes longest."""
    return code >> _FUNCTION & _FUNCTIONS, code >> _VERB & _CLASS, code >> _NOUN & _CLASS


def _is_finite(code: int) -> int:
    form = code >> _FORM & _KIND
    return (code >> _VERB & _CLASS) != 0 and form in (_THIRD, _PAST)


def _role(code: int, before: int, after: int) -> int:
    """Return whether an operator that can be a verb stands as one, as noun, or as participle before its noun."""
    form = code >> _FORM & _KIND
    if form == _FIXED:
        return _AS_VERB
    noun = code >> _NOUN & _CLASS
    function = before >> _FUNCTION & _FUNCTIONS
    after_function = after >> _FUNCTION & _FUNCTIONS
    nominal = function & _DETERMINER and not function & _TO
    if form in (_PAST, _PARTICIPLE):
        thing = after >> _OBJECT & _CLASS or after >> _NOUN & _CLASS or after & _KIND == _UNKNOWN
        return _AS_ADJECTIVE if nominal and thing and not after_function else _AS_VERB
    if not noun:
        return _AS_VERB
    if form == _ING:
        return _AS_NOUN if nominal else _AS_VERB
    if function & (_TO | _FUTURE | _POSSIBLE | _NEGATION | _RELATIVE) and not nominal:
        return _AS_VERB
    if before & _KIND == _NAME and (after & _KIND == _NAME or after_function & _DETERMINER):
        return _AS_VERB if form != _BASE else _AS_NOUN
    return _AS_NOUN


def _feel(s: Scratch) -> None:
    """Find the units with a valence, and turn it by negation and intensity; see :mod:`classifier.sentiment`."""
    codes, values = s.codes, s.values
    n = 0
    if cython.compiled:
        for i in range(s.n_units):
            if values[i]:
                s.felt_places[n] = i
                n += 1
    else:
        places = [*compress(range(s.n_units), values)]
        n = len(places)
        s.felt_places[:n] = places
    for k in range(n):
        i = s.felt_places[k]
        value = values[i]
        before = codes[i - 1] >> _FUNCTION if i else 0
        if before & _INTENSIFY:
            value *= _INTENSIFIED
        if before & _WEAKEN:
            value *= _WEAKENED
        if s.n_negations:
            for j in range(max(0, i - _REACH), i):
                if codes[j] >> _FUNCTION & _NEGATION:
                    value *= _NEGATED
                    break
        s.felt[k] = value
    s.n_felt = n


def _plain_key(code: int) -> int:
    """Return the feature of a word, 0 for none; so do the next two."""
    return _PLAIN | code >> _STEM << _A if _UNKNOWN < code & _KIND < _COMMA else 0


def _scoped_key(code: int, context: int) -> int:
    """Return the feature of a word with what governs, negates or backgrounds it."""
    mark = context >> _WITHIN
    return _SCOPED | mark << _MARK | code >> _STEM << _A if mark and _UNKNOWN < code & _KIND < _COMMA else 0


def _pair_key(before: int, code: int, context: int) -> int:
    """Return the feature of two neighbours within a sentence."""
    first, second = before >> _STEM, code >> _STEM
    if not first or not second or before & _KIND == _STOP or code & _KIND == _STOP:
        return 0
    return (_ASIDE_BIGRAM if context & _ASIDE else _BIGRAM) | first << _A | second


def _words(s: Scratch) -> None:
    """Write words, words with what governs, negates or backgrounds them, and pairs of neighbours."""
    codes, contexts = s.codes, s.contexts
    keys, firsts, lasts, n = s.keys, s.key_firsts, s.key_lasts, s.n_keys
    for i in range(s.start, s.stop):
        code, context = codes[i], contexts[i]
        keys[n] = _plain_key(code)
        if keys[n]:
            firsts[n] = lasts[n] = i
            n += 1
            keys[n] = _scoped_key(code, context)
            if keys[n]:
                firsts[n] = lasts[n] = i
                n += 1
        if i > s.start:
            keys[n] = _pair_key(codes[i - 1], code, context)
            if keys[n]:
                firsts[n] = i - 1
                lasts[n] = i
                n += 1
    s.n_keys = n


def _add(s: Scratch, kind: int, a: int, b: int, first: int, last: int) -> None:
    """Write a feature: its family and mark, and two numbers; see :func:`classifier.features.pack`."""
    n = s.n_keys
    s.keys[n] = kind | a << _A | b
    s.key_firsts[n] = first
    s.key_lasts[n] = last
    s.n_keys = n + 1


def _operators(s: Scratch) -> None:
    """Write which acts there are, which come first, and which follow or govern which."""
    places, states, roles, classes = s.places, s.states, s.roles, s.classes
    last_place = last_state = head = second = tail = verb = verb2 = -1
    for e in range(s.n_events):
        if classes[e] == _SAY:
            continue
        place, state, role = places[e], states[e], roles[e]
        zone = s.contexts[place] & _ZONE
        governor = (s.contexts[place] & _GOVERNED) >> _GOVERNOR
        _add(s, _EACH_ACT, state << 2 | role, zone, place, place)
        if last_place >= 0:
            _add(s, _NEXT_ACT, last_state, state, last_place, place)
            if governor:
                _add(s, _GOVERNED_ACT, governor, state, last_place, place)
        last_place, last_state = place, state
        if zone == _IN_MAIN and role != _AS_ADJECTIVE:
            tail = e
            if head < 0:
                head = e
            elif second < 0:
                second = e
            if role == _AS_VERB:
                if verb < 0:
                    verb = e
                elif verb2 < 0:
                    verb2 = e
    if head < 0:
        _add(s, _NO_ACT, 0, 0, 0, 0)
        return
    _add(s, _FIRST_ACT, states[head] << 2 | roles[head], 0, places[head], places[head])
    _add(s, _LAST_ACT, states[tail] << 2 | roles[tail], 0, places[tail], places[tail])
    if second >= 0:
        _add(s, _FIRST_ACTS, states[head], states[second], places[head], places[second])
    if verb >= 0:
        place, state = places[verb], states[verb]
        _add(s, _MAIN_VERB, state << 1 | s.passives[verb], 0, place, place)
        _add(s, _MAIN_STEM, s.codes[place] >> _STEM, state & 7, place, place)
        if verb2 >= 0:
            _add(s, _MAIN_VERBS, state, states[verb2], place, places[verb2])


def _objects(s: Scratch) -> None:
    """Write what kind of thing each act is done to: the first object class after its operator, within the clause."""
    codes, kinds = s.codes, s.kinds
    seeking = 1
    for e in range(s.n_events):
        role, place, state = s.roles[e], s.places[e], s.states[e]
        if s.classes[e] == _SAY or role == _AS_ADJECTIVE:
            continue
        zone = s.contexts[place] & _ZONE
        outside = _OUTSIDE_MAIN if zone else 0
        obj = 0
        for j in range(place + 1, min(place + 1 + _OBJECT_REACH, s.n_units)):
            if kinds[j] >= _AT_COMMA:
                break
            obj = codes[j] >> _OBJECT & _CLASS
            if obj:
                _add(s, _OBJECT_OF_ACT | outside, state, obj, place, j)
                _add(s, _OBJECT_OF_STEM | outside, codes[place] >> _STEM, obj, place, j)
                break
        if seeking and role == _AS_VERB and zone == _IN_MAIN:
            _add(s, _OBJECT_OF_VERB, state, obj, place, place)
            seeking = 0


def _bounded(total: float) -> float:
    """Return a sum of valences brought into (-1, 1), and rounded."""
    return total / sqrt(total * total + _BOUND) + _GRAIN - _GRAIN


def _feeling(s: Scratch) -> None:
    """Write the sentiment of the text as a whole."""
    if s.n_felt:
        _summarise(s.felt, s.n_felt, s.own)
        s.n_own = _SUMMARIES


def _summarise(felt: Sequence[float], n: int, own: Any) -> None:
    """Write what is summed of some valences, at least one; see :data:`classifier.sentiment.SUMMARY_NAMES`."""
    positive = negative = last = highest = lowest = 0.0
    for i in range(n):
        last = felt[i]
        if last > 0:
            positive += last
            highest = last if last > highest else highest
        else:
            negative -= last
            lowest = last if last < lowest else lowest
    total = positive - negative
    own[0] = _bounded(positive)
    own[1] = _bounded(negative)
    own[2] = _bounded(total)
    own[3] = total / _LARGEST / (n + 1) + _GRAIN - _GRAIN
    own[4] = last / _LARGEST + _GRAIN - _GRAIN
    own[5] = highest / _LARGEST + _GRAIN - _GRAIN
    own[6] = lowest / _LARGEST + _GRAIN - _GRAIN


def _summaries(felt: Sequence[float]) -> list[float]:
    """Return what is summed of some valences; for plain Python."""
    if not felt:
        return []
    found = [0.0] * _SUMMARIES
    _summarise(felt, len(felt), found)
    return found


def _target(s: Scratch, places: list[int]) -> None:
    """Write what stands beside the target, what it does or suffers, where it stands, and the sentiment around it."""
    first = last = places[0]
    for place in places:
        if place == last + 1:
            last = place
    _target_neighbours(s, first, last)
    _target_acts(s, first, last)
    covered = frozenset(places)
    before = after = 0
    for i in range(s.n_units):
        if s.codes[i] & _KIND == _NAME and i not in covered:
            if i < first:
                before += 1
            else:
                after += 1
    context = s.contexts[first]
    governor, denied = (context & _GOVERNED) >> _GOVERNOR, 1 if context & _DENIED else 0
    mark = governor << 3 | denied << 2 | context & _ZONE
    _add(s, _TARGET | 14 * _ONE, mark, 0, first, first)
    _add(s, _TARGET | 15 * _ONE, 1 if first == 0 else 0, 1 if last == s.n_units - 1 else 0, first, first)
    _add(s, _TARGET | 16 * _ONE, min(2, before), min(2, after), first, first)
    _target_feeling(s, first, last)


def _target_neighbours(s: Scratch, first: int, last: int) -> None:
    codes, end = s.codes, s.n_units
    for d in range(1, _NEIGHBOURS + 1):
        if first >= d:
            _add(s, _TARGET | 1 * _ONE, d, codes[first - d] >> _STEM, first - d, first - d)
        if last + d < end:
            _add(s, _TARGET | 2 * _ONE, d, codes[last + d] >> _STEM, last + d, last + d)
    if first >= 2:
        _add(s, _TARGET | 3 * _ONE, codes[first - 2] >> _STEM, codes[first - 1] >> _STEM, first - 1, first - 1)
    if last + 2 < end:
        _add(s, _TARGET | 4 * _ONE, codes[last + 1] >> _STEM, codes[last + 2] >> _STEM, last + 1, last + 1)
    for i in range(max(0, first - _SURROUNDINGS), first):
        if codes[i] & _KIND == _WORD and not codes[i] >> _FUNCTION & _FUNCTIONS:
            _add(s, _TARGET | 5 * _ONE, 0, codes[i] >> _STEM, i, i)
    for i in range(last + 1, min(end, last + 1 + _SURROUNDINGS)):
        if codes[i] & _KIND == _WORD and not codes[i] >> _FUNCTION & _FUNCTIONS:
            _add(s, _TARGET | 6 * _ONE, 0, codes[i] >> _STEM, i, i)


def _clause_start(s: Scratch, place: int) -> int:
    """Return where the clause of a unit begins."""
    start = 0
    for c in range(s.n_clauses):
        if s.clauses[c] > place:
            break
        start = s.clauses[c]
    return start


def _clause_end(s: Scratch, place: int) -> int:
    """Return where the clause of a unit ends."""
    for c in range(s.n_clauses):
        if s.clauses[c] > place:
            return s.clauses[c]
    return s.n_units


def _target_acts(s: Scratch, first: int, last: int) -> None:
    places, states, roles, classes = s.places, s.states, s.roles, s.classes
    earlier = later = does = suffers = -1
    for e in range(s.n_events):
        if roles[e] == _AS_ADJECTIVE:
            continue
        telling = roles[e] == _AS_VERB and classes[e] != _SAY
        if places[e] < first:
            earlier = e
            if does < 0 and telling:
                does = e
        elif places[e] > last:
            if later < 0:
                later = e
            if suffers < 0 and telling:
                suffers = e
    begin, end = _clause_start(s, first), _clause_end(s, first)
    if earlier >= 0:
        e, place, state = earlier, places[earlier], states[earlier]
        same = 1 if begin <= place < end else 0
        _add(s, _TARGET | 7 * _ONE, state, roles[e] << 2 | s.passives[e] << 1 | same, place, place)
        _add(s, _TARGET | 8 * _ONE, s.codes[place] >> _STEM, state & 7, place, place)
    if later >= 0:
        e, place, state = later, places[later], states[later]
        same = 1 if begin <= place < end else 0
        _add(s, _TARGET | 9 * _ONE, state, roles[e] << 2 | s.passives[e] << 1 | same, place, place)
        _add(s, _TARGET | 10 * _ONE, s.codes[place] >> _STEM, (state & 7) << 1 | s.passives[e], place, place)
    if does >= 0:
        _add(s, _TARGET | 11 * _ONE, states[does], s.passives[does], places[does], places[does])
    if suffers >= 0:
        _add(s, _TARGET | 12 * _ONE, states[suffers], s.passives[suffers], places[suffers], places[suffers])
    before = classes[earlier] if earlier >= 0 else 0
    after = classes[later] if later >= 0 else 0
    _add(s, _TARGET | 13 * _ONE, before, after, first, first)


def _target_feeling(s: Scratch, first: int, last: int) -> None:
    if not s.n_felt:
        return
    begin, end = _clause_start(s, first), _clause_end(s, first)
    before = after = inside = whole = near = clause = 0.0
    nearer = nearest = following = 0.0
    n_after = 0
    for j in range(s.n_felt):
        i, value = s.felt_places[j], s.felt[j]
        whole += value
        near += value / (1 + min(abs(i - first), abs(i - last)) / 4.0)
        if begin <= i < end:
            clause += value
        if i < first:
            before += value
            nearer, nearest = nearest, value
        elif i > last:
            after += value
            n_after += 1
            if n_after <= 2:
                following += value
        else:
            inside += value
    s.own[_SUMMARIES + 0] = _TARGET_WEIGHT * _bounded(before)
    s.own[_SUMMARIES + 1] = _TARGET_WEIGHT * _bounded(after)
    s.own[_SUMMARIES + 2] = _TARGET_WEIGHT * _bounded(inside)
    s.own[_SUMMARIES + 3] = _TARGET_WEIGHT * _bounded(whole)
    s.own[_SUMMARIES + 4] = _TARGET_WEIGHT * _bounded(near)
    s.own[_SUMMARIES + 5] = _TARGET_WEIGHT * _bounded(clause)
    s.own[_SUMMARIES + 6] = _TARGET_WEIGHT * _bounded(nearer + nearest)
    s.own[_SUMMARIES + 7] = _TARGET_WEIGHT * _bounded(following)
    s.n_own = _OWN


class Weigher:
    """The linear model: features in working memory -> calibrated probabilities there.

    ``slots`` finds a feature's row (:func:`classifier.slots.build_slots`); ``weights`` and ``intercepts`` are those of
    :class:`classifier.scorer.Scorer`; their columns are those of ``labels``, head after head, of which the last two are
    the stance and the domain.
    """

    def __init__(
        self, slots: ArrayLike, weights: ArrayLike, intercepts: ArrayLike, labels: Sequence[tuple[str, ...]]
    ) -> None:
        starts = [0, *accumulate(map(len, labels))]
        self.labels = list(labels)
        self.slots: Sequence[int] = _view(np.reshape(slots, -1))
        self.shift = 65 - (len(self.slots) // 2).bit_length()
        self.table: Sequence[float] = _view(np.reshape(weights, -1))
        self.intercepts: Sequence[float] = _view(np.append(np.asarray(intercepts, np.float64), 0.0))
        self.starts: Sequence[int] = _view(np.asarray(starts, np.int64))
        # the last row, of zeros, is for what the model does not know
        nothing = len(self.table) // WIDTH - 1
        own_rows = [row if row >= 0 else nothing for row in map(self.row, _f.OWN_KEYS)]
        self.own_rows: Sequence[int] = _view(np.array(own_rows, np.int64))
        self.block_of_family: Sequence[int] = _view(np.asarray(_f.BLOCK_OF_FAMILY, np.int64))
        self.worded: bool = cython.compiled
        """Whether :meth:`score` wants the features of words and sums of what is felt; plain Python remembers both."""
        self.arrays: Any = None
        self.single: Any = None
        if not cython.compiled:
            heads = _arrays.Heads(np.asarray(slots), weights, intercepts, starts)
            keys = _arrays.Keys(_plain_key, _scoped_key, _pair_key, _summaries)
            self.arrays = _arrays.Rows(slots, heads)
            self.single = _arrays.Single(partial(_find, self.slots, self.shift), keys, heads)

    def row(self, key: int) -> int:
        """Return the row of a feature, -1 where the model has none."""
        return _find(self.slots, self.shift, key)

    def score(self, s: Scratch) -> None:
        """Write the probabilities of all heads into the first columns of ``sums``.

        The text is one that was read as :attr:`worded` says.
        """
        if self.single is None:
            _distinct(self, s)
            _sum(self, s)
            _normalise(self, s)
            return
        part = slice(s.start, s.stop)
        acts, targets = s.keys[: s.n_acts], s.keys[s.n_acts : s.n_keys]
        single = self.single
        base = single.heads.base_of(s.own[: s.n_own]) if s.n_own else single.bases[tuple(s.felt[: s.n_felt])]
        s.sums = single.score(s.codes[part], s.contexts[part], s.n_asides > 0, acts, targets, base)


def _distinct(model: Weigher, s: Scratch) -> None:
    """Write the rows of the features that the model knows, each once, block after block.

    From here to ``_normalise`` all is for the compiled kernel; :class:`classifier.arrays.Rows` and
    :class:`classifier.arrays.Single` are its twins.
    """
    keys, found, blocks, ends, seen = s.keys, s.found, s.blocks, s.block_ends, s.seen
    n = 0
    # the tables are larger than the caches: memory that is named ahead is fetched at once
    slots, table = cython.address(model.slots[0]), cython.address(model.table[0])
    for i in range(s.n_keys):
        place = (cython.cast("unsigned long long", keys[i]) * _MULTIPLIER) >> model.shift
        kernel_prefetch(slots + 2 * place)  # type: ignore[name-defined]  # noqa: F821
    room = 8
    while room < 2 * s.n_keys:
        room *= 2
    for i in range(room):
        seen[i] = 0
    for i in range(_BLOCKS):
        ends[i] = 0
    for i in range(s.n_keys):
        row = _find(model.slots, model.shift, keys[i])
        if row < 0:
            continue
        kernel_prefetch(table + row * _WIDTH)  # type: ignore[name-defined]  # noqa: F821
        kernel_prefetch(table + row * _WIDTH + _OUTPUTS)  # type: ignore[name-defined]  # noqa: F821
        place = row * 40503 & room - 1
        while seen[place] and seen[place] != row + 1:
            place = place + 1 & room - 1
        if not seen[place]:
            seen[place] = row + 1
            found[n] = row
            blocks[n] = model.block_of_family[keys[i] >> _FAMILY]
            ends[blocks[n]] += 1
            n += 1
    start = 0
    for i in range(_BLOCKS):
        start += ends[i]
        ends[i] = start - ends[i]
    for i in range(n):
        s.rows[ends[blocks[i]]] = found[i]
        ends[blocks[i]] += 1


def _sum(model: Weigher, s: Scratch) -> None:
    """Sum the weights of all heads: those of values of their own, then those of each block, over its length."""
    sums, lengths, table = s.sums, s.lengths, cython.address(model.table[0])
    some = cython.declare(cython.double[16])
    # so few columns at a time, of a number that the compiler knows, that their sums stay in registers; the last column,
    # of squares, is among the first of them
    for half in range(2):
        first = 16 - 16 * half
        for j in range(16):
            some[j] = model.intercepts[first + j]
        for i in range(s.n_own):
            row, value = table + model.own_rows[i] * _WIDTH + first, s.own[i]
            for j in range(16):
                some[j] += value * row[j]
        for j in range(16):
            sums[first + j] = some[j]
        start = 0
        for b in range(_BLOCKS):
            end = s.block_ends[b]
            for j in range(16):
                some[j] = 0.0
            for i in range(start, end):
                row = table + s.rows[i] * _WIDTH + first
                for j in range(16):
                    some[j] += row[j]
            if not half:
                lengths[b] = sqrt(some[15]) if some[15] > 1.0 else 1.0
            for j in range(16):
                sums[first + j] += some[j] / lengths[b]
            start = end


def _normalise(model: Weigher, s: Scratch) -> None:
    """Turn logits into probabilities, head by head; training keeps them so small that no exponential overflows."""
    sums = s.sums
    for h in range(len(model.labels)):
        first, end = model.starts[h], model.starts[h + 1]
        total = 0.0
        for j in range(first, end):
            sums[j] = exp(sums[j])
            total += sums[j]
        for j in range(first, end):
            sums[j] /= total


def _count(s: Scratch) -> None:
    """Count the words that the table knows, and those that it does not."""
    if not cython.compiled:
        kinds = s.kinds[: s.n_units]
        s.n_known, s.n_unknown = kinds.count(_WORD) + kinds.count(_ACTS | _WORD), kinds.count(_UNKNOWN)
        return
    known = unknown = 0
    for i in range(s.n_units):
        kind = s.kinds[i]
        if kind & _KIND == _WORD:
            known += 1
        elif kind == _UNKNOWN:
            unknown += 1
    s.n_known, s.n_unknown = known, unknown


def score(reader: Reader, model: Weigher, text: str, target: str | None) -> Scored:
    """Score one text."""
    s = reader.read(text, target, model.worded)
    model.score(s)
    found = _heads(model, s.sums, target), s.sums[_OUTPUTS - 1], s.n_known, s.n_unknown
    reader.release(s)
    return found


def score_many(reader: Reader, model: Weigher, texts: Sequence[str], targets: Sequence[str | None]) -> list[Scored]:
    """Return what :func:`score` returns of each text; in plain Python many at once are faster than one by one."""
    if model.arrays is None:
        return [score(reader, model, texts[i], targets[i]) for i in range(len(texts))]
    probabilities, counts = np.empty((len(texts), _OUTPUTS)), np.empty((len(texts), 2), np.int64)
    score_into(reader, model, list(texts), list(targets), probabilities, counts)
    rows = zip(probabilities.tolist(), targets, counts.tolist(), strict=True)
    return [
        (_heads(model, sums, target), sums[_OUTPUTS - 1], known, unknown) for sums, target, (known, unknown) in rows
    ]


def _heads(model: Weigher, sums: Sequence[float], target: str | None) -> list[Found]:
    """Return each head's most probable label, the first one of several, beside the probabilities of all its labels.

    The stance is left out without a target, and the domain always.
    """
    found: list[Found] = []
    j = 0
    for h in range(len(model.labels) - (2 if target is None else 1)):
        probabilities: dict[str, float] = {}
        best, largest = "", -1.0
        for label in model.labels[h]:
            probability = sums[j]
            probabilities[label] = probability
            if probability > largest:
                best, largest = label, probability
            j += 1
        found.append((best, probabilities))
    return found


def frozen(kind: type[_Kind], fields: tuple[str, ...], values: tuple[object, ...]) -> _Kind:
    """Return an instance of a frozen dataclass; its own ``__init__`` takes several times as long."""
    if not cython.compiled:
        # made while it may still be written to
        thawed = _thawed.get(kind)
        if thawed is None:
            thawed = _thawed[kind] = make_dataclass(kind.__name__, fields, slots=True)
        made: _Kind = thawed(*values)
        made.__class__ = kind
        return made
    made = _new(kind)
    for i in range(len(fields)):
        PyObject_GenericSetAttr(made, fields[i], values[i])  # type: ignore[name-defined]  # noqa: F821
    return made


def score_into(
    reader: Reader,
    model: Weigher,
    texts: list[str],
    targets: list[str | None],
    probabilities: NDArray[np.float64],
    counts: NDArray[np.int64],
) -> None:
    """Score texts into arrays: probabilities ``(n, WIDTH - 1)``, known and unknown words ``(n, 2)``."""
    if model.arrays is not None:
        read = partial(_read, reader)
        _arrays.Batches(reader.blocks, model.arrays, read).score_into(texts, targets, probabilities, counts)
        return
    for i in range(len(texts)):
        s = reader.read(texts[i], targets[i])
        model.score(s)
        for j in range(_OUTPUTS):
            probabilities[i, j] = s.sums[j]
        counts[i, 0], counts[i, 1] = s.n_known, s.n_unknown
        reader.release(s)
