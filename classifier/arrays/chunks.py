"""Texts -> the tokens of a block: a bounded memory of chunks, and the arrays of what is known of their tokens."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice, repeat
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from classifier import units
from classifier.arrays.flags import Codes, Flags, Floats, Places, flags_of
from classifier.arrays.letters import MARK_PLACES, MARKS, Spelling
from classifier.arrays.lookup import Vocabulary
from classifier.text import body_start, normalise

if TYPE_CHECKING:
    from classifier.words import WordTable

Tokens = npt.NDArray[np.int32]
PADS: Final = 3
"""How many ends stand before the first text, so that what looks back from a unit finds one."""
CHARACTERS: Final = 16
"""How many characters a chunk that is remembered may have on average."""
LONGEST: Final = 48
"""Longest word that is looked up beside others, in letters."""


class Token(Protocol):
    """What :class:`classifier.kernel.Word` says of a token."""

    code: int
    valence: float
    number: int
    opening: int
    look: int


Learning = Callable[[str], Sequence[Token]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known of tokens, each field of shape ``(n,)``."""

    codes: Codes
    valences: Floats
    flags: Flags
    numbers: Flags
    openings: Flags

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> "_Columns":
        """Return the columns of tokens."""
        codes = np.array([token.code for token in tokens], np.int64)
        valences = np.array([token.valence for token in tokens], np.float64)
        flags = flags_of(codes, valences, np.array([token.look for token in tokens], np.int64))
        numbers = np.array([token.number for token in tokens], np.int32)
        return cls(codes, valences, flags, numbers, np.array([token.opening for token in tokens], np.int32))

    def take(self, which: Places) -> "_Columns":
        """Return some of the tokens."""
        codes, valences, flags = self.codes[which], self.valences[which], self.flags[which]
        return _Columns(codes, valences, flags, self.numbers[which], self.openings[which])


