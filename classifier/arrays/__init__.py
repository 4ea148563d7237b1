"""Batches in numpy: what :mod:`classifier.kernel` does text by text, for a block of texts at once.

Where the kernel runs as plain Python, a loop over units costs more than a hundred microseconds a text; here each step
is one call for all units of a block, an eighth of that.  This is the one deliberate twin of the kernel: the tests hold
both together, bit for bit where the kernel runs as plain Python, to 1e-12 where it is compiled.  Texts with a target,
and the few that want a closer look, are read by the kernel and only summed here.

``chunks`` makes tokens of texts, with ``lookup`` and ``letters`` for words that it has not seen; ``units``, with
``names``, makes units of tokens; ``scope``, with ``roles``, runs the automaton; ``words``, with ``spoken``,
``operators`` and ``feeling`` write the features; ``rows`` finds their rows and ``heads`` sums these; ``batches`` is
what the kernel calls.  A single text is read by the kernel; ``single`` finds the rows of its features.
"""

from classifier.arrays.batches import Batches, Read
from classifier.arrays.features import Blocks
from classifier.arrays.heads import Heads
from classifier.arrays.rows import Rows
from classifier.arrays.single import Keys, Single

__all__ = ["Batches", "Blocks", "Heads", "Keys", "Read", "Rows", "Single"]
