"""Texts -> the tokens of a block: a bounded memory of chunks, and the arrays of what is known of their tokens."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, compress, filterfalse, repeat
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from classifier import units
from classifier.arrays.flags import Codes, Flags, Floats, flags_of
from classifier.arrays.letters import MARKS, Spelling
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


class Chunks:
    """Chunk -> the numbers of its tokens.

    What is known of token ``i`` stands in row ``i`` of ``codes``, ``valences``, ``flags`` and, for phrases, ``numbers``
    and ``openings``; the end of a text is token 0, and the nodes of the table's phrases are the tokens of their number.

    Over ``limit`` chunks, or :data:`CHARACTERS` for each of them, it forgets all and begins again; it holds more only
    while a single block has more, and that has at most ``room`` characters.  ``learn`` returns the tokens of a chunk
    that is no plain word.  For one thread at a time.
    """

    def __init__(self, table: "WordTable", learn: Learning, limit: int, room: int) -> None:
        self.learn = learn
        self.limit = limit
        self.most = CHARACTERS * limit
        self.vocabulary = Vocabulary(table)
        self.n_nodes = len(table.phrase_codes)
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
        self.memory: dict[str, bytes] = {}
        """Each chunk's tokens, four bytes each; the chunk "" ends a text."""
        self.n_tokens = self.n_characters = 0
        self.marks: dict[str, bytes] = {}
        self._forget()

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Return the numbers of the tokens of texts, :data:`PADS` ends before and one behind each text."""
        texts = [text if text[1:2].islower() else _body(text) for text in texts]
        try:
            return self._numbers(_chunks(texts))
        except KeyError:
            chunks = [*_chunks(texts)]
        self._learn(chunks)
        return self._numbers(chunks)

    def _numbers(self, chunks: Iterable[str]) -> Tokens:
        return np.frombuffer(b"".join(map(self.memory.__getitem__, chunks)), np.int32)

    def _forget(self) -> None:
        """Forget all but the end of a text and the marks behind words."""
        self.memory = {"": bytes(4)}
        self.n_tokens, self.n_characters = self.n_nodes, 0
        self._learn_others(MARKS)
        self.marks = {mark: self.memory[mark] for mark in MARKS}

    def _learn(self, chunks: Sequence[str]) -> None:
        """Learn the tokens of the chunks that are not remembered."""
        spelling = Spelling.of(new := self._unknown(chunks))
        if len(self.memory) + len(new) > self.limit or self.n_characters + len(spelling.characters) > self.most:
            self._forget()
            spelling = Spelling.of(new := self._unknown(chunks))
        self.n_characters += len(spelling.characters)
        plain = spelling.plain & (spelling.sizes <= LONGEST)
        if plain.any():
            self._learn_words([*compress(new, plain.tolist())], spelling.take(plain))
        if not plain.all():
            self._learn_others([*compress(new, (~plain).tolist())])

    def _unknown(self, chunks: Sequence[str]) -> list[str]:
        """Return the chunks that are not remembered, in their order: what was made together lies together in memory."""
        return [*filterfalse(self.memory.__contains__, dict.fromkeys(chunks))]

    def _learn_words(self, chunks: list[str], spelling: Spelling) -> None:
        """Learn chunks that are plain words, some with a mark behind."""
        numbers = self._rows(len(chunks))
        found = self.vocabulary.look_up(spelling)
        rows = numbers[found.order]
        self.codes[rows], self.valences[rows], self.flags[rows] = found.codes, found.valences, found.flags
        self.numbers[rows], self.openings[rows] = found.numbers, found.openings
        tokens: list[bytes] = numbers.view("V4").tolist()
        for i in spelling.marked.nonzero()[0].tolist():
            tokens[i] += self.marks[chunks[i][-1]]
        self.memory.update(zip(chunks, tokens, strict=True))

    def _learn_others(self, chunks: Collection[str]) -> None:
        learnt = [self.learn(chunk) for chunk in chunks]
        tokens = [token for each in learnt for token in each]
        numbers = self._rows(len(tokens))
        self.codes[numbers] = [token.code for token in tokens]
        self.valences[numbers] = [token.valence for token in tokens]
        self.numbers[numbers] = [token.number for token in tokens]
        self.openings[numbers] = [token.opening for token in tokens]
        looks = np.array([token.look for token in tokens], np.int64)
        self.flags[numbers] = flags_of(self.codes[numbers], self.valences[numbers], looks)
        end = 0
        for chunk, each in zip(chunks, learnt, strict=True):
            first, end = end, end + len(each)
            self.memory[chunk] = numbers[first:end].tobytes()

    def _rows(self, count: int) -> Tokens:
        """Return the numbers of so many new tokens."""
        first = self.n_tokens
        self.n_tokens += count
        return np.arange(first, self.n_tokens, dtype=np.int32)


def _body(text: str) -> str:
    """Return a text without its dateline."""
    if "A" <= text[:1] <= "Z" and not text[1:2].isspace():
        return text[body_start(normalise(text)) :]
    return text


def _chunks(texts: Sequence[str]) -> Iterator[str]:
    """Yield the chunks of texts, an end behind each; one by one, so that each is looked up while it is in the cache."""
    return chain(repeat("", PADS), chain.from_iterable(chain.from_iterable(zip(map(str.split, texts), repeat(("",))))))
