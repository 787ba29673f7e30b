"""Leading: what only one of several processes does at a time, and the others stand by for.

On a file, which one process has to itself, a role is led from the start to the end. On a server it is led as long as
that is renewed in time; where another process has taken it over, or the server can't be asked, it is stopped first
and stood by for again.
"""

import asyncio
import itertools
import logging
import math
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from datetime import datetime
from typing import Any

from bot.delivery.drain import Drain
from bot.supervise import TaskEnded, heed_cancellation
from bot.vitals import Vitals
from storage.database import Database
from storage.errors import StorageError
from storage.leaders import RENEW_EVERY, TRY_EVERY, Leadership
from storage.unit import Unit

log = logging.getLogger(__name__)

TELL_EVERY = 300.0  # seconds between two lines on what keeps this process from standing by

Job = Callable[[Leadership], Coroutine[Any, Any, None]]


class Led:
    """Memory, as the leader of a role uses it: what is done when another leads is not kept."""

    def __init__(self, database: Database, leading: Leadership) -> None:
        self._database = database
        self._leading = leading
        self._looks = itertools.count()

    @property
    def changes(self) -> int:
        """How many units of work have changed what messages may say; where others change it too, another each time."""
        return next(self._looks) if self._database.shared else self._database.changes

    def unit(self, now: datetime, *, prompt: bool = False) -> AbstractAsyncContextManager[Unit]:
        """Begin a unit of work; commit at the end of the block, roll back on an exception."""
        return self._database.unit(now, prompt=prompt, under=self._leading)


class Riders:
    """Lets a drain look into the outbox in others' units of work, as long as it leads."""

    def __init__(self) -> None:
        self._aboard: tuple[Drain, Leadership] | None = None

    @contextmanager
    def aboard(self, drain: Drain, leading: Leadership) -> Iterator[None]:
        """Let a drain ride until the block ends."""
        self._aboard = drain, leading
        try:
            yield
        finally:
            self._aboard = None

    def ride(self, unit: Unit) -> Callable[[], None] | None:
        """Take part in a unit of work that has put messages in the outbox."""
        if self._aboard is None:
            return None
        drain, leading = self._aboard
        landing = drain.ride(unit)
        if landing is not None:
            unit.under(leading)
        return landing


async def lead(database: Database, role: str, job: Job, vitals: Vitals) -> None:
    """Do a role's job whenever this process leads it, until cancelled. Raises what ends the job."""
    while True:
        leading = await _elected(database, role, vitals)
        if not database.shared:
            return await job(leading)
        log.info("this process leads now: %s", role)
        work = asyncio.get_running_loop().create_task(job(leading), name=role)
        try:
            await _keep(database, leading, work)
            log.warning("this process leads no more: %s", role)
        finally:
            work.cancel()
            await asyncio.wait({work})
            with suppress(StorageError):
                await database.let_go(leading)


async def _elected(database: Database, role: str, vitals: Vitals) -> Leadership:
    """Stand by until this process leads a role."""
    tell_at = -math.inf
    while True:
        try:
            if (leading := await database.take(role)) is not None:
                return leading
            vitals.stand_by(role)
            tell_at = -math.inf
        except StorageError as trouble:
            heed_cancellation()
            if time.monotonic() >= tell_at:
                log.warning("%s", trouble)
                tell_at = time.monotonic() + TELL_EVERY
        await asyncio.sleep(TRY_EVERY)


async def _keep(database: Database, leading: Leadership, work: asyncio.Task[None]) -> None:
    """Renew until another leads, or may. Raises what has ended the work before that."""
    renewing: asyncio.Task[bool] | None = None
    try:
        while leading.sure:
            await asyncio.wait({work}, timeout=RENEW_EVERY)
            if work.done():
                work.result()
                raise TaskEnded(leading.role)
            renewing = asyncio.get_running_loop().create_task(database.renew(leading), name="renewal")
            await asyncio.wait({work, renewing}, timeout=leading.left, return_when=asyncio.FIRST_COMPLETED)
            if renewing.done() and not await _renewed(renewing):
                return
    finally:
        if renewing is not None:
            renewing.cancel()


async def _renewed(renewing: asyncio.Task[bool]) -> bool:
    try:
        return await renewing
    except StorageError as trouble:
        log.warning("%s", trouble)
        return True  # as long as it lasts
