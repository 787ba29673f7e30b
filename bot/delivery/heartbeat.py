"""The heartbeat: does what has fallen due, and waits for what falls due next."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import Clock

log = logging.getLogger(__name__)

Beat = Callable[[datetime], Awaitable[datetime | None]]
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(minutes=1)


class Heartbeat:
    """Calls `beat(now)`, which does due work in bounded transactions and tells when the next falls due."""

    def __init__(self, beat: Beat, *, clock: Clock, wake: asyncio.Event) -> None:
        self._beat = beat
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Beat for ever; a beat that fails is tried again, later and later."""
        wait = FIRST_WAIT
        while True:
            self._wake.clear()
            try:
                due = await self._beat(self._clock.now())
                wait = FIRST_WAIT
            except Exception as failure:  # noqa: BLE001 (one failing beat must not end all mornings)
                log.error("a beat failed and is tried again: %s", type(failure).__name__)
                due = self._clock.now() + wait
                wait = min(LONGEST_WAIT, wait * 2)
            await self._clock.wait(due, self._wake)
