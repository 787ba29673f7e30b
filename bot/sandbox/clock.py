"""The time that a person's chat shows: message dates, the age of updates and of callback queries.

Waiting (long polls, limits, latency) is not this clock's business: that is real, monotonic time.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable


class Clock(Protocol):
    """Tell the time: anything with this one method will do."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


@runtime_checkable
class Steerable(Clock, Protocol):
    """A clock that can be moved; the control API and a snapshot move any such clock."""

    def advance(self, by: timedelta, /) -> object:
        """Move forward by a span."""
        ...

    def set(self, to: datetime, /) -> object:
        """Move to an instant."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant in UTC."""
        return datetime.now(UTC)


class SteerableClock:
    """A clock that can be moved. It stands still in between, or runs on in real time if `running`."""

    def __init__(
        self,
        start: datetime | None = None,
        *,
        running: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic: Callable[[], float] = monotonic if running else float
        self._at = (start or datetime.now(UTC)).astimezone(UTC)
        self._since = self._monotonic()

    def now(self) -> datetime:
        """Return the instant it was last moved to, and what has passed since if it runs."""
        return self._at + timedelta(seconds=self._monotonic() - self._since)

    def advance(self, by: timedelta) -> datetime:
        """Move forward by a span; raises ValueError for a negative one."""
        if by < timedelta(0):
            raise ValueError("a clock moves forward; use set() to go back")
        return self.set(self.now() + by)

    def set(self, to: datetime) -> datetime:
        """Move to an instant; raises ValueError for one without a zone."""
        if to.tzinfo is None:
            raise ValueError("an instant needs a zone")
        self._at, self._since = to.astimezone(UTC), self._monotonic()
        return self._at
