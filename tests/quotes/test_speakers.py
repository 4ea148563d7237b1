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
