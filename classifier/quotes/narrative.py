"""Whom the narrative of an article speaks of, sentence by sentence: the antecedents of those who speak."""

import re
from dataclasses import dataclass, field
from typing import Final

from classifier.quotes.direct import announcing, subject_of
from classifier.quotes.entities import BODY, DOCUMENT, PERSON, PLURAL, PRONOUN, Speaker, is_proper
from classifier.quotes.genres import Genre
from classifier.quotes.main_subjects import bare_subject, main_subject, met, second_subject
from classifier.quotes.mentions import find_mention, words_at
from classifier.quotes.nouns import Mention
from classifier.quotes.segment import Sentence
from classifier.quotes.speakers import Cast
from classifier.quotes.subjects import Span, Subject
from classifier.quotes.verbs import Use
from classifier.quotes.words import GIVEN

LONGEST_SUBJECT: Final = 30
"""Words at the head of a sentence in which its subject is looked for."""

_GROUP: Final = re.compile(r"\bon behalf of ((?:the )?[^\W\d_a-z][^,.;]*)")
_OWNERS: Final = frozenset({"his", "her", "their"})
_THOUGHT: Final = frozenset({"say", "think", "make", "feel", "believe", "reckon", "answer", "remember", "mean"})
"""Verbs of a question of the author's that makes whom it names the next to speak."""
_ANTECEDENTS: Final = {"it": (BODY, PLURAL), "they": (BODY, PLURAL), "he": (PERSON,), "she": (PERSON,)}
"""What a pronoun later in a sentence may take up from its subject."""
_APART: Final = 5
"""Words before a cue that may hold a subject of their own: "His wife, Donatella, chose a word that she denies"."""


class Attribution:
    """Who said it by which cue, and the outlet or document that reports so."""

    def __init__(self, speaker: Speaker, cue: str | None, source: str | None = None) -> None:
        self.speaker = speaker
        self.cue = cue
        self.source = source


