"""The one connection to SQLite, behind a few verbs: what another engine would have to offer.

SQL comes with named parameters (`:name`); one whose value is a tuple is a list for IN. This is the only
module that runs statements on the live database, and `Transaction` the only way to it.
"""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import aiosqlite

from storage.errors import Undone, told

Value = int | str | bytes | None
Listed = tuple[int | str, ...]
Values = Mapping[str, Value | Listed]

PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",  # a commit is on the disk before it is told
    "secure_delete = ON",  # what is deleted is overwritten
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "journal_size_limit = 16777216",
)
BEGIN, COMMIT = "BEGIN IMMEDIATE", "COMMIT"  # a transaction that writes
WAIT = 1.0  # seconds for another program's lock: no other bot can have one

_PARAMETER = re.compile(r":([a-z_]+)")


def spread(sql: str, values: Values) -> tuple[str, dict[str, Value]]:
    """Write a list's parameters out, one each; an empty list is a select of nothing."""
    plain: dict[str, Value] = {}
    lists: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, tuple):
            for i, item in enumerate(value):
                plain[f"{name}_{i}"] = item
            names = ", ".join(f":{name}_{i}" for i in range(len(value)))
            lists[name] = f"({names or 'SELECT NULL WHERE 1 = 0'})"
        else:
            plain[name] = value
    if lists:
        sql = _PARAMETER.sub(lambda found: lists.get(found[1], found[0]), sql)
    return sql, plain


Step = tuple[str, Sequence[Mapping[str, Value]]]
"""A statement that tells nothing, run once for each set of values."""

NOTHING = ""  # a statement of SQLite's: what goes before it is all there is


class Led(dict[str, Value]):
    """A statement's values, and the steps that go before it."""

    def __init__(self, values: Mapping[str, Value], first: Sequence[Step]) -> None:
        super().__init__(values)
        self.first = first


class Connection(sqlite3.Connection):
    """Runs what goes before a statement in the same visit to the thread: the way is most of the cost."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement, after the steps that lead it."""
        if isinstance(parameters, Led):
            for leading, rows in parameters.first:
                if len(rows) == 1:
                    super().execute(leading, rows[0])
                else:
                    self.executemany(leading, rows)
        return super().execute(sql, parameters)


