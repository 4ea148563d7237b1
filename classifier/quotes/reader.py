"""From an article to its statements: the rooms of this package in their order."""

import re
from dataclasses import dataclass, field
from typing import Final

from classifier.quotes.attributions import Indirect
from classifier.quotes.direct import Direct, find_direct, is_spent
from classifier.quotes.entities import NOBODY
from classifier.quotes.flashes import read_flash
from classifier.quotes.furniture import Body, find_body
from classifier.quotes.genres import Genre
from classifier.quotes.indirect import find_indirect, quoted_words
from classifier.quotes.labels import interviewee, labelled
from classifier.quotes.marks import Quotation, find_quotations, opens_with
from classifier.quotes.mentions import words_at
from classifier.quotes.narrative import Attribution, Narrative
from classifier.quotes.paragraphs import Paragraph
from classifier.quotes.segment import Sentence, split_sentences
from classifier.quotes.speakers import Cast
from classifier.quotes.statement import Kind, Statement, without_overlaps
from classifier.quotes.subjects import Span
from classifier.quotes.targets import find_target
from classifier.quotes.turns import Turn, read_turns
from classifier.quotes.verbs import Use, find_uses

_SOURCE: Final = re.compile(r"\baccording to ((?:[Tt]he )?[^\W\d_a-z][\w'’&.-]*(?:\s[^\W\d_a-z][\w'’&.-]*)*)")
_SIGNS: Final = frozenset({"poster", "posters", "sign", "signs", "banner", "banners", "placard", "placards"})
_ANSWERS: Final = frozenset({"answer", "reply", "respond", "retort"})
_NOBODY: Final = frozenset({"neither", "nobody", "no", "none", "not"})


@dataclass(slots=True)
class Reader:
    """Reads one article; each instance is used once."""

    text: str
    plain: str = field(init=False)
    """The text with straight apostrophes, of the same length."""
    body: Body = field(init=False)
    genre: Genre = field(init=False)
    cast: Cast = field(init=False)
    narrative: Narrative = field(init=False)
    found: list[Statement] = field(init=False, default_factory=list)
    last: Attribution = field(init=False, default=Attribution(NOBODY, None))
    """What floating quotations and continued speeches take over."""
    running: list[int] = field(init=False, default_factory=list)
    """Statements that run on over paragraphs and have met no cue yet."""

    def __post_init__(self) -> None:
        """Find the body and the names of the article."""
        self.plain = self.text.replace("’", "'")
        self.body = find_body(self.text)
        reached = self.body.paragraphs[0].start if self.body.paragraphs else 0
        head = [paragraph for paragraph in self.body.head if paragraph.end <= reached]
        spans = [(paragraph.start, paragraph.end) for paragraph in (*head, *self.body.paragraphs)]
        self.genre = Genre(self.text)
        self.cast = Cast(self.text, spans, self.text[: min(reached, 400)], self.genre)
        self.narrative = Narrative(self.text, self.cast, self.genre)

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
                said._replace(speaker=self.cast.renamed.get(said.speaker or "", said.speaker)) for said in self.found
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
        self.narrative.begin_paragraph()
        first = len(self.found)
        for sentence in split_sentences(self.plain, paragraph.start, paragraph.end, quotations):
            before = len(self.found)
            self._sentence(sentence, find_uses(sentence), first)
            if (
                first < before == len(self.found)
                and sentence.lows[-1] == "."
                and len(sentence) > 2
                and self.genre.is_summary()
            ):
                self._add(sentence.starts[0], sentence.ends[-2], "indirect", "continued", self.last)
        if first == len(self.found):
            self.narrative.before = self.narrative.person

    def _sentence(self, sentence: Sentence, uses: list[Use], first: int) -> None:
        before = len(self.found)
        self.narrative.begin_sentence(sentence, uses)
        direct = find_direct(self.text, sentence, uses) if sentence.quotes else []
        for quotation in direct:
            self._direct(sentence, quotation, first == len(self.found))
        if uses or sentence.has_according():
            taken = {quotation.place for quotation in direct}
            spent = {use.place for quotation in direct for use in uses if is_spent(use, quotation)}
            for clause in find_indirect(self.text, sentence, uses, taken, spent):
                self._indirect(sentence, clause)
        self.narrative.end_sentence(sentence, uses)
        if len(self.found) == before and (announced := self.narrative.note(sentence, uses)) is not None:
            self.last = announced if announced.cue is not None else Attribution(announced.speaker, self.last.cue)

    def _direct(self, sentence: Sentence, direct: Direct, fresh: bool) -> None:
        quotation = sentence.quotes[direct.place]
        rule, use = direct.rule, direct.use
        if rule != "floating":
            cue = ":" if use is None else words_at(self.text, sentence, Span(use.place, use.after))
            answers = use is not None and use.cue.lemma in _ANSWERS and (self.last.cue or "").startswith("ask")
            asker = self.last.speaker.name if answers else None
            said = Attribution(self.narrative.speaker(sentence, direct.subject, asker), cue)
            if said.speaker.reason == "the author or reader" or self._on_sign(sentence, direct):
                return
        elif self.narrative.person is not None:
            said, rule = Attribution(self.cast.resolve(self.narrative.person), None), "floating-subject"
        else:
            said = self.last
        if sentence.has_according():
            outlet = _SOURCE.search(self.text, quotation.right, sentence.ends[-1])
            said = Attribution(said.speaker, said.cue, outlet.group(1).rstrip(".") if outlet else None)
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
            run = self.found[place]
            self.found[place] = named._replace(
                quote=run.quote, start=run.start, end=run.end, rule="run-on", target=run.target
            )
        self.running.clear()

    def _indirect(self, sentence: Sentence, clause: Indirect) -> None:
        subject, source = clause.subject, clause.source
        if subject is not None and sentence.lows[subject.core.first] in _NOBODY:
            return
        speaker = self.narrative.speaker(sentence, subject)
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
            self.last = said if said.source is None else Attribution(said.speaker, said.cue)
            self.narrative.person = None