@dataclass(slots=True)
class Narrative:
    """Follows whom the sentences of one article are about."""

    text: str
    cast: Cast
    genre: Genre
    person: Mention | None = field(init=False, default=None)
    """Whom the paragraph has named since its last statement."""
    before: Mention | None = field(init=False, default=None)
    """Whom the paragraph before, which has no statement, is about."""
    main: tuple[Sentence, Subject | None] | None = field(init=False, default=None)
    """The sentence whose main subject was asked for last, and that subject."""

    def begin_paragraph(self) -> None:
        """Count a paragraph."""
        self.cast.focus.paragraph += 1
        self.person, self.before = self.before, None

    def begin_sentence(self, sentence: Sentence, uses: list[Use]) -> None:
        """Remember everybody whom a sentence names."""
        self.cast.focus.next_sentence()
        if (
            sentence.lows[0] in _OWNERS
            and sentence.lows[1:2] == ["name"]
            and (name := self.cast.roster.named_in(sentence.starts[0], sentence.ends[-1]))
        ):
            self.cast.name_last(*name)
        self.cast.notice(sentence, 0, uses[0].place if uses else len(sentence.lows))
        if self.cast.focus.paragraph == 1 and self.cast.firm is None:
            self._about_first(sentence)
        self._introduce(sentence, uses)

    def end_sentence(self, sentence: Sentence, uses: list[Use]) -> None:
        """Remember those whom a sentence names after its first cue, whom no pronoun before them meant."""
        if uses:
            self.cast.notice(sentence, uses[0].after, len(sentence.lows))

    def _about_first(self, sentence: Sentence) -> None:
        """Remember the body with a name of its own that the first sentence is about."""
        mention = self.mention(sentence, self._main_subject(sentence))
        if mention is None:
            return
        body = mention.kind == BODY
        named = body or mention.text.split()[0].lower() not in GIVEN
        if named and is_proper(mention.text) and (body or self.genre.is_release()):
            self.cast.firm = mention

    def _main_subject(self, sentence: Sentence) -> Subject | None:
        if self.main is None or self.main[0] is not sentence:
            self.main = (sentence, main_subject(sentence, min(len(sentence), LONGEST_SUBJECT)))
        return self.main[1]

    def _introduce(self, sentence: Sentence, uses: list[Use]) -> None:
        """Remember a person who is named in full before the first cue or quotation of a sentence."""
        last = uses[0].place if uses else len(sentence.lows)
        if sentence.quotes:
            last = min(last, min(sentence.quotes))
        named = self.cast.roster.named_in(sentence.starts[0], sentence.ends[last - 1]) if last else None
        if named is not None:
            name, start = named
            self.person = Mention(name, start, PERSON, name.split()[-1].lower(), name)
            self.cast.note(self.person)
        elif uses and uses[0].group > _APART:
            subject = main_subject(sentence, uses[0].group - 2)
            mention = self.mention(sentence, subject)
            if mention is not None and mention.kind == PERSON:
                self.cast.note(mention)

    def note(self, sentence: Sentence, uses: list[Use]) -> Attribution | None:
        """Remember whom a sentence without speech is about; return who speaks next where it announces that."""
        if not sentence.words[0][0].isupper() or (sentence.lows[-1] == "?" and _THOUGHT.isdisjoint(sentence.lows)):
            return None
        if sentence.lows[-1] == ":" and (use := announcing(sentence, uses)) is not None:
            said = words_at(self.text, sentence, Span(use.place, use.after))
            self.person = None
            return Attribution(self.speaker(sentence, subject_of(sentence, use)), said)
        if sentence.lows[-1] == ":" and len(sentence) <= 8:
            heading = self.mention(sentence, Subject(Span(0, len(sentence) - 1), None))
            return Attribution(self.cast.resolve(heading), None)
        subject = self._main_subject(sentence) or bare_subject(sentence, self.cast.known)
        mention = self.mention(sentence, subject)
        if mention is None or mention.head in ("i", "we"):
            mention = self.mention(sentence, met(sentence) or second_subject(sentence))
        if mention is not None and mention.head in ("he", "she"):
            self.cast.resolve(mention)
        if mention is None or mention.kind in (DOCUMENT, PRONOUN):
            return None
        if not (self._is_copula(sentence) and mention.name is None):
            self.cast.note(mention)
        self.person = mention if mention.kind == PERSON else self.person
        second = self.mention(sentence, second_subject(sentence)) if "," in sentence.lows else None
        if second is not None and second.kind == PERSON:
            self.cast.note(second)
        return None

    def _is_copula(self, sentence: Sentence) -> bool:
        """Whether the person introduced last is what the subject is: "Her driver that night was [Abu Nidal]"."""
        if self.person is None or self.person.start <= sentence.starts[0]:
            return False
        return self.text[self.person.start - 4 : self.person.start] in ("was ", " is ")

    def mention(self, sentence: Sentence, subject: Subject | None) -> Mention | None:
        """Return what a subject names; in a summary record, remember the group that a delegate speaks for."""
        mention = find_mention(self.text, sentence, subject, self.cast.known)
        if (
            subject is not None
            and subject.aside is not None
            and subject.aside.first < subject.aside.last
            and self.genre.is_summary()
        ):
            group = _GROUP.search(words_at(self.text, sentence, subject.aside))
            if group is not None:
                self.cast.note(Mention(group.group(1), sentence.starts[subject.aside.first], BODY, "group"))
        return mention

    def speaker(self, sentence: Sentence, subject: Subject | None, asker: str | None = None) -> Speaker:
        """Return who a subject is, or the subject of the sentence where there is none."""
        mention = self.mention(sentence, subject or bare_subject(sentence, self.cast.known))
        kinds = _ANTECEDENTS.get(mention.head, ()) if mention is not None else ()
        if kinds and subject is not None and subject.core.first > 3:
            main = self.mention(sentence, main_subject(sentence, subject.core.first))
            if main is not None and main.kind in kinds:
                self.cast.note(main)
        return self.cast.resolve(mention, asker)