class Chunks:
    """Chunk -> the numbers of its tokens.

    What is known of token ``i`` stands in row ``i`` of ``codes``, ``valences``, ``flags`` and, for phrases, ``numbers``
    and ``openings``; the end of a text is token 0, and the nodes of the table's phrases are the tokens of their number.

    Over ``limit`` chunks, or :data:`CHARACTERS` for each of them, it forgets all once a block is read; a block has at
    most ``room`` characters.  What is known of a block's tokens stands until the next one is read.  ``learn`` returns
    the tokens of a chunk that is no plain word.  For one thread at a time.
    """

    def __init__(self, table: "WordTable", learn: Learning, limit: int, room: int) -> None:
        self.learn = learn
        self.limit = limit
        self.most = CHARACTERS * limit
        self.vocabulary = Vocabulary(table)
        self.n_nodes = len(table.phrase_codes)
        # chunk i has counts[i] tokens from firsts[i] on
        self.firsts: Flags = np.zeros(limit + room, np.int32)
        self.counts: Flags = np.ones(limit + room, np.int32)
        # no chunk has more tokens than characters
        room += self.n_nodes + self.most
        self.codes: Codes = np.zeros(room, np.int64)
        self.valences: Floats = np.zeros(room)
        self.flags: Flags = np.zeros(room, np.int32)
        self.numbers: Flags = np.zeros(room, np.int32)
        self.openings: Flags = np.zeros(room, np.int32)
        nodes = slice(self.n_nodes)
        self.codes[nodes], self.valences[nodes] = table.phrase_codes, table.phrase_valences
        self.codes[0] = units.END
        self.flags[nodes] = flags_of(self.codes[nodes], self.valences[nodes], np.zeros(self.n_nodes, np.int64))
        self.marks = _Columns.of([learn(mark)[0] for mark in MARKS])
        self.memory: defaultdict[str, int] = defaultdict()
        """Each chunk's number; the chunk "" ends a text."""
        self.n_chunks = self.n_tokens = self.n_characters = 0
        self._forget()

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Return the numbers of the tokens of texts, :data:`PADS` ends before and one behind each text."""
        texts = [text if text[1:2].islower() else _body(text) for text in texts]
        # a chunk that is not remembered gets the next number by being asked for
        chunks = np.fromiter(map(self.memory.__getitem__, _chunks(texts)), np.int32)
        if len(self.memory) > self.n_chunks:
            self._learn([*islice(reversed(self.memory), len(self.memory) - self.n_chunks)][::-1])
        firsts, counts = self.firsts[chunks], self.counts[chunks]
        ends = np.cumsum(counts, dtype=np.int32)
        firsts -= ends
        firsts += counts
        found: Tokens = np.repeat(firsts, counts) + np.arange(ends[-1], dtype=np.int32)
        if len(self.memory) > self.limit or self.n_characters > self.most:
            self._forget()
        return found

    def _forget(self) -> None:
        """Forget all but the end of a text."""
        self.memory = defaultdict(None, {"": 0})
        self.memory.default_factory = self.memory.__len__
        self.n_chunks, self.n_tokens, self.n_characters = 1, self.n_nodes, 0

    def _learn(self, chunks: Sequence[str]) -> None:
        """Learn the tokens of the chunks that have the next numbers."""
        spelling = Spelling.of(chunks)
        plain = spelling.plain & (spelling.sizes <= LONGEST)
        numbers = np.arange(self.n_chunks, self.n_chunks + len(chunks))
        self.n_chunks += len(chunks)
        self.n_characters += len(spelling.characters)
        if plain.any():
            self._learn_words(numbers[plain], spelling.take(plain))
        if not plain.all():
            self._learn_others(numbers[~plain], [*compress(chunks, (~plain).tolist())])

    def _learn_words(self, chunks: Places, spelling: Spelling) -> None:
        """Learn chunks that are plain words, some with a mark behind."""
        found = self.vocabulary.look_up(spelling)
        firsts = self._place(chunks, 1 + spelling.marked)
        rows = firsts[found.order]
        self.codes[rows], self.valences[rows], self.flags[rows] = found.codes, found.valences, found.flags
        self.numbers[rows], self.openings[rows] = found.numbers, found.openings
        marked = spelling.marked.nonzero()[0]
        marks = spelling.characters[spelling.starts[marked] + spelling.sizes[marked]]
        self._write(firsts[marked] + 1, self.marks.take(MARK_PLACES[marks]))

    def _learn_others(self, chunks: Places, texts: Collection[str]) -> None:
        learnt = [self.learn(text) for text in texts]
        firsts = self._place(chunks, np.fromiter(map(len, learnt), np.intp, len(learnt)))
        columns = _Columns.of([token for each in learnt for token in each])
        self._write(np.arange(firsts[0], self.n_tokens), columns)

    def _place(self, chunks: Places, counts: Places) -> Places:
        """Give chunks the next places for tokens, and return the first of each one's."""
        ends = self.n_tokens + np.cumsum(counts)
        firsts = ends - counts
        self.firsts[chunks], self.counts[chunks] = firsts, counts
        self.n_tokens = int(ends[-1])
        return firsts

    def _write(self, rows: Places, tokens: "_Columns") -> None:
        self.codes[rows], self.valences[rows], self.flags[rows] = tokens.codes, tokens.valences, tokens.flags
        self.numbers[rows], self.openings[rows] = tokens.numbers, tokens.openings


def _body(text: str) -> str:
    """Return a text without its dateline."""
    if "A" <= text[:1] <= "Z" and not text[1:2].isspace():
        return text[body_start(normalise(text)) :]
    return text


def _chunks(texts: Sequence[str]) -> Iterator[str]:
    """Yield the chunks of texts, an end behind each; one by one, so that each is looked up while it is in the cache."""
    return chain(repeat("", PADS), chain.from_iterable(chain.from_iterable(zip(map(str.split, texts), repeat(("",))))))
