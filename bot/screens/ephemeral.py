"""What is known in memory alone, each with a bound: a restart forgets it, and nothing on disk tells of it."""

from collections import OrderedDict
from datetime import datetime, timedelta
from itertools import count

from bot.actions.care import AGAIN

MOST = 512  # whispers at a time
PEOPLE = 10_000  # remembered at a time; the longest ago are forgotten first


class Whispers:
    """Words that are shown once to whoever they are about: a few, by number; the oldest goes first.

    A row of the outbox holds no words, and solo practice keeps none; a suggestion on it waits here until its
    message is rendered. A crash forgets it, and then the message comes without.
    """

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

    def text(self, number: int) -> str:
        """Return a text; empty where it is no more. A message may be rendered again, so it is not taken out."""
        return self._texts.get(number, "")


class Offered:
    """Who has been offered help before joining: in memory, so that nothing tells that somebody needed it."""

    def __init__(self) -> None:
        self._when: OrderedDict[int, datetime] = OrderedDict()

    def first(self, chat: int, now: datetime) -> bool:
        """Return whether help is to be offered: not again within a day. Notes that it is."""
        last = self._when.get(chat)
        if last is not None and timedelta(0) <= now - last < AGAIN:
            return False
        self._when[chat] = now
        self._when.move_to_end(chat)
        if len(self._when) > PEOPLE:
            self._when.popitem(last=False)
        return True
