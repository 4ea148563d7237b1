"""Speakers: later mentions are joined to the first where that is safe."""

import pytest

from classifier.quotes import extract


def speakers(text: str) -> list[str | None]:
    return [found.speaker for found in extract(text)]


FIRST = "French Foreign Minister Ana Lopez said the talks had failed. "


@pytest.mark.parametrize("later", ["Lopez", "Ms Lopez", "She", "Ana Lopez"])
def test_surnames_titles_and_pronouns_join_the_full_name(later: str) -> None:
    assert speakers(f"{FIRST}{later} blamed Russia for it.") == ["Ana Lopez", "Ana Lopez"]


def test_the_full_name_is_found_even_when_it_comes_later() -> None:
    assert speakers("Lopez said the talks had failed.\n\nAna Lopez is the minister.")[0] == "Ana Lopez"


def test_a_role_joins_the_one_person_who_has_it() -> None:
    assert speakers("Brig. Gen. Thura Kyaw said it was over. The general said divers had gone.")[1] == "Thura Kyaw"


def test_a_body_keeps_its_fullest_form() -> None:
    text = "The African Union Commission deplores the closure. The Commission urges calm. It rejects the charge."
    assert set(speakers(text)) == {"The African Union Commission"}


def test_a_pronoun_without_antecedent_has_a_reason() -> None:
    (found,) = extract("She said it was over.")
    assert (found.speaker, found.reason) == (None, "a pronoun without a safe antecedent")


def test_a_document_is_no_speaker() -> None:
    (found,) = extract("According to a confidential report, four people died.")
    assert (found.speaker, found.reason) == (None, "a document")


def test_the_actor_comes_from_role_affiliation_or_apposition() -> None:
    actors = [
        found.actor
        for found in extract('"We go," said Han Do-yeol, South Korea\'s vice minister. "At once," Han said.')
    ]
    assert actors == ["KOR", "KOR"]


def test_speaker_start_points_at_the_mention() -> None:
    text = f"{FIRST}She blamed Russia for it."
    second = extract(text)[1]
    assert second.speaker_start is not None
    assert text[second.speaker_start :].startswith("She blamed")


@pytest.mark.parametrize(
    "text",
    [
        'Skipper Ana Lopez won. "It was hard," said the skipper.',
        'Ana Lopez, 31, won. "It was hard," the 31-year-old said.',
        'Ana Lopez, a botanist, won. Bo Lund lost. "It was hard," said the botanist.',
        'The minister disagrees. Ana Lopez has her own view. "It was hard," the minister told the Daily Post.',
        'Ana Lopez, known to friends as Big Lop, won. "It was hard," said Lop.',
        'Their leader is Ana Lopez. "It was hard," she said.',
    ],
)
def test_roles_ages_and_nicknames_join_who_bears_them(text: str) -> None:
    assert speakers(text) == ["Ana Lopez"]


def test_a_pronoun_skips_whoever_has_another_gender() -> None:
    text = 'Anna Berg praised Peter Lund. Peter Lund said it was late. "We go," she said.'
    assert speakers(text)[-1] == "Anna Berg"


def test_two_who_share_a_surname_stay_apart_and_together() -> None:
    text = 'Neighbours Ray and Sheila Boon rage. "It is dark," said Ray. "Very," said Sheila. "Help," said the couple.'
    assert speakers(text) == ["Ray Boon", "Sheila Boon", "Ray and Sheila Boon"]


def test_whom_the_first_paragraph_describes_the_second_one_names() -> None:
    text = (
        'A furious pensioner has vowed to fight on.\n\nDoris Cattermole, 81, was fined.\n\n"Never," said the pensioner.'
    )
    assert set(speakers(text)) == {"Doris Cattermole"}


def test_a_colon_announces_the_quotations_of_the_next_paragraph() -> None:
    text = "The chair, Ambassador Ana Lopez, said:\n\n“Two have agreed.”"
    assert speakers(text) == ["Ana Lopez"]


def test_a_quotation_after_a_paragraph_about_a_person_is_of_that_person() -> None:
    text = "“I row,” Bo Lund said.\n\nHis friend Ana Lopez bakes for the crew.\n\n“They eat a lot.”"
    assert speakers(text) == ["Bo Lund", "Ana Lopez"]


def test_places_and_firms_do_not_speak_for_people() -> None:
    text = 'Bo Lund rows across Lough Arda for the charity Little Lanterns. "I row," he said.'
    assert speakers(text) == ["Bo Lund"]


def test_a_capital_office_keeps_its_title() -> None:
    text = "Mr. Diallo (Mali) said that it was late.\n\nThe Chair said that it was not."
    assert speakers(text)[-1] == "The Chair"


def test_a_part_of_a_hyphenated_word_names_no_actor() -> None:
    found = extract('"It is over," the pro-Kremlin hackers said. "Not yet," the Kremlin said.')
    assert [said.actor for said in found] == [None, "RUS"]