class Engine:
    """One connection in a thread of its own. Its verbs run in the order in which they were asked for.

    `first` are steps that go before, in the same visit to the thread.
    """

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    async def connect(cls, path: Path) -> "Engine":
        """Open a database that has been looked at. Raises StorageError."""
        connection = aiosqlite.connect(path, isolation_level=None, timeout=WAIT, factory=Connection)
        with told(path):
            await connection
        made = cls(connection, path)
        try:
            connection.row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                await made.fetch(f"PRAGMA {pragma}", {})
        except BaseException:
            await made.close()
            raise
        return made

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open: some failures make SQLite roll back by itself."""
        return self._connection.in_transaction

    async def fetch(self, sql: str, values: Values, first: Sequence[Step] = ()) -> list[sqlite3.Row]:
        """Run a statement and tell its rows. Raises StorageError."""
        text, plain = spread(sql, values)
        with told(self.path):
            return list(await self._connection.execute_fetchall(text, Led(plain, first) if first else plain))

    async def commit(self, first: Sequence[Step] = ()) -> None:
        """Commit. Does nothing where no transaction is open."""
        if first:
            await self.fetch(COMMIT, {}, first)
            return
        with told(self.path):
            await self._connection.commit()

    async def rollback(self) -> None:
        """Roll back. Does nothing where no transaction is open."""
        await self._connection.rollback()

    async def truncate_log(self) -> bool:
        """Move the write-ahead log into the database and empty it; False where a reader holds it."""
        found = await self.fetch("PRAGMA wal_checkpoint(TRUNCATE)", {})
        return not found[0]["busy"]

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()


async def undisturbed(step: Callable[[], Awaitable[None]]) -> asyncio.CancelledError | None:
    """Await a step that may be repeated until it has run to its end; tell what cancelled us meanwhile.

    A cancelled wait does not stop the thread, so the step has been asked for and runs; asking once
    more, and waiting whatever comes, is how we know that it is over.
    """
    try:
        await step()
    except asyncio.CancelledError as error:
        cancelled = error
    else:
        return None
    again = asyncio.ensure_future(_to_its_end(step))
    while not again.done():
        try:
            await asyncio.wait({again})
        except asyncio.CancelledError as error:
            cancelled = error
    again.result()
    return cancelled


async def _to_its_end(step: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await step()
        except asyncio.CancelledError:  # the loop is being shut down: all the more
            continue


class Transaction:
    """What a unit of work may run: nothing after its end, and nothing once it can't be whole any more.

    That is so once a statement's wait was cancelled (it may or may not have run), and once SQLite has
    rolled back by itself (on a full disk, say), whoever catches the exception.

    It begins with the first statement, and a savepoint with the first statement inside: both wait until
    then, and one without a statement never was.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._first: list[Step] = [_once(BEGIN)]
        self._lost = False
        self._over = False

    async def rows(self, sql: str, **values: Value | Listed) -> list[sqlite3.Row]:
        """Run a statement and tell its rows. Raises Undone, StorageError."""
        return await self._run(sql, values)

    async def row(self, sql: str, **values: Value | Listed) -> sqlite3.Row | None:
        """Run a statement and tell its first row, if any. Raises as rows."""
        found = await self._run(sql, values)
        return found[0] if found else None

    async def many(self, *steps: Step) -> None:
        """Run steps one after the other, in one go. Raises as rows."""
        full = [step for step in steps if step[1]]
        if full:
            self._first += full
            await self._run(NOTHING, {})

    def later(self, *steps: Step) -> None:
        """Run steps together with what is run next: for such as cannot fail by what they are given."""
        self.check()
        self._first += steps

    def open_savepoint(self, name: str) -> None:
        """Open a savepoint. Raises as check."""
        self.later(_once(f"SAVEPOINT {name}"))

    def release(self, name: str) -> None:
        """Keep what was done since a savepoint was opened. Raises as check."""
        self.later(_once(f"RELEASE {name}"))
        if self._first[-2:-1] == [_once(f"SAVEPOINT {name}")]:
            del self._first[-2:]

    async def undo(self, name: str) -> None:
        """Undo what was done since a savepoint was opened, and release it. Raises as rows."""
        opened = _once(f"SAVEPOINT {name}")
        if opened in self._first:
            del self._first[self._first.index(opened) :]
        else:
            await self.rows(f"ROLLBACK TO {name}")
            self.release(name)

    async def commit(self) -> None:
        """Commit; a second time does nothing. Raises StorageError."""
        if self._first != [_once(BEGIN)]:
            await self._engine.commit(self._take_first())

    async def rollback(self) -> None:
        """Roll back; a second time does nothing."""
        if self._first[:1] != [_once(BEGIN)]:
            await self._engine.rollback()

    def check(self) -> None:
        """Refuse what can't be kept. Raises Undone; RuntimeError after the end."""
        if self._over:
            raise RuntimeError("this unit of work is over")
        if self._lost:
            raise Undone(self._engine.path)

    def end(self) -> None:
        """Let nothing more run."""
        self._over = True

    async def _run(self, sql: str, values: Values) -> list[sqlite3.Row]:
        self.check()
        try:
            return await self._engine.fetch(sql, values, self._take_first())
        except BaseException as error:
            self._note(error)
            raise

    def _take_first(self) -> list[Step]:
        first, self._first = self._first, []
        return first

    def _note(self, error: BaseException) -> None:
        self._lost = not isinstance(error, Exception) or not self._engine.in_transaction


def _once(sql: str) -> Step:
    return sql, [{}]
