"""The line, a circuit breaker: where Telegram can't be reached one caller tries; and what finds poison messages.

Pure: `now` is monotonic seconds and an argument. The line is down when a call certainly did not leave,
or when calls to three chats fail one after another. Then nothing leaves until a pause is over,
and then one call only: it finds the line up for all, or down for a longer pause (at most a minute).
So a day offline costs a call a minute, and no storm follows it. Each time another chat is tried, where
there is one, and a new one first: a few rows that never get through must not keep the line down for everybody.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.delivery.backoff import Again, decide
from bot.messages import TryLater
from bot.practice.ids import RowId

CHATS = 3  # that fail in a row
LONGEST = 60.0  # seconds between two tries
HINTED = 5.0  # seconds after a try at which a sign of life is believed
REMEMBERED = 1000  # failing rows
APART = 1200.0  # seconds between two failures that count as a row's own


@dataclass(frozen=True)
class Failing:
    """A row that fails: how often that counted, what was taken by its last failure, when one counted last."""

    times: int
    taken: int
    counted_at: float


class CircuitBreaker:
    """The line to Telegram."""

    def __init__(self) -> None:
        self._failing: set[int] = set()  # chats, since an answer, or in this round of tries
        self._failed: set[int] = set()  # chats, since an answer
        self._tries = 0
        self._tried_at = -math.inf
        self._opens_at = -math.inf

    @property
    def down(self) -> bool:
        """Tell whether it is known to be down."""
        return self._tries > 0

    @property
    def opens_at(self) -> float:
        """Tell when a call may be tried."""
        return self._opens_at

    def passing_over(self) -> Iterator[Collection[int]]:
        """Name the chats to pass over in the choice of whom to try, fewer and fewer.

        First all that have failed since an answer, then those that have in this round, then none: a new
        round begins.
        """
        yield self._failed
        yield self._failing
        self._failing.clear()
        yield ()

    def good(self) -> None:
        """Note an answer, whatever it says."""
        self._failing.clear()
        self._failed.clear()
        self._tries = 0
        self._opens_at = -math.inf

    def bad(self, chat: int, now: float, random01: float, *, certain: bool) -> None:
        """Note a call without an answer; `certain` where it cannot be the chat's fault."""
        self._failing.add(chat)
        self._failed.add(chat)
        if not (self.down or certain or len(self._failing) >= CHATS):
            return
        if now < self._opens_at:
            return  # it left before the line was known to be down
        step = decide(TryLater(everyone=True), self._tries, random01)
        pause = step.after.total_seconds() if isinstance(step, Again) else 0.0
        self._tries += 1
        self._tried_at = now
        self._opens_at = now + min(pause, LONGEST)

    def hint(self) -> None:
        """Note a sign of life: something came in, so the next try may be sooner."""
        self._opens_at = min(self._opens_at, self._tried_at + HINTED)


class Alone:
    """Rows that fail while others are taken: that is their own fault, and not the line's.

    A failure counts where another row has been taken since the one before, and once in a while only: trouble
    that is over in an hour or two counts a few times.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._rows: dict[RowId, Failing] = {}

    def taken(self, row: RowId) -> None:
        """Note a row that Telegram has taken."""
        self._taken += 1
        self._rows.pop(row, None)

    def failed(self, row: RowId, now: float) -> int:
        """Note a failure; tell how many of this row's have counted."""
        last = self._rows.pop(row, Failing(0, self._taken, -math.inf))
        counts = self._taken > last.taken and now - last.counted_at >= APART
        self._rows[row] = Failing(last.times + counts, self._taken, now if counts else last.counted_at)
        if len(self._rows) > REMEMBERED:
            del self._rows[next(iter(self._rows))]
        return self._rows[row].times
