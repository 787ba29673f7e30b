"""Many short texts, each with what it means, of which only Python's hash is held.

A language knows a thousand courtesies. In a dict each takes 150 bytes; so, nine.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping


class Hashed:
    """A table that is asked and never listed.

    Python's hash has 64 bits: that an unknown text shares a known one's is not met in this life.
    """

    def __init__(self, meant: Mapping[str, str]) -> None:
        rows = sorted((hash(text), meaning) for text, meaning in meant.items())
        self._hashes = array("q", [key for key, _ in rows])
        self._meanings = tuple(sorted({*meant.values()}))
        self._meant = bytes(self._meanings.index(meaning) for _, meaning in rows)

    def get(self, text: str) -> str | None:
        """Return what a text means; None where it is not known."""
        key = hash(text)
        place = bisect_left(self._hashes, key)
        known = place < len(self._hashes) and self._hashes[place] == key
        return self._meanings[self._meant[place]] if known else None

    def __contains__(self, text: str) -> bool:
        return self.get(text) is not None
