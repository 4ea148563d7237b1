"""What has been found of words and phrases that were met before."""

from typing import Final, Generic, TypeVar

_Found = TypeVar("_Found")


class Memory(Generic[_Found]):
    """Strings and what was found of each, bounded; safe in several threads, since each step is one of a dictionary.

    It takes a quarter of the time of :func:`functools.lru_cache`, which a compiled module calls as an unknown object.
    """

    def __init__(self, size: int) -> None:
        """Remember ``size`` strings at most; over it, all are forgotten."""
        self._size: Final = size
        self._kept: Final[dict[str, _Found]] = {}

    def find(self, key: str) -> _Found | None:
        """Return what was kept of ``key``; None where it has not been met."""
        return self._kept.get(key)

    def keep(self, key: str, found: _Found) -> _Found:
        """Remember and return what was found of ``key``."""
        if len(self._kept) >= self._size:
            self._kept.clear()
        self._kept[key] = found
        return found
