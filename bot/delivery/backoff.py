"""Backoff, what to do after a call: a pure decision from what became of it and how often it was tried.

| outcome                                | step                                                          |
|----------------------------------------|---------------------------------------------------------------|
| Sent, Withdrawn, Handed                | Done                                                          |
| Refused                                | GiveUp(why)                                                   |
| Unreachable                            | GiveUp("unreachable"), and the practice is told               |
| TryLater(after: Telegram's retry_after)| Again(after + up to a tenth), at most an hour at a time       |
| TryLater()                             | Again(1, 2, 4 ... 300 s, each between half and all of it)     |
| TryLater(), TRIES times, ALONE of them | GiveUp("fails alone")                                         |
| while others were taken                |                                                               |

Nothing is given up for the network's sake: a row's not-after time ends it, not its attempts. A row that
fails for hours while Telegram takes others fails by itself: it is given up, so that what stands behind it
in its chat leaves. What it was about is in the database, and /today shows it.
A retry_after of a day is honoured an hour at a time: one call then asks again, and is told the rest. A
bot that is silent for a day because of one wrong number would be worse than one refused call an hour.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.messages import Handed, Outcome, Refused, Sent, TryLater, Unreachable, Withdrawn

FIRST = timedelta(seconds=1)
LONGEST = timedelta(minutes=5)  # between two tries of our own choosing
LONGEST_TOLD = timedelta(hours=1)  # between two tries after a retry_after
TRIES = 100  # of our own choosing, after which a row that fails alone is given up: four to eight hours
ALONE = 10  # failures while others are taken, twenty minutes apart (see `line.Alone`): three hours
DOUBLINGS = 20  # past LONGEST long before; keeps the power small


@dataclass(frozen=True)
class Done:
    """Settle it: there is nothing more to do."""


@dataclass(frozen=True)
class Again:
    """Try again after `after`; `everyone` where all chats wait."""

    after: timedelta
    everyone: bool = False


@dataclass(frozen=True)
class GiveUp:
    """Settle it as failed; `reason` holds no words."""

    reason: str


RetryDecision = Done | Again | GiveUp


def decide(outcome: Outcome, attempt: int, random01: float, alone: int = 0) -> RetryDecision:
    """Decide the next step; `attempt` counts the tries before this one, `random01` is in [0, 1).

    `alone` counts the failures that were the row's own, because others were taken meanwhile.
    """
    match outcome:
        case Sent() | Withdrawn() | Handed():
            return Done()
        case Refused(why):
            return GiveUp(why)
        case Unreachable():
            return GiveUp("unreachable")
        case TryLater(after=None, everyone=False) if attempt >= TRIES and alone >= ALONE:
            return GiveUp("fails alone")
        case TryLater(after, everyone):
            return Again(_own(attempt, random01) if after is None else _told(after, random01), everyone)


def _told(after: timedelta, random01: float) -> timedelta:
    return min(min(after, LONGEST_TOLD) * (1 + random01 / 10), LONGEST_TOLD)


def _own(attempt: int, random01: float) -> timedelta:
    doublings: int = min(max(attempt, 0), DOUBLINGS)
    return min(LONGEST, FIRST * (1 << doublings)) * (0.5 + random01 / 2)
