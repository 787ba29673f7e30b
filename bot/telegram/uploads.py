"""Uploads: keepsakes and pages on their way, beside the drain, so that nobody's other messages wait behind them.

A row stays leased while its file is uploaded; a crash or a stop leaves it so, and the next start sends it anew.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.actions.store import Store, Unit
from bot.clock import Clock, pause
from bot.messages import Handed, Outcome, Refused, Row, TryLater, Unreachable
from bot.practice.ids import RowId
from bot.screens.parcel import Fetch, Parcel
from bot.supervise import heed_cancellation
from bot.telegram.sender import Sender

log = logging.getLogger(__name__)

AT_ONCE = 2  # each holds its file in memory
WAITS = (2.0, 10.0)  # seconds before the second and the third try, which is the last
TROUBLE = 5.0  # seconds between two tries to write down what became of one

Told = Callable[[Unit, Row], Awaitable[None]]


class Uploads:
    """Sends parcels, until cancelled. `lost` hears of a chat that can't be reached, `failed` of a last try."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        fetch: Fetch,
        clock: Clock,
        *,
        lost: Told,
        failed: Told,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self._store = store
        self._sender = sender
        self._fetch = fetch
        self._clock = clock
        self._lost = lost
        self._failed = failed
        self._waits = waits
        self._taken: set[RowId] = set()
        self._queue: asyncio.Queue[tuple[Row, Parcel]] = asyncio.Queue()

    def take(self, row: Row, parcel: Parcel) -> Handed:
        """Take a row over; one that is on its way already is not taken twice."""
        if row.id not in self._taken:
            self._taken.add(row.id)
            self._queue.put_nowait((row, parcel))
        return Handed()

    async def run(self) -> None:
        """Send what is taken over. Raises TokenRefused."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            row, parcel = await self._queue.get()
            await self._settle(row, await self._send(row, parcel))
            self._taken.discard(row.id)

    async def _send(self, row: Row, parcel: Parcel) -> Outcome:
        outcome = await self._try(row, parcel)
        for wait in self._waits:
            if not isinstance(outcome, TryLater):
                return outcome
            await pause(self._clock, wait if outcome.after is None else outcome.after.total_seconds())
            outcome = await self._try(row, parcel)
        return Refused("the upload failed") if isinstance(outcome, TryLater) else outcome

    async def _try(self, row: Row, parcel: Parcel) -> Outcome:
        call = await parcel.pack(self._fetch)
        outcome = await self._sender.send(call)
        if isinstance(outcome, TryLater | Refused):
            log.warning("%s (row %s) was not taken: %s", row.message.kind, row.id, outcome)
        return outcome

    async def _settle(self, row: Row, outcome: Outcome) -> None:
        """Write down what became of a row, and tell whom it concerns, however long storage makes us wait."""
        while True:
            try:
                async with self._store.unit(self._clock.now()) as unit:
                    await unit.spool.settle(row.id, outcome)
                    if isinstance(outcome, Unreachable):
                        await self._lost(unit, row)
                    elif isinstance(outcome, Refused):
                        await self._failed(unit, row)
            except Exception as failure:  # noqa: BLE001 (whatever storage raises, it is well again some time)
                heed_cancellation()
                log.error("What became of row %s is not written down yet: %s", row.id, type(failure).__name__)
                await pause(self._clock, TROUBLE)
            else:
                return
