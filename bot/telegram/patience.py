"""How much of one person at a time: whoever sends very much in a minute is asked to wait, and nobody else waits.

Counted in memory alone: a restart forgets it. What came from somebody who was asked to wait is not kept, and
they have been told so.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Self

MOST = 30  # acts of one person in a minute: more than anybody needs, albums and all
MINUTE = timedelta(minutes=1)
PEOPLE = 10_000  # remembered at a time; the quietest are forgotten first


class Verdict(Enum):
    """What becomes of an act."""

    TAKEN = auto()
    TOLD = auto()  # the first too many: it is not taken, and whoever sent it is told
    PASSED_OVER = auto()


class Patience:
    """Counts acts by chat; `most` None takes all."""

    def __init__(self, most: int | None = MOST) -> None:
        self._most = most
        self._acts: OrderedDict[int, deque[datetime]] = OrderedDict()
        self._until: dict[int, datetime] = {}

    @classmethod
    def unlimited(cls) -> Self:
        """Take all: for a bot at home, whose clock may stand still."""
        return cls(None)

    def weigh(self, chat: int, now: datetime) -> Verdict:
        """Count an act, and tell what becomes of it."""
        if self._most is None:
            return Verdict.TAKEN
        until = self._until.get(chat)
        if until is not None and now < until <= now + MINUTE:
            return Verdict.PASSED_OVER
        self._until.pop(chat, None)
        acts = self._acts.setdefault(chat, deque())
        self._acts.move_to_end(chat)
        while acts and not timedelta(0) <= now - acts[0] < MINUTE:
            acts.popleft()
        if len(acts) < self._most:
            acts.append(now)
            self._forget_the_quietest()
            return Verdict.TAKEN
        del self._acts[chat]
        self._until[chat] = now + MINUTE
        return Verdict.TOLD

    def _forget_the_quietest(self) -> None:
        if len(self._acts) > PEOPLE:
            self._acts.popitem(last=False)
        if len(self._until) > PEOPLE:
            del self._until[next(iter(self._until))]
