"""Corrections from users as labelled statements."""

from classifier.feedback import Correction
from classifier.feedback import read_corrections as read_database
from training.corpus import Labelled, problems_of


def read_corrections(url: str) -> list[Labelled]:
    """Return the usable corrections in the feedback database at ``url``; one text's corrections share a group.

    Corrections that the codebook's scales do not allow are left out.  Raises TableError where there is no database.
    """
    return [_labelled(each) for each in read_database(url) if not list(problems_of(each.as_row()))]


def _labelled(correction: Correction) -> Labelled:
    row = correction.as_row()
    names = ("text", "act", "escalation", "tone", "target", "stance")
    return Labelled(
        id=str(row["id"]),
        genre="feedback",
        group=f"feedback: {correction.text}",
        **{name: row[name] for name in names},  # type: ignore[arg-type]
    )
