"""A throttle for each person: whoever sends very much in a minute is asked to wait, and nobody else waits.

Counted in memory alone: a restart forgets it. What came from somebody who was asked to wait is not kept, and
they have been told so.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Self

MOST = 30  # acts of one person in a minute: more than anybody needs, albums and all
MINUTE = timedelta(minutes=1)
PRESSES = 60  # buttons pressed in the minute of silence whose spinners are ended
PEOPLE = 10_000  # remembered at a time; the quietest are forgotten first


class Verdict(Enum):
    """What becomes of an act."""

    TAKEN = auto()
    TOLD = auto()  # the first too many: it is not taken, and whoever sent it is told
    PASSED_OVER = auto()


@dataclass
class _Silence:
    """A minute in which nothing of somebody is taken."""

    until: datetime
    presses: int = 0


class Throttle:
    """Counts acts by chat; `most` None takes all."""

    def __init__(self, most: int | None = MOST) -> None:
        self._most = most
        self._acts: OrderedDict[int, deque[datetime]] = OrderedDict()
        self._silences: dict[int, _Silence] = {}

    @classmethod
    def unlimited(cls) -> Self:
        """Take all: for a bot at home, whose clock may stand still."""
        return cls(None)

    def weigh(self, chat: int, now: datetime) -> Verdict:
        """Count an act, and tell what becomes of it."""
        if self._most is None:
            return Verdict.TAKEN
        silence = self._silences.get(chat)
        if silence is not None and now < silence.until <= now + MINUTE:
            return Verdict.PASSED_OVER
        self._silences.pop(chat, None)
        acts = self._acts.setdefault(chat, deque())
        self._acts.move_to_end(chat)
        while acts and not timedelta(0) <= now - acts[0] < MINUTE:
            acts.popleft()
        if len(acts) < self._most:
            acts.append(now)
            self._forget_the_quietest()
            return Verdict.TAKEN
        del self._acts[chat]
        self._silences[chat] = _Silence(now + MINUTE)
        return Verdict.TOLD

    def answers_press(self, chat: int) -> bool:
        """Count a pressed button that is not taken; tell whether it is answered, so that its spinner ends.

        A thumb is answered every time; what presses faster than that can wait until its phone gives up.
        """
        silence = self._silences.get(chat)
        if silence is None or silence.presses >= PRESSES:
            return False
        silence.presses += 1
        return True

    def _forget_the_quietest(self) -> None:
        if len(self._acts) > PEOPLE:
            self._acts.popitem(last=False)
        if len(self._silences) > PEOPLE:
            del self._silences[next(iter(self._silences))]
