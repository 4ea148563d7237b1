"""Paragraphs as they stand: lines, joined where a text is hard-wrapped."""

from typing import Final

_INVISIBLE: Final = frozenset("\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What is skipped at the head of a line like white space: marks of direction and of no width."""


class Paragraph:
    """``text[start:end]``, without bullet, number or dateline before it."""

    def __init__(self, start: int, end: int, bullet: bool = False) -> None:
        self.start = start
        self.end = end
        self.bullet = bullet


def read_paragraphs(text: str) -> list[Paragraph]:
    """Return the lines of ``text`` that are not empty, joined where a block is hard-wrapped."""
    found: list[Paragraph] = []
    block: list[Paragraph] = []
    breaks = reached = 0
    for line in text.splitlines(keepends=True):
        start, end = reached, reached + len(line.rstrip())
        reached += len(line)
        while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
            start += 1
        if start >= end:
            breaks += 1
            continue
        if breaks > 1 and block:
            found.extend(_unwrap(text, block))
            block = []
        breaks = 1
        block.append(Paragraph(start, end))
    found.extend(_unwrap(text, block))
    return found


def _unwrap(text: str, block: list[Paragraph]) -> list[Paragraph]:
    lengths = [line.end - line.start for line in block[:-1]]
    if len(block) < 2 or min(lengths) < 45 or max(lengths) > 100:
        return block
    if any(text[line.start] in "*•-" for line in block) or all(text[line.end - 1] in '.!?"”’' for line in block):
        return block
    return [Paragraph(block[0].start, block[-1].end)]
