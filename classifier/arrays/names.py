"""Runs of names: which units belong to the one before them, and which unit a run is read as."""

import numpy as np

from classifier.arrays.flags import ARTICLE, NAME, NAMELIKE, PERSON, PERSONAL, THING, Flags, Mask, Places


def runs(flags: Flags) -> Places:
    """Return the units that are left when runs of names are one, each run by the unit that it is read as.

    The twin of ``_join`` in :mod:`classifier.kernel`, behind its phrases.  A name takes in names, things, and articles
    before a name; the name of a person takes in more (:data:`PERSONAL`), which is walked one by one where it happens.
    """
    linked = np.zeros(len(flags), bool)
    alike = (flags & NAMELIKE != 0).nonzero()[0]
    linked[alike] = _linked(flags[alike], alike)
    for first, end in _personal(flags):
        linked[first:end] = _walk(flags[first:end].tolist())
    places = (~linked).nonzero()[0]
    # a run that begins with a thing or an article is read as the first name in it
    opening = (linked[1:] & ~linked[:-1] & (flags[:-1] & NAME == 0)).nonzero()[0]
    named = (flags & NAME != 0).nonzero()[0]
    read = places.copy()
    read[np.searchsorted(places, opening)] = named[np.searchsorted(named, opening)]
    return read


def _linked(flags: Flags, places: Places) -> Mask:
    """Return which of the units that may be part of a name belong to the one before."""
    opens = np.ones(len(places), bool)
    opens[1:] = places[1:] - places[:-1] != 1
    run = np.cumsum(opens) - 1
    named = (flags & NAME != 0).nonzero()[0]
    last = np.full(np.count_nonzero(opens), -1)
    last[run[named]] = named
    last = last[run]
    # behind the last name of a run things belong to it, up to an article
    articles = np.cumsum(flags & (NAME | THING) == 0)
    behind = (last >= 0) & (articles == articles[last])
    return np.asarray(~opens & ((np.arange(len(flags)) <= last) | behind))


def _personal(flags: Flags) -> list[tuple[int, int]]:
    """Return the ranges of units in which a person's name may take in what others do not."""
    after = ((flags & PERSONAL != 0) & (flags & (NAME | THING) == 0)).nonzero()[0]
    after = after[flags[after - 1] & (NAMELIKE | PERSONAL) != 0]
    if not len(after):
        return []
    others = (flags & (NAMELIKE | PERSONAL) == 0).nonzero()[0]
    which = np.unique(np.searchsorted(others, after))
    firsts, ends = others[which - 1] + 1, others[which]
    persons = (flags & PERSON != 0).nonzero()[0]
    some = np.searchsorted(persons, firsts) < np.searchsorted(persons, ends)
    return [*zip(firsts[some].tolist(), ends[some].tolist(), strict=True)]


def _walk(flags: list[int]) -> list[bool]:
    """Return which of some units beside one another belong to the one before, by what the kernel does."""
    linked = [False] * len(flags)
    named = person = behind = False
    waiting = 0
    for i, flag in enumerate(flags):
        if flag & NAME:
            if not named:
                for j in range(i - waiting + (not behind), i):
                    linked[j] = True
                person = person if behind else flag & PERSON != 0
            linked[i] = named or behind or waiting > 0
            named, behind, waiting = True, False, 0
        elif named and (flag & THING or (person and flag & PERSONAL)):
            linked[i] = True
        elif flag & (THING | ARTICLE):
            behind = behind or named
            named, waiting = False, waiting + 1
        else:
            named = behind = False
            waiting = 0
    return linked
