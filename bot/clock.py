"""The clock: the one source of `now`, so that a story's mornings can be stepped through."""

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

GLANCE = 0.5  # seconds after which whoever waits on a stepped clock looks again, whatever woke or did not
LONGEST_WAIT = timedelta(seconds=30)  # a system clock that jumps is noticed within this time


class Clock(Protocol):
    """Tell the time and wait for it."""

    def now(self) -> datetime:
        """Tell the present instant, in UTC."""
        ...

    def monotonic(self) -> float:
        """Tell seconds that never step back, for pacing and timeouts."""
        ...

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Return when `until` has come or `wake` is set, whichever is first; early is allowed."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Tell the present instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Tell seconds that never step back."""
        return time.monotonic()

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Return when `until` has come, `wake` is set, or 30 seconds have passed."""
        left = LONGEST_WAIT if until is None else min(LONGEST_WAIT, until - self.now())
        with contextlib.suppress(TimeoutError):
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the wake.
            async with asyncio.timeout(max(0.0, left.total_seconds())):
                await wake.wait()


class SteppedClock:
    """A clock that moves when told to: for tests, the rehearsal and the demo.

    With `running`, it also runs on by itself, as a story's clock does between its jumps.
    """

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._base = start
        self._running = running
        self._origin = time.monotonic()
        self._waiting: set[asyncio.Timeout] = set()

    def now(self) -> datetime:
        """Tell the story's instant, in UTC."""
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._origin)

    def monotonic(self) -> float:
        """Tell the machine's own seconds: a story's jump must not look like patience."""
        return time.monotonic()

    def set(self, moment: datetime) -> None:
        """Move to an instant, forth or back, and wake whoever waits."""
        self._base, self._origin = moment, time.monotonic()
        for limit in self._waiting:
            if not limit.expired():
                limit.reschedule(asyncio.get_running_loop().time())

    def advance(self, step: timedelta) -> None:
        """Move by a step and wake whoever waits."""
        self.set(self.now() + step)

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Return when the clock is moved, `wake` is set, or a running clock has come to `until`."""
        left = None
        if until is not None:
            if until <= self.now():
                await asyncio.sleep(
                    0
                )  # whoever asks again and again must not keep everybody else from their turn
                return
            left = (until - self.now()).total_seconds() if self._running else None
        glance = GLANCE if left is None else min(GLANCE, left)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(glance) as limit:
                self._waiting.add(limit)
                try:
                    await wake.wait()
                finally:
                    self._waiting.discard(limit)


async def pause(clock: Clock, seconds: float) -> None:
    """Wait some of the machine's own seconds, whatever a stepped clock says meanwhile."""
    del clock
    await asyncio.sleep(seconds)
