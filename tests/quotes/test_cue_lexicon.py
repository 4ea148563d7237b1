"""The cue lexicon is as large and as regular as it says."""

from classifier.quotes.cues import BASE, COMPLEMENTS, ING, PAST, THIRD, read_cues


def test_there_are_two_hundred_cue_verbs_with_their_forms() -> None:
    forms: dict[str, set[str]] = {}
    for cues in read_cues().values():
        for cue in cues:
            forms.setdefault(cue.lemma, set()).add(cue.form)
    assert len(forms) >= 200
    assert all(found >= {THIRD, PAST, ING} for found in forms.values())
    assert {cue.form for cue in read_cues()["say"]} == {BASE}


def test_every_complement_is_documented() -> None:
    named = {kind for cues in read_cues().values() for cue in cues for kind in cue.complements}
    assert named == set(COMPLEMENTS)
