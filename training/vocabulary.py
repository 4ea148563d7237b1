"""Build the word table of a model: corpus words, lexicons and gazetteer, joined."""

from collections import Counter
from collections.abc import Iterable

from classifier.actors import read_gazetteer
from classifier.lexicon import Entry, read_lexicon, read_valence
from classifier.stem import bases, stem
from classifier.text import tokenize
from classifier.units import NAME, NAME_STEM, RESERVED_STEMS, WORD, Unit
from classifier.words import WordTable

NAME_SHARE = 0.9
"""A corpus word that is capitalised inside sentences at least this often is a name and stays out of the table."""


def valence_of(word: str) -> float:
    """Return the valence of a word, or of the word it is an inflection of; 0 where none is listed."""
    listed = read_valence()
    for candidate in (word, *bases(word)):
        if candidate in listed:
            return listed[candidate]
    return 0.0


def corpus_words(texts: Iterable[str]) -> list[str]:
    """Return the lower-case words of ``texts`` that are not names, sorted."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        tokens = tokenize(text)
        for i, token in enumerate(tokens):
            if token.text[0].isalpha():
                opening = i == 0 or tokens[i - 1].text in '.!?:"'
                if token.text == token.text.lower():
                    lower[token.text] += 1
                elif not opening:
                    upper[token.text.lower()] += 1
    return sorted(word for word, n in lower.items() if upper[word] < NAME_SHARE * (n + upper[word]))


class _Stems:
    def __init__(self) -> None:
        self.names = list(RESERVED_STEMS)
        self.numbers: dict[str, int] = {name: i for i, name in enumerate(self.names)}

    def number(self, name: str) -> int:
        if name not in self.numbers:
            self.numbers[name] = len(self.names)
            self.names.append(name)
        return self.numbers[name]


def build_word_table(texts: Iterable[str]) -> WordTable:
    """Return the word table for a corpus; the same texts give the same table."""
    stems = _Stems()
    lexicon = read_lexicon()

    def unit(entry: Entry, word: str) -> Unit:
        return Unit(
            WORD,
            stems.number(entry.stem),
            entry.verb,
            entry.noun,
            entry.form,
            entry.obj,
            entry.function,
            valence_of(word),
        )

    words: dict[str, Unit] = {}
    phrases: dict[tuple[str, ...], Unit] = {}
    known = {*corpus_words(texts), *read_valence()}
    for word in sorted(known):
        words[word] = unit(lexicon.get((word,), Entry(stem(word))), word)
    for sequence, entry in lexicon.items():
        if len(sequence) == 1:
            words[sequence[0]] = unit(entry, sequence[0])
        else:
            phrases[sequence] = unit(entry, "")
    name = Unit(NAME, NAME_STEM)
    for sequence in read_gazetteer():
        if len(sequence) == 1:
            words[sequence[0]] = name
        else:
            phrases.setdefault(sequence, name)
    return WordTable.build(words, phrases, stems.names)
