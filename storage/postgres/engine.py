"""The engine on a PostgreSQL server: one connection in a thread of its own, made anew where it is lost.

A visit's statements go to the server together, in a pipeline. A commit goes only after the server has told the
transaction's number: where the connection is lost before its answer, the server is asked what became of it.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from storage.census import Census, counted
from storage.engine import COMMIT, Listed, Record, Rows, Statement, Value, Visit, asking
from storage.errors import ServerAway, StorageError, Undone, Unsure, UnsureForRoom
from storage.leaders import Leadership
from storage.postgres import server
from storage.postgres.dialect import spoken
from storage.postgres.failures import ends_all, is_away, told
from storage.postgres.leaders import Leaders
from storage.postgres.wire import Wire
from storage.vault import Vault

T = TypeVar("T")

OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR, TransactionStatus.ACTIVE)
ASK_AFTER = 10.0  # seconds in which the server is asked what became of a commit
ASK_AGAIN = 0.1

ALONE = 5_000  # milliseconds that a transaction may stand still: then the server ends it, and lets go what it locks

# Nothing is kept in the session, as a pooler gives it to others: so this is said in each transaction.
_NUMBER = f"""
SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT) AS number,
    set_config('idle_in_transaction_session_timeout', '{ALONE}', true) AS alone"""
_BECAME = "SELECT pg_xact_status(CAST($1 AS xid8)) AS became"


class PostgresEngine:
    """An engine on a server."""

    begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    shared = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="postgres")
        self._connection: server.Connected | None = None
        self._wire: Wire | None = None
        self._number: str | None = None  # the open transaction's, once it is known
        self._wrote = False  # whether the open transaction has, so that its end has to reach the disk
        self._over = False
        self._leaders = Leaders(url)
        self.path = server.shown(url)
        self.in_transaction = False

    @classmethod
    async def open_at(cls, url: str, vault: Vault) -> "PostgresEngine":
        """Connect, and make or migrate the database where need be. Raises StorageError."""
        made = cls(url)
        try:
            await made._in_thread(made._prepare, vault)
        except BaseException:
            await made.close()
            raise
        return made

    async def make(self, visit: Visit) -> None:
        """Visit the thread. Raises StorageError."""
        with told(self.path):
            await self._in_thread(visit.run, self._work)

    async def fetch(self, sql: str, **values: Value | Listed) -> Rows:
        """Run one statement outside any transaction and return its rows. Raises StorageError."""
        step = asking(sql, **values)
        await self.make(Visit([step]))
        return step.rows

    async def rollback(self) -> None:
        """Roll back. Does nothing where no transaction is open, or no connection any more."""
        await self._in_thread(self._roll_back)

    async def truncate_log(self) -> bool:
        """Do nothing: the server's log and its vacuum are its own business."""
        return True

    async def take(self, role: str) -> Leadership | None:
        """Take a role; None where another process has it. Raises StorageError."""
        return await self._leaders.take(role)

    async def renew(self, leading: Leadership) -> bool:
        """Have a role for longer; False where another process has taken it over. Raises StorageError."""
        return await self._leaders.renew(leading)

    async def let_go(self, leading: Leadership) -> None:
        """Let others have a role at once. Raises StorageError."""
        await self._leaders.let_go(leading)

    def verify(self, vault: Vault) -> list[str]:
        """Look at the tables and everybody's key, through another connection."""
        return server.verify(self._url, vault)

    def census(self, now: datetime) -> Census:
        """Count what there is, through another connection. Raises StorageError."""
        with told(self.path), server.connect(self._url) as beside:

            def ask(sql: str, values: Mapping[str, int]) -> Record:
                row = beside.execute(*spoken(sql, values)).fetchone()
                return row if row is not None else {}

            return counted(ask, now)

    async def close(self) -> None:
        """Close the connection."""
        if not self._over:
            await self._leaders.close()
            await self._in_thread(self._drop)
            self._over = True
            self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[..., T], *given: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _prepare(self, vault: Vault) -> None:
        with told(self.path):
            server.prepare(self._connected(), self.path, vault)

    def _work(self, visit: Visit) -> None:
        """Run what a visit has left."""
        begins = not self.in_transaction
        try:
            self._run(visit)
        except psycopg.Error as error:
            # A server that was started anew has closed what stood idle: nothing of this was kept.
            if not (begins and is_away(error)):
                raise
            self._drop()
            visit.done = 0
            self._run(visit)
        finally:
            self.in_transaction = self._status() in OPEN

    def _run(self, visit: Visit) -> None:
        """Run what a visit has left, and learn the transaction's number on the way."""
        if not visit.left:
            return
        begins, commits = visit.left[0].sql == self.begin, visit.left[-1].sql == COMMIT
        if begins:
            self._number, self._wrote = None, False
        if commits and not self._wrote and all(map(self._reads, visit.left[:-1])):
            self._let_go(visit)
            return
        if (begins or self.in_transaction) and self._number is None:
            numbered = asking(_NUMBER)
            self._send(visit, [*(visit.left[:-1] if commits else visit.left), numbered])
            visit.done -= 1
            self._number = numbered.rows[0]["number"]
        if commits:
            self._commit(visit)
        elif visit.left:
            self._send(visit, visit.left)

    def _send(self, visit: Visit, steps: Sequence[Statement]) -> bool:
        """Send statements together, read what they select, count those that were run; tell whether all is kept."""
        answers = self._wired().exchange(steps)
        kept = False
        for step in steps:
            for _ in step.sets:
                step.rows, kept, wrote = next(answers)
                self._wrote = self._wrote or wrote
            visit.done += 1
        next(answers, None)  # to its end
        return kept

    def _commit(self, visit: Visit) -> None:
        """Run what is left and commit. Raises Undone, Unsure."""
        try:
            kept = self._send(visit, visit.left)
        except psycopg.Error as error:
            if not (is_away(error) or ends_all(error)):
                raise
            self._drop()
            # One that has no number has written nothing.
            if self._number is not None and not self._was_kept(self._number, error):
                raise Undone(self.path) from error
        else:
            if not kept:  # a transaction in which a statement has failed is rolled back
                raise Undone(self.path)

    def _reads(self, step: Statement) -> bool:
        return step.sql == self.begin or step.sql.lstrip().startswith("SELECT")

    def _let_go(self, visit: Visit) -> None:
        """Run what is left and end a transaction that has changed nothing. Raises Undone.

        It may have locked rows: to commit that, the server would wait for the disk.
        """
        whole, reading = self._status() != TransactionStatus.INERROR, visit.left[:-1]
        try:
            self._send(visit, [*reading, asking("ROLLBACK")])
        except psycopg.Error as error:
            if reading or not is_away(error):
                raise
            self._drop()
        if not whole:
            raise Undone(self.path)

    def _was_kept(self, number: str, over: psycopg.Error) -> bool:
        until = time.monotonic() + ASK_AFTER
        while time.monotonic() < until:
            with suppress(StorageError, psycopg.OperationalError):
                row = self._connected().execute(_BECAME, [number]).fetchone()
                if row is not None and row["became"] != "in progress":
                    return bool(row["became"] == "committed")
            time.sleep(ASK_AGAIN)
        raise (UnsureForRoom if isinstance(over, psycopg.errors.DiskFull) else Unsure)(self.path) from over

    def _connected(self) -> server.Connected:
        if self._connection is None or self._connection.closed:
            if self.in_transaction:
                self.in_transaction = False
                raise ServerAway(self.path)
            self._connection = server.connect(self._url)
            self._wire = Wire(self._connection)
        return self._connection

    def _wired(self) -> Wire:
        self._connected()
        assert self._wire is not None  # noqa: S101 (whoever asks has connected)
        return self._wire

    def _status(self) -> TransactionStatus:
        return (
            TransactionStatus.IDLE if self._connection is None else self._connection.info.transaction_status
        )

    def _roll_back(self) -> None:
        if self._connection is not None and self._status() in OPEN:
            try:
                self._connection.execute("ROLLBACK")
            except psycopg.Error:
                self._drop()
        self.in_transaction = False

    def _drop(self) -> None:
        self.in_transaction = False
        if self._connection is not None:
            self._connection.close()
            self._connection = self._wire = None
