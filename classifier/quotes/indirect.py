"""Reported speech without quotation marks of its own, and the quoted words inside it."""

import re
from collections.abc import Iterator
from typing import Final

from classifier.quotes.attributions import Indirect, according, closing, inside, outlet_comma
from classifier.quotes.chunks import DASH, QUOTE
from classifier.quotes.clauses import clause_end
from classifier.quotes.complements import Complement, complement
from classifier.quotes.cues import BASE, ING
from classifier.quotes.direct import is_title
from classifier.quotes.main_subjects import main_subject
from classifier.quotes.segment import Sentence, first_words
from classifier.quotes.subjects import Span, Subject, before_cue
from classifier.quotes.verbs import Use, is_verb
from classifier.quotes.words import CONJUNCTIONS, DETERMINERS, NAMING, PREPOSITIONS, PRONOUNS, SUBORDINATORS

_STOPS: Final = frozenset({".", "!", "?", "…"})
_EMPTY: Final = frozenset({"comment", "elaborate", "named", "identified", "quoted", "drawn"})
"""Verbs of an infinitive that reports nothing: "declined to comment", "asked not to be named"."""
_BARE: Final = frozenset({"call", "brand", "label", "dub", "term", "speak of"})
"""Verbs of judgement that need no "as"."""
_AS: Final = frozenset({"as"})
_AFTER_AGENT: Final = (PREPOSITIONS - {"of"}) | {",", ".", ";", QUOTE}
_LAST: Final = frozenset(
    {"once", "spot", "immediately", "outright", "too", "well", "again", "away", "return", "principle"}
    | {"night", "week", "month", "year", "morning"}
)
"""What the last word of a trailing adverbial is, besides days: a quick test."""
_TRAILING: Final = re.compile(
    r"\s(?:at once|on the spot|immediately|outright|too|as well|again|yesterday|today|straight away|in return"
    r"|in principle|on \w+day|last (?:night|week|month|year)|this (?:week|month|year|morning)"
    r"|(?<!by )(?<!until )(?<!before )(?<!since )(?<!for )\w+day)$"
)


def find_indirect(
    text: str, sentence: Sentence, uses: list[Use], taken: set[int], spent: set[int]
) -> Iterator[Indirect]:
    """Yield the reported clauses of a sentence from left to right.

    ``taken`` are the places of the quotations that are direct, ``spent`` those of the cues that report them.
    """
    free = [use for use in uses if use.place not in spent]
    reporter = outlet_comma(text, sentence, free)
    if reporter is not None:
        comma, source = reporter
        inner = first_words(sentence, comma)
        for clause in _run(text, inner, [use for use in free if use.place < comma], 0, taken, spent):
            clause.source = source
            yield clause
        return
    whole = according(sentence, taken) or closing(sentence, free, taken) or inside(sentence, free, taken)
    if whole is not None:
        yield whole
        if whole.rule != "according-to" or whole.cue.first > 0:
            later = [use for use in uses if use.place >= whole.cue.last and use.cue.form == ING]
            yield from _run(text, sentence, later, whole.last, taken, spent, whole.subject)
        return
    yield from _run(text, sentence, uses, 0, taken, spent)


def _run(
    text: str,
    sentence: Sentence,
    uses: list[Use],
    covered: int,
    taken: set[int],
    spent: set[int],
    last: Subject | None = None,
) -> Iterator[Indirect]:
    by_place = {use.place: use for use in uses}
    for use in uses:
        if use.place in spent or use.place < covered or any(use.after <= place <= use.after + 1 for place in taken):
            continue
        subject = _subject(sentence, use, last)
        last = subject or last
        judges = "as" in use.cue.complements or sentence.lows[use.after : use.after + 1] == ["as"]
        if judges and (named := _named(text, sentence, use, subject, taken)) is not None:
            covered = named.last
            yield named
            continue
        governed = complement(sentence, use)
        if governed is None or any(use.place < place < governed.start for place in taken):
            continue
        end = clause_end(sentence, governed.start, by_place)
        if _is_subordinate(sentence, use, subject):
            end = min(end, _comma_from(sentence, governed.start))
        if any(governed.start <= place < end for place in taken):
            continue
        clause = _clause(sentence, use, governed, end, subject)
        if clause is not None:
            covered = max(covered, clause.last)
            yield clause


