"""From an article to its statements: the rooms of this package in their order."""

import re
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from classifier.quotes.attributions import Indirect
from classifier.quotes.direct import Direct, announcing, find_direct, is_spent, subject_of
from classifier.quotes.entities import NOBODY, Speaker, is_proper
from classifier.quotes.flashes import read_flash
from classifier.quotes.furniture import Body, Paragraph, find_body
from classifier.quotes.indirect import find_indirect, quoted_words
from classifier.quotes.labels import interviewee, labelled
from classifier.quotes.marks import Quotation, find_quotations, opens_with
from classifier.quotes.mentions import find_mention, words_at
from classifier.quotes.nouns import BODY, DOCUMENT, PERSON, PLURAL, PRONOUN, Mention
from classifier.quotes.segment import Sentence, split_sentences
from classifier.quotes.speakers import Cast
from classifier.quotes.statement import Kind, Statement, without_overlaps
from classifier.quotes.subjects import Span, Subject, bare_subject, main_subject, met, second_subject
from classifier.quotes.targets import find_target
from classifier.quotes.turns import Turn, read_turns
from classifier.quotes.verbs import Use, find_uses
from classifier.quotes.words import GIVEN

LONGEST_SUBJECT: Final = 30
"""Words at the head of a sentence in which its subject is looked for."""

_DELEGATE: Final = re.compile(
    r"^(?:\d{1,3}\.\s+)?(?:Mr|Ms|Mrs)\.\s[^\n:]{2,60}\([^\n()]+\),?\s[^\n:]{0,120}?(?:\bthat\b|ed\b)", re.M
)
"""How a paragraph of a summary record begins: "Ms. Ruiz (Mexico), replying, said that"."""
_GROUP: Final = re.compile(r"\bon behalf of ((?:the )?[^\W\d_a-z][^,.;]*)")
_SOURCE: Final = re.compile(r"\baccording to ((?:[Tt]he )?[^\W\d_a-z][\w'’&.-]*(?:\s[^\W\d_a-z][\w'’&.-]*)*)")
_RELEASE: Final = ("for immediate release", "for release", "to editors", "for editors") + tuple(
    f"{kind} {word}" for kind in ("media", "press") for word in ("contact", "office", "release", "enquiries", "inquiries")
)
"""What only a press release says of itself, which is then who "we" are."""
_RELEASE_LINE: Final = re.compile(r"\n(?:about [^\n.]{3,60}|ends)(?:\n|$)")
_NAMED: Final = (["his", "name"], ["her", "name"], ["their", "name"])
_THOUGHT: Final = frozenset({"say", "think", "make", "feel", "believe", "reckon", "answer", "remember", "mean"})
"""Verbs of a question of the author's that makes whom it names the next to speak."""
_APART: Final = 5
"""Words before a cue that may hold a subject of their own: "His wife, Donatella, chose a word that she denies"."""
_SIGNS: Final = frozenset({"poster", "posters", "sign", "signs", "banner", "banners", "placard", "placards"})
_NOBODY: Final = frozenset({"neither", "nobody", "no", "none", "not"})


class Attribution(NamedTuple):
    """Who said it by which cue, and the outlet or document that reports so."""

    speaker: Speaker
    cue: str | None
    source: str | None = None


