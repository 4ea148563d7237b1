"""Descriptions, pronouns and releases: who is meant where the text does not repeat the name."""

import pytest

from classifier.quotes import extract


def speakers(text: str) -> list[str | None]:
    return [found.speaker for found in extract(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'Lee Brannigan, 41, was fined on Monday.\n\nThe plumber, from Ossington, fumed: "Never."',
            "Lee Brannigan",
        ),
        ('Pat Gillespie backed the couple.\n\n"Never," the retired dinner lady blasted.', "Pat Gillespie"),
        ('Neighbour Gavin Roe, 34, has CCTV.\n\n"Never," the IT consultant said.', "Gavin Roe"),
    ],
)
def test_a_description_is_of_the_person_spoken_of_last(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


def test_an_age_tells_apart_whom_a_description_may_be_of() -> None:
    text = (
        "Star Tiggy Lomax has left Brett Sandler.\n\nThe beauty, 24, has moved out.\n\n"
        'The former scaffolder, 27, has not. "Go," he wrote.'
    )
    assert speakers(text) == ["Brett Sandler"]


def test_those_whom_the_text_introduced_by_their_own_noun_stay_themselves() -> None:
    text = 'Isaac Feldman learned the trade from his uncle, Avrom. The uncle had one rule. "Never," he used to say.'
    assert speakers(text) == ["Avrom"]


def test_a_description_with_a_complement_is_of_nobody_else() -> None:
    text = 'Ana Lopez left. "Never," said the owner of the greenhouse.'
    assert speakers(text) == ["the owner of the greenhouse"]


def test_a_name_given_later_is_that_of_whom_the_text_described() -> None:
    text = '"Never," says the groundskeeper, a thin man.\n\nHis name is Eusebio Ferreyra. "Go," he says.'
    assert speakers(text) == ["Eusebio Ferreyra", "Eusebio Ferreyra"]


@pytest.mark.parametrize(
    "name", ["Desperate Ana", "Fiery Ana Lopez", "HEARTBROKEN Ana Lopez", "CEO Ana Lopez", "Vice-Minister Ana Lopez"]
)
def test_adjectives_ranks_and_compound_roles_are_no_part_of_a_name(name: str) -> None:
    assert speakers(f'Skipper Ana Lopez won. {name} said: "Never."') == ["Ana Lopez"]


def test_ministers_of_something_are_no_people_called_so() -> None:
    text = "The Ministry of Foreign Affairs condemns the raid. The Ministry urges calm."
    assert set(speakers(text)) == {"The Ministry of Foreign Affairs"}


def test_firms_and_initials_join_their_name() -> None:
    text = "Press Freedom Watch (PFW) called for calm. PFW urges talks. Parking firm ClampRight said it was late."
    assert speakers(text) == ["Press Freedom Watch", "Press Freedom Watch", "ClampRight"]


def test_we_of_a_press_release_is_its_firm_and_elsewhere_the_author() -> None:
    text = "Healing Hands International is growing its work.\n\nWe urge all sides to talk.\n\nMedia contact: Ana Lopez"
    assert speakers(text) == ["Healing Hands International"]
    assert speakers(text.replace("Media contact", "Author")) == []


def test_who_answers_is_not_who_asked() -> None:
    text = 'Kenzo Arai goes into schools. One boy asked him whether it was real. "No," he answered.'
    assert speakers(text)[-1] == "Kenzo Arai"


def test_somebody_of_the_family_may_speak_without_a_name() -> None:
    text = 'I counted the windows with my mother, who is 83. "Never," she said.'
    assert speakers(text) == ["my mother"]


def test_questions_of_the_author_do_not_change_who_speaks() -> None:
    text = '"We have a system," says Bridie Boon.\n\nAnd if Nuala needs something?\n\n"She has her own slate."'
    assert speakers(text) == ["Bridie Boon", "Bridie Boon"]


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ('"We go," Ana Lopez deadpanned.', "Ana Lopez", "quote-speaker-cue"),
        ('"You should have come!" Ana Lopez hoots.', "Ana Lopez", "quote-speaker-cue"),
        ('"We go," the retired maths master snorted.', "the retired maths master", "quote-speaker-cue"),
        ('"We go," remembers Ana Lopez.', "Ana Lopez", "quote-cue-speaker"),
        ('Ana Lopez is sure. "We go," she would say.', "Ana Lopez", "quote-speaker-cue"),
        ('Ana Lopez is sure. "We go," is her verdict.', "Ana Lopez", "verdict"),
        ('Ana Lopez is sure. "We go," was how she put it.', "Ana Lopez", "quote-speaker-cue"),
        ('An old man disagrees: "We stay."', "An old man", "colon"),
        ('From the back came a voice: "We stay."', "a voice", "colon"),
        ('In the words of Ana Lopez, who knows: "We stay."', "Ana Lopez", "colon"),
        ('Ana Lopez used to say: "We stay."', "Ana Lopez", "speaker-cue-quote"),
        ('Ana Lopez drew a cheer by shouting, "We stay!"', "Ana Lopez", "speaker-cue-quote"),
    ],
)
def test_reports_without_a_listed_cue_have_their_speaker(text: str, speaker: str, rule: str) -> None:
    (found,) = extract(text)
    assert (found.speaker, found.rule) == (speaker, rule)


def test_what_the_author_says_and_what_stands_on_signs_is_no_statement() -> None:
    assert extract('"The pie," I said.') == []
    assert extract('"Water is a right," said the posters.') == []
