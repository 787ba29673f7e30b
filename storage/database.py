"""The database: one connection, one unit of work at a time, each kept whole or not at all.

Opening looks at what is there before anything is written to it, applies missing migrations, and forgets
whoever is marked as forgotten but is still in it. None of that grows with the database, except where there
is something to migrate or to forget.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.practice.ids import NOISE_BITS, mint
from storage import inspection, notes, spool
from storage.census import Census
from storage.context import Context
from storage.engine import Engine, undisturbed
from storage.engines import engine_of, place
from storage.errors import DatabasePlace, Overtaken, StorageError, read_whole
from storage.instants import EPOCH, to_micros
from storage.keyring import Keyring
from storage.known import Known
from storage.leaders import Leadership
from storage.partners import Partners
from storage.tombstones import Tombstones
from storage.transaction import Transaction
from storage.unit import Unit
from storage.vault import Vault

LOG = logging.getLogger(__name__)
_NOISE = NOISE_BITS // 8 + 1  # bytes for an id; what is too much is cut off

Passenger = Callable[[Unit], Callable[[], None] | None]
"""Takes part in a unit of work before its commit; what it returns is called after it."""


class Database:
    """Attune's memory, open. Made by `Database.open`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._tombstones = Tombstones(vault.keyring)
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[object] | None = None
        self._closed = False
        self._last_id = 0
        self._scrub_due = False
        self._queued: list[Callable[[], None]] = []
        self._passengers: list[Passenger] = []
        self._timed: Callable[[float], None] | None = None
        self._handed_on = Known()  # what the last unit of work knew, where it has leased what it queued
        self.changes = 0  # commits of what a message may say; those of the sending alone do not count

    @classmethod
    async def open(
        cls, where: DatabasePlace, keyring: Keyring, keep_aside: inspection.KeepAside | None = None
    ) -> "Database":
        """Open the database of a data folder, or of a PostgreSQL server's address, or make it. Raises StorageError.

        `keep_aside` is given the path of a file that is about to be migrated, for a copy of it as it was.
        """
        vault = Vault(keyring, place(where))
        database = cls(await engine_of(where, vault, keep_aside), vault)
        try:
            with read_whole(database.path):
                await database._get_ready()
        except BaseException:
            await database.close()
            raise
        return database

    @property
    def path(self) -> DatabasePlace:
        """Where the database is."""
        return self._engine.path

    def on_queued(self, callback: Callable[[], None]) -> None:
        """Call back after each commit that has put messages in the outbox and carried nobody."""
        self._queued.append(callback)

    def on_commit(self, callback: Callable[[float], None]) -> None:
        """Call back after each commit with the seconds that it took."""
        self._timed = callback

    def carry(self, passenger: Passenger) -> None:
        """Let somebody take part in each unit of work that has put messages in the outbox, before its commit.

        Called back after it, where it asks for that.
        """
        self._passengers.append(passenger)

    @asynccontextmanager
    async def unit(
        self, now: datetime, *, prompt: bool = False, under: Leadership | None = None
    ) -> AsyncIterator[Unit]:
        """Begin a unit of work; commit at the end of the block, roll back on any exception.

        Both are over before the next unit begins, even where the task is cancelled meanwhile; a
        cancellation that comes during the commit is raised after it. A `prompt` one puts no statement off:
        what fails, fails where it is asked for. One `under` a leadership is kept only where that still stands.
        Raises StorageError.
        """
        async with self._work(now, prompt=prompt) as context:
            unit = Unit(context)
            if under is not None:
                unit.under(under)
            yield unit
            if context.queued:
                carried = (passenger(unit) for passenger in self._passengers)
                context.carried = [landing for landing in carried if landing is not None]

    async def due(self, now: datetime) -> bool:
        """Tell whether anything in the outbox is due, in no unit of work. Raises StorageError."""
        async with self._alone():
            return bool(await self._engine.fetch(spool.DUE, now=to_micros(now)))

    async def planned_by(self, now: datetime) -> str:
        """Tell by which release of the time zone data openings were planned; empty where none is noted."""
        async with self._work(now) as context:
            return await notes.zones(context)

    async def know_planned_by(self, release: str, now: datetime) -> None:
        """Note by which release of the time zone data openings are planned."""
        async with self._work(now) as context:
            await notes.know_zones(context, release)

    async def scrub(self) -> bool:
        """Empty the write-ahead log, so that what was deleted is gone from all files.

        False where another program's reading holds the log; it is tried again after each commit.
        """
        async with self._alone():
            await self._scrub()
            return not self._scrub_due

    async def rewrap(self, limit: int) -> int:
        """Wrap up to `limit` partners' keys by the newest of the operator's; tell how many are left.

        The key file is read again first, so that a generation added by another process is seen; where it
        can't be read any more, the running bot goes on with the keys that it has.
        """
        try:
            self._vault.keyring.reload()
        except StorageError as error:
            LOG.warning("%s", error)
        async with self._work(EPOCH) as context:
            await notes.know_key(context)
            return await Partners(context).rewrap(limit)

    async def verify(self) -> list[str]:
        """Read all there is, beside the running bot; tell what is wrong, one line each, without a word."""
        return await asyncio.to_thread(self._engine.verify, self._vault)

    async def census(self, now: datetime) -> Census:
        """Count what there is, beside the running bot. Raises StorageError."""
        return await asyncio.to_thread(self._engine.census, now)

    @property
    def shared(self) -> bool:
        """Tell whether other processes may serve the same database."""
        return self._engine.shared

    async def take(self, role: str) -> Leadership | None:
        """Take a role that one process has at a time; None where another has it. Raises StorageError."""
        return await self._engine.take(role)

    async def renew(self, leading: Leadership) -> bool:
        """Have a role for longer; False where another process has taken it over. Raises StorageError."""
        return await self._engine.renew(leading)

    async def let_go(self, leading: Leadership) -> None:
        """Let others have a role at once. Raises StorageError."""
        await self._engine.let_go(leading)

    async def close(self) -> None:
        """Close the database. A second time does nothing."""
        async with self._turn:
            if self._closed:
                return
            self._closed = True
            cancelled = await undisturbed(self._engine.close)
        _pass_on(cancelled)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("this task has a unit of work open already")
        async with self._turn:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._holder = task
            try:
                yield
            finally:
                self._holder = None

    @asynccontextmanager
    async def _work(self, now: datetime, *, prompt: bool = False) -> AsyncIterator[Context]:
        async with self._alone():
            if self._engine.shared:
                # No two processes go on from the same number in the same millisecond.
                self._last_id += secrets.randbelow(1 << NOISE_BITS)
            transaction = Transaction(self._engine, prompt=prompt)
            known, self._handed_on = self._handed_on, Known()
            handed = bool(known.partners)
            context = Context(transaction, self._vault, now, lambda: self._mint(now), known)
            try:
                yield context
                transaction.check()
                await self._look_at_fences(context)
                await self._mark(context)
                transaction.end()
                began = time.perf_counter()
                cancelled = await undisturbed(transaction.commit)
                if self._timed is not None and context.transaction.begun:
                    self._timed(time.perf_counter() - began)
            except BaseException:
                transaction.end()
                await self._undo(context)
                raise
            if (context.carried or (handed and not transaction.changed)) and not self._engine.shared:
                self._handed_on = (
                    context.known.handed_on()
                )  # nobody else writes: the next one renders of these
            await self._after(context, cancelled)

    async def _get_ready(self) -> None:
        async with self._work(EPOCH) as context:
            self._last_id = await notes.newest_id(context)
            await notes.know_key(context)
            stale = await notes.tombstone(context) != self._tombstones.last()
        if stale:
            await self._forget_marked()

    async def _forget_marked(self) -> None:
        """Forget whoever was forgotten after the backup that this database was put back from."""
        marks = self._tombstones.read()
        async with self._work(EPOCH) as context:
            everybody = await Partners(context).everybody()
        for partner in everybody:
            day = marks.get(self._tombstones.mark(partner))
            if day is not None:
                async with self.unit(day) as unit:
                    await unit.partners.forget(partner)
        async with self._work(EPOCH) as context:
            await notes.know_tombstone(context, self._tombstones.last())

    def _mint(self, now: datetime) -> int:
        self._last_id = mint(now, self._last_id, int.from_bytes(secrets.token_bytes(_NOISE)))
        return self._last_id

    async def _mark(self, context: Context) -> None:
        if context.forgotten:
            context.marked = self._tombstones.add(context.forgotten, context.now)
            await notes.know_tombstone(context, self._tombstones.last())

    async def _look_at_fences(self, context: Context) -> None:
        """See that this process still leads what something was done for. Raises Overtaken."""
        if context.fences:
            await context.transaction.all()
            if not all(fence.rows for fence in context.fences):
                raise Overtaken(self.path)

    async def _undo(self, context: Context) -> None:
        try:
            cancelled = await undisturbed(context.transaction.rollback)
        finally:
            if context.marked is not None:
                self._tombstones.take_back(context.marked)
        _pass_on(cancelled)

    async def _after(self, context: Context, cancelled: asyncio.CancelledError | None) -> None:
        self.changes += context.transaction.changed
        self._scrub_due |= context.scrub
        if self._scrub_due:
            cancelled = await undisturbed(self._scrub) or cancelled
        if context.queued:
            for callback in context.carried or self._queued:
                callback()
        _pass_on(cancelled)

    async def _scrub(self) -> None:
        try:
            self._scrub_due = not await self._engine.truncate_log()
        except StorageError:
            # The unit of work before it is committed all the same: its caller must not hear of a failure.
            self._scrub_due = True
            LOG.warning("the write-ahead log could not be emptied; that is tried again after the next commit")


def _pass_on(cancelled: asyncio.CancelledError | None) -> None:
    if cancelled:
        raise cancelled
