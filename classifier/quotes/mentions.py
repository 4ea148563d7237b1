"""From the place of a subject in its sentence to what it names: a name in apposition counts before the role."""

from collections.abc import Mapping

from classifier.quotes.entities import BODY, PERSON, PRONOUN
from classifier.quotes.heads import kind_of
from classifier.quotes.naming import actors_in
from classifier.quotes.nouns import Mention, read_mention
from classifier.quotes.segment import Sentence
from classifier.quotes.subjects import Span, Subject
from classifier.quotes.words import BODIES, PERSONS, PREPOSITIONS


def words_at(text: str, sentence: Sentence, span: Span) -> str:
    """Return the words of ``span`` as they stand in ``text``."""
    return text[sentence.starts[span.first] : sentence.ends[span.last - 1]]


def find_mention(text: str, sentence: Sentence, subject: Subject | None, known: Mapping[str, bool]) -> Mention | None:
    """Return what ``subject`` names, None where it names nobody; ``known`` as in :func:`read_mention`."""
    if subject is None:
        return None
    core = _read(text, sentence, subject.core, known)
    aside = subject.aside
    if core is None or aside is None or aside.first >= aside.last:
        return core
    if sentence.lows[aside.first : aside.first + 2] == ["whose", "name"]:
        named = _read(text, sentence, Span(_last_capitals(sentence, aside), aside.last), known)
        return core if named is None else _in_apposition(core, named, named.text)
    if sentence.words[aside.first].isdigit() and len(sentence.words[aside.first]) < 4:
        core = _aged(core, sentence.words[aside.first])
    if core.kind == BODY and core.name is None and _of_person(sentence, aside):
        core = _person(core)
    if core.head in ("one", "another") and core.kind == PRONOUN and sentence.lows[aside.first] in ("a", "an"):
        return _read(text, sentence, aside, known)
    if core.name is not None:
        if sentence.lows[aside.first] in ("who", "which", "for") or sentence.lows[aside.first].endswith("ing"):
            return core
        core.role = f"{core.role} {words_at(text, sentence, aside)}"
        return core
    if sentence.words[aside.first][0].isupper():
        inner = sentence.lows[aside.first : aside.last]
        aside = Span(aside.first, aside.first + inner.index(",")) if "," in inner else aside
        named = _read(text, sentence, aside, known)
        if named is not None and (named.name is not None or (core.kind == PERSON and named.kind != PRONOUN)):
            return _in_apposition(core, named, named.name or named.text)
    elif core.kind == PERSON:
        named = _read(text, sentence, aside, known)
        if named is not None and named.name is not None and _names_after(named.role.lower().split()[-1:]):
            return _in_apposition(core, named, named.name)
    return core


def _of_person(sentence: Sentence, aside: Span) -> bool:
    """Whether an aside tells that it is of a person: "who has run the counter", "a 19-stone bouncer"."""
    lows = sentence.lows
    if lows[aside.first] in ("a", "an"):
        end = next((k for k in range(aside.first, aside.last) if lows[k] in PREPOSITIONS), aside.last)
        return kind_of(sentence.words[aside.first], lows[aside.first : end], lows[end - 1]) == PERSON
    return lows[aside.first] in ("who", "whose")


def _names_after(last: list[str]) -> bool:
    """Whether a name follows a role or "named": "Her supervisor, a former Marine [named] Doyle Pruitt"."""
    return bool(last) and (last[0] in PERSONS or last[0] in ("named", "called"))


def _last_capitals(sentence: Sentence, span: Span) -> int:
    first = span.last
    while first > span.first and sentence.words[first - 1][0].isupper():
        first -= 1
    return first


def _aged(core: Mention, age: str) -> Mention:
    """Give a mention its age, which tells that "Mariam" and "The singer" are people."""
    person = _person(core) if core.kind == BODY and core.name is None else core
    person.title = person.name is None or person.title
    person.age = age
    return person


def _person(core: Mention) -> Mention:
    """Make a mention one of a person, which an aside tells it to be: "[Ruthanne], who has run the counter"."""
    if core.head in BODIES or actors_in(core.text):
        return core
    core.kind, core.head = PERSON, core.head.lower()
    core.name = core.text if " " not in core.text and core.text.istitle() else None
    return core


def _in_apposition(core: Mention, named: Mention, name: str) -> Mention:
    role, gender = f"{core.text} {named.role}", named.gender or core.gender
    return Mention(core.text, core.start, PERSON, name.split()[-1].lower(), name, role, gender, True, core.age)


def _read(text: str, sentence: Sentence, span: Span, known: Mapping[str, bool]) -> Mention | None:
    first, last = span.first, span.last
    if first >= last:
        return None
    words, lows = sentence.words[first:last], sentence.lows[first:last]
    return read_mention(text, words, lows, sentence.starts[first:last], sentence.ends[last - 1], known)
