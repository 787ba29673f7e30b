"""The heartbeat, the scheduler: does what has fallen due, and waits for what falls due next."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.clock import Clock, pause
from bot.supervise import heed_cancellation
from bot.vitals import Vitals
from storage.errors import StorageError

log = logging.getLogger(__name__)

Beat = Callable[[datetime], Awaitable[datetime | None]]
LEAST_WAIT = 0.1  # seconds: a beat that leaves something due behind does not run hot
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds before a beat that failed is tried again


class Heartbeat:
    """Calls `beat(now)`, which does due work in bounded transactions and tells when the next falls due."""

    def __init__(
        self, beat: Beat, *, clock: Clock, wake: asyncio.Event, vitals: Vitals | None = None
    ) -> None:
        self._beat = beat
        self._clock = clock
        self._wake = wake
        self._vitals = vitals or Vitals()

    async def run(self) -> None:
        """Beat until cancelled; a beat that fails is tried again, later and later."""
        wait = FIRST_WAIT
        while True:
            self._wake.clear()
            self._vitals.step("heartbeat")
            try:
                due = await self._beat(self._clock.now())
            except Exception as failure:  # noqa: BLE001 (one failing beat must not end all mornings)
                heed_cancellation()
                log.error("A beat failed and is tried again in %.0f s: %s", wait, _told(failure))
                await pause(self._clock, wait)
                wait = min(LONGEST_WAIT, wait * 2)
                continue
            wait = FIRST_WAIT
            if due is not None and due <= self._clock.now():
                await pause(self._clock, LEAST_WAIT)
            else:
                await self._clock.wait(due, self._wake)


def _told(failure: Exception) -> str:
    return str(failure) if isinstance(failure, StorageError) else type(failure).__name__
