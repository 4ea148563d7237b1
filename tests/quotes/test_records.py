"""Transcripts and records of meetings."""

from classifier.quotes import extract


def test_a_turn_is_one_statement_a_paragraph_under_the_full_name_of_its_label() -> None:
    text = (
        "Participants: Ana Lopez, minister\n\nMINISTER LOPEZ: Good morning.\n\nThank you for coming.\n\n"
        "MINISTER HALE: I agree."
    )
    assert [(found.speaker, found.cue, found.quote) for found in extract(text)] == [
        ("Ana Lopez", ":", "Good morning."),
        ("Ana Lopez", ":", "Thank you for coming."),
        ("HALE", ":", "I agree."),
    ]


def test_questions_are_no_statements_but_what_they_report_is() -> None:
    text = "SPOKESPERSON: Hello.\n\nQUESTION: Iran says it fired first. Is that so?\n\nSPOKESPERSON: No. (Laughter.)"
    assert [(found.kind, found.quote) for found in extract(text)] == [
        ("direct", "Hello."),
        ("indirect", "it fired first"),
        ("direct", "No."),
    ]


def test_a_verbatim_record_gives_speakers_their_state() -> None:
    text = (
        "The meeting was called to order at 3 p.m.\n\nThe President: I give the floor to Haiti.\n\n"
        "Mr. Delorme (Haiti) (spoke in French): We demand boats.\n\nThe meeting rose at 5 p.m."
    )
    assert [(found.speaker, found.actor, found.quote) for found in extract(text)] == [
        ("The President", None, "I give the floor to Haiti."),
        ("Delorme", "HTI", "We demand boats."),
    ]


def test_a_summary_record_carries_on_without_a_cue() -> None:
    text = (
        "Summary record\n\n1. Mr. Wachira (Kenya), speaking on behalf of the Group of African States, "
        "said that help was late. Vehicles had failed. The Group demanded money.\n\nThe meeting rose at 1 p.m."
    )
    assert [(found.speaker, found.rule, found.quote) for found in extract(text)] == [
        ("Wachira", "indirect", "help was late"),
        ("Wachira", "continued", "Vehicles had failed"),
        ("the Group of African States", "indirect-object", "money"),
    ]


def test_flash_lines_are_read_by_their_colon() -> None:
    lines = [
        "BREAKING",
        "ADEN, Nov 30 (Reuters) -",
        "* HOUTHI SPOKESMAN: SWAP SOON",
        "* Algeria recalls its envoy: ministry",
    ]
    assert [(found.speaker, found.cue, found.quote) for found in extract("\n\n".join(lines))] == [
        ("HOUTHI SPOKESMAN", ":", "SWAP SOON"),
        ("ministry", ":", "Algeria recalls its envoy"),
    ]


def test_bullets_have_the_speaker_of_the_line_above_them() -> None:
    text = "Latvia condemns the raid.\n\nThe Ministry of Defence:\n\n• urges all parties to talk;\n\n• denies any role."
    assert [found.speaker for found in extract(text)] == [
        "Latvia",
        "The Ministry of Defence",
        "The Ministry of Defence",
    ]


def test_a_thanked_farewell_ends_an_interview() -> None:
    text = "Q: Why?\n\nA: Because.\n\nQ: Thank you.\n\nA: Thank you.\n\nThe series will be shown on Friday."
    assert [found.quote for found in extract(text)] == ["Because.", "Thank you."]
