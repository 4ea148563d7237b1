"""Each construction of news English: who is found to say what, and by which rule."""

import pytest

from classifier.quotes import Statement, extract


def said(text: str) -> list[tuple[str, str | None, str | None, str]]:
    return [(found.kind, found.speaker, found.cue, found.quote) for found in extract(text)]


def only(text: str) -> Statement:
    (found,) = extract(text)
    return found


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "rule"),
    [
        ('French President Emmanuel Macron said: "We will go."', "Emmanuel Macron", "said", "speaker-cue-quote"),
        ('"We will go," said French President Emmanuel Macron.', "Emmanuel Macron", "said", "quote-cue-speaker"),
        ('"We will go," French President Emmanuel Macron said.', "Emmanuel Macron", "said", "quote-speaker-cue"),
        (
            '"We will go," Cambodia\'s chief delegate, Vannak Sorphea, said.',
            "Vannak Sorphea",
            "said",
            "quote-speaker-cue",
        ),
        ('"We will go," said Jamila Begum, 43, who sells dried fish.', "Jamila Begum", "said", "quote-cue-speaker"),
        ('"We will go!" Ana Lopez shouted.', "Ana Lopez", "shouted", "quote-speaker-cue"),
        ('Ana Lopez told reporters in Paris: "We will go."', "Ana Lopez", "told", "speaker-cue-quote"),
        ('In a statement, the ministry said: "We will go."', "the ministry", "said", "speaker-cue-quote"),
        ('Asked about the deal, Ana Lopez replied: "We will go."', "Ana Lopez", "replied", "speaker-cue-quote"),
        ('"We will go," U.S. Ambassador to NATO Julianne Smith said.', "Julianne Smith", "said", "quote-speaker-cue"),
        ('"We will go," a senior U.S. official said.', "a senior U.S. official", "said", "quote-speaker-cue"),
    ],
)
def test_direct_quotations_have_the_speaker_of_their_cue(text: str, speaker: str, cue: str, rule: str) -> None:
    found = only(text)
    assert (found.kind, found.speaker, found.cue, found.rule) == ("direct", speaker, cue, rule)
    assert found.quote.startswith("We will go")


def test_an_interrupted_quotation_is_two_statements_of_one_speaker() -> None:
    assert said('"If it isn\'t," Rosa Payne warned, "we shall go."') == [
        ("direct", "Rosa Payne", "warned", "If it isn't,"),
        ("direct", "Rosa Payne", "warned", "we shall go."),
    ]


def test_floating_quotations_inherit_the_last_speaker_and_say_so() -> None:
    first, second = extract('"We tried," Ana Lopez said. "It failed."')
    assert (second.speaker, second.cue, second.rule) == ("Ana Lopez", "said", "floating")
    assert first.rule == "quote-speaker-cue"


def test_a_quotation_over_paragraphs_gets_the_speaker_named_after_it() -> None:
    found = extract('"They came at night.\n\n"We heard the trucks," Amina Diallo said.')
    assert [(statement.speaker, statement.rule) for statement in found] == [
        ("Amina Diallo", "run-on"),
        ("Amina Diallo", "quote-speaker-cue"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "quote"),
    [
        ("Kim said that the vote was rigged.", "Kim", "said", "the vote was rigged"),
        ("Kim said the vote was rigged.", "Kim", "said", "the vote was rigged"),
        ("Kim said on Monday that the vote was rigged.", "Kim", "said", "the vote was rigged"),
        ("The army said in a statement that it had fired.", "The army", "said", "it had fired"),
        ("The bridge is open, the ministry said on Sunday.", "the ministry", "said", "The bridge is open"),
        ("His orders, he said, had come late.", None, "said", "His orders, he said, had come late"),
        ("According to Kyiv, four people died.", "Kyiv", "According to", "four people died"),
        ("Four people died, according to Kyiv.", "Kyiv", "according to", "Four people died"),
        ("Iran rejected the offer.", "Iran", "rejected", "the offer"),
        ("Iran denies firing first.", "Iran", "denies", "firing first"),
        ("Iran agreed to talk.", "Iran", "agreed", "to talk"),
        ("Iran refused to sign.", "Iran", "refused", "to sign"),
        ("Iran promised a reply.", "Iran", "promised", "a reply"),
        ("Iran wants the Court to rule.", "Iran", "wants", "the Court to rule"),
        ("Iran demanded that the ships leave.", "Iran", "demanded", "the ships leave"),
        ("Iran called for calm.", "Iran", "called for", "calm"),
        ("Iran urged both sides to stop.", "Iran", "urged", "both sides to stop"),
        ("Iran accused Iraq of lying.", "Iran", "accused", "Iraq of lying"),
        ("Iran has offered to send doctors.", "Iran", "offered", "to send doctors"),
        ("Iran has not ruled out a strike.", "Iran", "ruled out", "a strike"),
        ("Kim told parliament that the vote was rigged.", "Kim", "told", "the vote was rigged"),
        ("Kim told the BBC he had slept.", "Kim", "told", "he had slept"),
        ("Kim told his men not to shoot.", "Kim", "told", "his men not to shoot"),
    ],
)
def test_indirect_speech_is_found_with_and_without_that(text: str, speaker: str | None, cue: str, quote: str) -> None:
    found = only(text)
    assert (found.kind, found.speaker, found.cue, found.quote) == ("indirect", speaker, cue, quote)


