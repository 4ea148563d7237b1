"""Articles in, attributed statements out: who said what, where, and to whom, by rules that need no parser.

:func:`extract` reads an article's plain text.  The rooms, in the order in which they work: ``furniture`` (the body),
``turns`` (transcripts), ``marks`` (quotations), ``segment`` (sentences), ``clauses`` (cues and what they govern),
``subjects`` and ``nouns`` (who is named), ``direct`` and ``indirect`` (statements), ``roster``, ``entities`` and
``speakers`` (who that is), ``targets``; ``reader`` puts them together.
"""

from classifier.quotes.reader import Reader
from classifier.quotes.statement import Kind, Statement, statement_key

__all__ = ["Kind", "Statement", "extract", "statement_key"]


def extract(text: str) -> list[Statement]:
    """Return the statements of an article, in the order of their start, the longer first.

    No statement overlaps another, save a mixed one inside an indirect one; any text gives an answer, in time linear in
    its length.
    """
    return Reader(text).read()
