"""Articles in, attributed statements out: who said what, where, and to whom, by rules that need no parser.

:func:`extract` reads an article's plain text.  The rooms, in the order in which they work: ``paragraphs``,
``datelines`` and ``furniture`` (the body), ``genres`` and ``turns`` (releases, records, transcripts), ``marks``
(quotations), ``chunks`` and ``segment`` (words and sentences), ``verbs``, ``complements`` and ``clauses`` (cues and
what they govern), ``subjects`` and ``main_subjects`` (whose they are), ``direct``, ``unlisted`` and ``indirect``
(statements), ``nouns``, ``heads``, ``roles`` and ``mentions`` (what a phrase names), ``openings`` and ``naming`` (the
actors in it), ``runs``, ``roster`` and ``epithets`` (the names of the article and what stands next to them), ``focus``,
``descriptions``, ``pronouns`` and ``speakers`` (who that is), ``narrative`` (whom the text is about), ``targets``;
``reader`` puts them together.

The rooms run as they are, and where a C compiler is found mypyc compiles them: :data:`COMPILED` says which.  What they
hand on are plain classes, since even there a NamedTuple or dataclass is made by interpreted code, and what they know
of words and phrases that were met before is kept in a ``memory``.
"""

from pathlib import Path
from typing import Final

from classifier.quotes import reader
from classifier.quotes.statement import Kind, Statement, statement_key

__all__ = ["COMPILED", "Kind", "Statement", "extract", "statement_key"]

COMPILED: Final = Path(reader.__file__).suffix != ".py"
"""Whether the compiled rules run."""


def extract(text: str) -> list[Statement]:
    """Return the statements of an article, in the order of their start, the longer first.

    No statement overlaps another, save a mixed one inside an indirect one; any text gives an answer, in time linear in
    its length.
    """
    return reader.Reader(text).read()