@pytest.mark.parametrize(
    "text",
    [
        "Iran did not say whether it would come.",
        "Neither side apologised for the shelling.",
        "A spokesman declined to comment.",
        "He would say anything to win.",
        "The so-called war has begun.",
        'The film "Walls with Windows" opens on Friday.',
        'Marchers held banners reading "Peace now".',
        "A man accused of spying was freed.",
        "The demands of the union are old.",
        "Rebels in Rakhine state fled.",
    ],
)
def test_what_reports_nobody_gives_nothing(text: str) -> None:
    assert extract(text) == []


def test_two_cues_are_two_statements_and_one_cue_is_one() -> None:
    assert [
        quote for *_, quote in said("Kim said the vote was rigged and that he would go, but refused to say when.")
    ] == [
        "the vote was rigged and that he would go",
        "to say when",
    ]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('Kim called the talks "useful".', [("mixed", "useful")]),
        ('Kim dismissed it as "a joke".', [("mixed", "a joke")]),
        ('Kim said the talks were "useful".', [("indirect", 'the talks were "useful"'), ("mixed", "useful")]),
        ('Kim accused Iraq of "lying".', [("indirect", 'Iraq of "lying"'), ("mixed", "lying")]),
    ],
)
def test_mixed_quotation_is_given_with_its_clause_or_alone(text: str, quotes: list[tuple[str, str]]) -> None:
    assert [(kind, quote) for kind, _, _, quote in said(text)] == quotes


def test_titles_and_words_as_words_inside_a_clause_are_not_mixed_quotations() -> None:
    assert [
        kind for kind, *_ in said('Kim said the song "Kiss Me Like a Officer" and the word "regime" were old.')
    ] == ["indirect"]


def test_a_passive_without_agent_has_no_speaker_and_a_reason() -> None:
    found = only("It was announced on Sunday that the summit would be late.")
    assert (found.speaker, found.reason) == (None, "no speaker named")


def test_an_outlet_is_the_source_and_not_the_speaker() -> None:
    found = only('"We will go," NATO Secretary General Jens Stoltenberg said, according to CNN.')
    assert (found.speaker, found.actor, found.source) == ("Jens Stoltenberg", "NATO", "CNN")
    assert only("Kim said the vote was rigged, state media reported on Friday.").speaker == "Kim"
    found = only("Bo Lund denied that the bridge was closed, according to the Harbour Herald.")
    assert (found.speaker, found.quote, found.source) == ("Bo Lund", "the bridge was closed", "Harbour Herald")


def test_the_pronoun_after_a_report_is_who_was_reported_and_not_the_outlet() -> None:
    text = "Ana Lopez denied it had rained, according to the Harbour Herald. But she warned that the bridge was closed."
    assert [each.speaker for each in extract(text)] == ["Ana Lopez", "Ana Lopez"]


def test_the_patient_of_the_cue_is_the_target() -> None:
    assert only("Iran accused Iraq of lying.").target == "Iraq"
    assert only("Iran urged both sides to stop.").target == "both sides"


def test_syndicated_copies_share_a_key() -> None:
    assert only("“We will go,” Ana Lopez said.").key == only("Ana Lopez said: 'We will  go.'").key


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("While Iran says it is safe, Iraq denies this.", ["it is safe", "this"]),
        ("The bridge is shut, the ministry said, adding that it would open.", ["The bridge is shut", "it would open"]),
        ("Iran declined to say when, but an aide, who left early, said it was near.", ["to say when", "it was near"]),
        ("Iran, which says it is safe, demands a letter.", ["it is safe", "a letter"]),
        ("Iran has denied the charge; Iraq insists it is true.", ["the charge", "it is true"]),
    ],
)
def test_a_clause_ends_where_the_next_cue_begins(text: str, quotes: list[str]) -> None:
    assert [quote for *_, quote in said(text)] == quotes


def test_a_cue_inside_what_names_the_speaker_reports_nothing() -> None:
    assert len(extract('"We are next," said Tomas, a barber who declined to give his surname.')) == 1


def test_a_first_person_author_is_no_speaker() -> None:
    assert extract("I asked which country the coffee came from.") == []
