"""The time that a person's chat shows: message dates, the age of updates and of callback queries.

Waiting (long polls, limits, latency) is not this clock's business: that is real, monotonic time.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tell the time: anything with this one method will do."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant in UTC."""
        return datetime.now(UTC)


class SteerableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = (start or datetime.now(UTC)).astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was last moved to."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move forward by a span; raises ValueError for a negative one."""
        if by < timedelta(0):
            raise ValueError("a clock moves forward; use set() to go back")
        self._now += by
        return self._now

    def set(self, to: datetime) -> datetime:
        """Move to an instant; raises ValueError for one without a zone."""
        if to.tzinfo is None:
            raise ValueError("an instant needs a zone")
        self._now = to.astimezone(UTC)
        return self._now
