"""Whispers: words that are shown once to whoever they are about, and never stored.

A row of the outbox holds no words, and solo practice keeps none; a suggestion on it waits here, in memory,
until its message is rendered. A crash forgets it, and then the message comes without.
"""

from collections import OrderedDict
from itertools import count

MOST = 512


class Whispers:
    """A few texts, by number; the oldest goes when there are too many."""

    def __init__(self) -> None:
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._numbers = count(1)

    def keep(self, text: str) -> int:
        """Hold a text; 0 for none."""
        if not text:
            return 0
        number = next(self._numbers)
        self._texts[number] = text
        if len(self._texts) > MOST:
            self._texts.popitem(last=False)
        return number

    def hear(self, number: int) -> str:
        """Give a text; empty where it is no more. A message may be rendered again, so it is not taken out."""
        return self._texts.get(number, "")