@dataclass(slots=True)
class Reader:
    """Reads one article; each instance is used once."""

    text: str
    plain: str = field(init=False)
    """The text with straight apostrophes, of the same length."""
    body: Body = field(init=False)
    cast: Cast = field(init=False)
    summary: bool = field(init=False)
    """Whether the article is a summary record, whose sentences go on with a speech without a cue."""
    found: list[Statement] = field(init=False, default_factory=list)
    last: Attribution = field(init=False, default=Attribution(NOBODY, None))
    """What floating quotations and continued speeches take over."""
    person: Mention | None = field(init=False, default=None)
    """Whom the paragraph has named since its last statement."""
    about: Mention | None = field(init=False, default=None)
    """Whom the paragraph before, which has no statement, is about."""
    main: tuple[Sentence, Subject | None] | None = field(init=False, default=None)
    """The sentence whose main subject was asked for last, and that subject."""
    running: list[int] = field(init=False, default_factory=list)
    """Statements that run on over paragraphs and have met no cue yet."""

    def __post_init__(self) -> None:
        """Find the body and the names of the article."""
        self.plain = self.text.replace("’", "'")
        self.body = find_body(self.text)
        reached = self.body.paragraphs[0].start if self.body.paragraphs else 0
        head = [paragraph for paragraph in self.body.head if paragraph.start < reached]
        spans = [(paragraph.start, paragraph.end) for paragraph in (*head, *self.body.paragraphs)]
        self.cast = Cast(self.text, spans, self.text[: min(reached, 400)], _is_release(self.text[:3000]))
        start = self.text[:2000]
        self.summary = "summary record" in start.lower() or (("Mr" in start or "Ms" in start) and _DELEGATE.search(start) is not None)

    def read(self) -> list[Statement]:
        """Return the statements in the order of their start, the longer first."""
        paragraphs = self.body.paragraphs
        turns = read_turns(self.text, paragraphs)
        for place, paragraph in enumerate(paragraphs):
            if place in turns:
                for turn in turns[place]:
                    self._turn(turn)
            elif not self._flash(paragraph):
                following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
                self._paragraph(paragraph, following)
        if self.cast.renamed:
            self.found = [
                replace(said, speaker=self.cast.renamed.get(said.speaker or "", said.speaker)) for said in self.found
            ]
        return without_overlaps(sorted(self.found, key=lambda statement: (statement.start, -statement.end)))

    def _turn(self, turn: Turn) -> None:
        if turn.asks:
            self._paragraph(Paragraph(turn.start, turn.end), None)
        elif turn.label == "A":
            self._add(
                turn.start,
                turn.end,
                "direct",
                "turn",
                Attribution(interviewee(self.cast.roster, turn.label_start), ":"),
            )
        else:
            speaker = labelled(self.cast.roster, turn.label.split(), turn.label_start, turn.country)
            self._add(turn.start, turn.end, "direct", "turn", Attribution(speaker, ":"))

    def _flash(self, paragraph: Paragraph) -> bool:
        flash = read_flash(self.text, paragraph, self.cast.known)
        if flash is None:
            return False
        said = Attribution(self.cast.resolve(flash.mention), ":")
        self._add(flash.start, flash.end, "indirect", "colon", said)
        for quotation in find_quotations(self.text, flash.start, flash.end):
            self._add(quotation.start, quotation.end, "mixed", "mixed", said)
        return True

    def _paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        mark = opens_with(self.text, following.start) if following is not None else ""
        quotations = find_quotations(self.text, paragraph.start, paragraph.end, mark)
        self.cast.focus.paragraph += 1
        self.person = self.about
        self.about = None
        first = len(self.found)
        for sentence in split_sentences(self.plain, paragraph.start, paragraph.end, quotations):
            before = len(self.found)
            self._sentence(sentence, find_uses(sentence), first)
            if self.summary and first < before == len(self.found) and sentence.lows[-1] == "." and len(sentence) > 2:
                self._add(sentence.starts[0], sentence.ends[-2], "indirect", "continued", self.last)
        if first == len(self.found):
            self.about = self.person

    def _sentence(self, sentence: Sentence, uses: list[Use], first: int) -> None:
        before = len(self.found)
        self.cast.focus.next_sentence()
        if sentence.lows[:2] in _NAMED and (name := self.cast.roster.named_in(sentence.starts[0], sentence.ends[-1])):
            self.cast.name_last(*name)
        self.cast.notice(sentence)
        if self.cast.focus.paragraph == 1 and self.cast.firm is None:
            self._about(sentence)
        self._introduce(sentence, uses)
        direct = find_direct(self.text, sentence, uses) if sentence.quotes else []
        for quotation in direct:
            self._direct(sentence, quotation, first == len(self.found))
        if uses or "according" in sentence.lows:
            taken = {quotation.place for quotation in direct}
            spent = {use.place for use in uses if any(is_spent(use, quotation) for quotation in direct)}
            for clause in find_indirect(self.text, sentence, uses, taken, spent):
                self._indirect(sentence, clause)
        if len(self.found) == before:
            self._note(sentence, uses)

    def _about(self, sentence: Sentence) -> None:
        """Remember the body with a name of its own that the first sentence is about."""
        mention = self._mention(sentence, self._main_subject(sentence))
        if mention is None or not is_proper(mention.text):
            return
        if mention.kind == BODY or (self.cast.release and mention.text.split()[0].lower() not in GIVEN):
            self.cast.firm = mention

    def _main_subject(self, sentence: Sentence) -> Subject | None:
        if self.main is None or self.main[0] is not sentence:
            self.main = (sentence, main_subject(sentence, min(len(sentence), LONGEST_SUBJECT)))
        return self.main[1]

    def _introduce(self, sentence: Sentence, uses: list[Use]) -> None:
        """Remember a person who is named in full before the first cue or quotation of a sentence."""
        last = min(uses[0].place if uses else len(sentence), min(sentence.quotes, default=len(sentence)))
        named = self.cast.roster.named_in(sentence.starts[0], sentence.ends[last - 1]) if last else None
        if named is not None:
            name, start = named
            self.person = Mention(name, start, PERSON, name.split()[-1].lower(), name)
            self.cast.note(self.person)
        elif uses and uses[0].group > _APART:
            subject = main_subject(sentence, uses[0].group - 2)
            mention = self._mention(sentence, subject)
            if mention is not None and mention.kind == PERSON:
                self.cast.note(mention)

    def _note(self, sentence: Sentence, uses: list[Use]) -> None:
        """Remember whom a sentence without speech is about."""
        if not sentence.words[0][0].isupper() or (sentence.lows[-1] == "?" and _THOUGHT.isdisjoint(sentence.lows)):
            return
        if sentence.lows[-1] == ":" and (use := announcing(sentence, uses)) is not None:
            said = words_at(self.text, sentence, Span(use.place, use.after))
            self.last = Attribution(self._speaker(sentence, subject_of(sentence, use)), said)
            self.person = None
            return
        if sentence.lows[-1] == ":" and len(sentence) <= 8:
            heading = self._mention(sentence, Subject(Span(0, len(sentence) - 1), None))
            self.last = Attribution(self.cast.resolve(heading), self.last.cue)
            return
        subject = self._main_subject(sentence) or bare_subject(sentence, self.cast.known)
        mention = self._mention(sentence, subject)
        if mention is None or mention.head in ("i", "we"):
            mention = self._mention(sentence, met(sentence) or second_subject(sentence))
        if mention is not None and mention.head in ("he", "she"):
            self.cast.resolve(mention)
        if mention is None or mention.kind in (DOCUMENT, PRONOUN):
            return
        if not (self._is_copula(sentence) and mention.name is None):
            self.cast.note(mention)
        self.person = mention if mention.kind == PERSON else self.person

    def _is_copula(self, sentence: Sentence) -> bool:
        """Whether the person introduced last is what the subject is: "Her driver that night was [Abu Nidal]"."""
        if self.person is None or self.person.start <= sentence.starts[0]:
            return False
        return self.text[self.person.start - 4 : self.person.start] in ("was ", " is ")

    def _mention(self, sentence: Sentence, subject: Subject | None) -> Mention | None:
        mention = find_mention(self.text, sentence, subject, self.cast.known)
        if (
            self.summary
            and subject is not None
            and subject.aside is not None
            and subject.aside.first < subject.aside.last
        ):
            group = _GROUP.search(words_at(self.text, sentence, subject.aside))
            if group is not None:
                self.cast.note(Mention(group.group(1), sentence.starts[subject.aside.first], BODY, "group"))
        return mention

    def _speaker(self, sentence: Sentence, subject: Subject | None) -> Speaker:
        mention = self._mention(sentence, subject or bare_subject(sentence, self.cast.known))
        if mention is not None and mention.head in ("it", "they") and subject is not None and subject.core.first > 3:
            main = self._mention(sentence, main_subject(sentence, subject.core.first))
            if main is not None and main.kind in (BODY, PLURAL):
                self.cast.note(main)
        return self.cast.resolve(mention)

    def _direct(self, sentence: Sentence, direct: Direct, fresh: bool) -> None:
        quotation = sentence.quotes[direct.place]
        rule, use = direct.rule, direct.use
        if rule != "floating":
            cue = ":" if use is None else words_at(self.text, sentence, Span(use.place, use.after))
            said = Attribution(self._speaker(sentence, direct.subject), cue)
            if said.speaker.reason == "the author or reader" or self._on_sign(sentence, direct):
                return
        elif self.person is not None:
            said, rule = Attribution(self.cast.resolve(self.person), None), "floating-subject"
        else:
            said = self.last
        if "according" in sentence.lows:
            outlet = _SOURCE.search(self.text, quotation.right, sentence.ends[-1])
            said = said._replace(source=outlet.group(1).rstrip(".") if outlet else None)
        self._add(quotation.start, quotation.end, "direct", rule, said)
        self._settle(use is not None, quotation, fresh)

    def _on_sign(self, sentence: Sentence, direct: Direct) -> bool:
        """Whether '"Water is a right," said the posters' reports what stands on something."""
        core = direct.subject.core if direct.subject is not None and direct.use is not None else None
        return core is not None and core.last <= len(sentence) and sentence.lows[core.last - 1] in _SIGNS

    def _settle(self, cued: bool, quotation: Quotation, fresh: bool) -> None:
        """Give quotations that ran on from earlier paragraphs the speaker whom a later one names.

        ``fresh`` tells that the paragraph has no statement before this one.
        """
        if not cued and not quotation.closed and (fresh or self.running):
            self.running.append(len(self.found) - 1)
            return
        named = self.found[-1]
        for place in self.running if cued else ():
            self.found[place] = replace(
                named, quote=self.found[place].quote, start=self.found[place].start, end=self.found[place].end,
                rule="run-on", target=self.found[place].target,
            )  # fmt: skip
        self.running.clear()

    def _indirect(self, sentence: Sentence, clause: Indirect) -> None:
        subject, source = clause.subject, clause.source
        if subject is not None and sentence.lows[subject.core.first] in _NOBODY:
            return
        speaker = self._speaker(sentence, subject)
        if subject is None and clause.cue.first == 0 and clause.use is not None and not clause.use.passive:
            speaker = self.last.speaker  # a bulleted "urges all parties to talk" under "The Ministry:"
        if speaker.reason == "the author or reader":
            return
        if speaker.reason in ("an outlet", "a document") and subject is not None:
            source = words_at(self.text, sentence, subject.core)
        said = Attribution(speaker, words_at(self.text, sentence, clause.cue), source)
        patient = None
        if clause.patient is not None and clause.patient.first < clause.patient.last:
            patient = (sentence.starts[clause.patient.first], sentence.ends[clause.patient.last - 1])
        if clause.outer:
            start, end = sentence.starts[clause.first], sentence.ends[clause.last - 1]
            self._add(start, end, "indirect", clause.rule, said, patient)
        for place in quoted_words(self.text, sentence, clause):
            self._add(sentence.quotes[place].start, sentence.quotes[place].end, "mixed", "mixed", said)

    def _add(
        self, start: int, end: int, kind: Kind, rule: str, said: Attribution, patient: tuple[int, int] | None = None
    ) -> None:
        speaker = said.speaker
        target = find_target(self.text, start, end, speaker.actor, patient, rule == "indirect-object")
        self.found.append(
            Statement(
                speaker.name, speaker.start, speaker.actor, said.cue, self.text[start:end], start, end, kind, rule,
                speaker.reason, said.source, target,
            )
        )  # fmt: skip
        if kind != "mixed":
            self.last, self.person = said if said.source is None else said._replace(source=None), None


def _is_release(text: str) -> bool:
    """Whether a text in lower or upper case says that it is a press release."""
    low = text.lower()
    near = any(word in low for word in ("release", "editors", "media ", "press "))
    return (near and any(sign in low for sign in _RELEASE)) or _RELEASE_LINE.search(low) is not None