def _clause(sentence: Sentence, use: Use, governed: Complement, end: int, subject: Subject | None) -> Indirect | None:
    if governed.kind == "to" and not _EMPTY.isdisjoint(sentence.lows[governed.start + 1 : governed.start + 4]):
        return None
    if governed.kind == "object":
        end = _trim(sentence, governed.start, end)
    if governed.kind != "that":
        end = _one_clause(sentence, governed.start, end)
    size = end - governed.start
    if size < 1 or (size < 2 and governed.kind == "that"):
        return None
    if subject is None and not use.passive and use.cue.form in (BASE, ING):
        return None
    patient = Span(governed.start, governed.patient) if governed.kind == "patient" and governed.patient else None
    rule = {"that": "indirect", "to": "indirect-infinitive"}.get(governed.kind, "indirect-" + governed.kind)
    return Indirect(governed.start, end, Span(use.place, use.after), subject, rule, use, patient)


def _one_clause(sentence: Sentence, first: int, last: int) -> int:
    """Return the end of what is no clause, before a clause of the author's: "accuses X of it, and [a case began]"."""
    lows = sentence.lows
    for k in range(first + 1, last - 3):
        if lows[k] == "," and lows[k + 1] in ("and", "but") and (lows[k + 2] in DETERMINERS or lows[k + 2] in PRONOUNS):
            rest = lows[k + 2 : last]
            size = rest.index(",") if "," in rest else len(rest)
            if any(is_verb(sentence, p) for p in range(k + 3, min(k + 2 + size, k + 9))):
                return k
    return last


def _subject(sentence: Sentence, use: Use, last: Subject | None) -> Subject | None:
    subject = before_cue(sentence, use)
    if subject is not None:
        return None if use.passive else subject
    return last or main_subject(sentence, use.group)


def _is_subordinate(sentence: Sentence, use: Use, subject: Subject | None) -> bool:
    """Whether the clause ends at the next comma: "Ana, who says [it failed], left"; "While Iran says [so], ..."."""
    lows = sentence.lows
    if use.group > 1 and lows[use.group - 1] in ("which", "who"):
        return lows[use.group - 2] == ","
    return subject is not None and subject.core.first == 1 and lows[0] in SUBORDINATORS


def _comma_from(sentence: Sentence, first: int) -> int:
    return sentence.lows.index(",", first) if "," in sentence.lows[first:] else len(sentence.lows)


def _trim(sentence: Sentence, first: int, last: int) -> int:
    """Return the end of a noun phrase without a closing adverbial such as "on the spot"."""
    closing = sentence.lows[last - 1]
    if closing not in _LAST and not closing.endswith("day"):
        return last
    found = _TRAILING.search(" " + " ".join(sentence.lows[first:last]))
    if not found:
        return last
    return max(first + 1, last - len(found.group().split()))


def _named(text: str, sentence: Sentence, use: Use, subject: Subject | None, taken: set[int]) -> Indirect | None:
    """Return the judgement in 'called the talks "useful"' and 'dismissed as "sweet talk"'."""
    lows = sentence.lows
    for place in range(use.after, min(len(sentence.lows), use.after + 24)):
        if lows[place] == QUOTE:
            if (
                place in taken
                or (place == use.after and lows[place + 1 : place + 2] != ["by"] and not use.cue.second)
                or (is_title(_inner(text, sentence, place)) and lows[place - 1] != "as")
            ):
                return None
            between = lows[use.after : place]
            if between in (["itself"], ["himself"], ["herself"], ["themselves"]):
                return None
            if use.cue.form == BASE and between in (["it"], ["them"], ["him"], ["her"]):
                return None
            if use.passive or (place == use.after and not use.cue.second):
                subject = _agent(sentence, use.after, place) or _agent(sentence, place, len(lows))
            if any(low in NAMING for low in between) or (use.cue.lemma not in _BARE and not _AS & set(between[-3:])):
                return None
            return Indirect(place, place + 1, Span(use.place, use.after), subject, "mixed", use, None, False)
        if (
            lows[place] in (";", ":", DASH)
            or lows[place] in _STOPS
            or (lows[place] in CONJUNCTIONS and place + 1 < len(lows) and is_verb(sentence, place + 1))
        ):
            return None
    return None


def _agent(sentence: Sentence, first: int, last: int) -> Subject | None:
    for k in range(first, last):
        if sentence.lows[k] == "by":
            end = k + 1
            while end < last and sentence.lows[end] not in _AFTER_AGENT:
                end += 1
            return Subject(Span(k + 1, end), None)
    return None


def _inner(text: str, sentence: Sentence, place: int) -> str:
    quotation = sentence.quotes[place]
    return text[quotation.start : quotation.end]


def quoted_words(text: str, sentence: Sentence, clause: Indirect) -> Iterator[int]:
    """Yield the places of quoted words inside a clause that are speech, not titles or words as words."""
    for place in range(clause.first, clause.last):
        if sentence.lows[place] != QUOTE:
            continue
        before = sentence.lows[place - 1] if place else ""
        if before in NAMING and clause.outer and before != "called":
            continue
        words = _inner(text, sentence, place)
        if not (clause.outer and is_title(words)):
            yield place
