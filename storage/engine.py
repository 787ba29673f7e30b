"""The one connection to SQLite, behind a few verbs: what another engine would have to offer.

SQL comes with named parameters (`:name`); one whose value is a tuple is a list for IN. This is the only
module that runs statements on the live database, and `Transaction` in `storage.transaction` the only way to it.

The connection lives in a thread of its own, and the way there is most of what a statement costs: so
statements travel together, as many as there are, in one `Visit`.
"""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import aiosqlite

from storage.errors import told

Value = int | str | bytes | None
Listed = tuple[int | str, ...]
Values = Mapping[str, Value | Listed]
Record = Mapping[str, Any]
"""A row that was selected, by its columns' names."""

Rows = list[Record]

PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",  # a commit is on the disk before it is told
    "secure_delete = ON",  # what is deleted is overwritten
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "journal_size_limit = 16777216",
)
WAIT = 1.0  # seconds for another program's lock: no other bot can have one

_PARAMETER = re.compile(r":([a-z_]+)")


def spread(sql: str, values: Values) -> tuple[str, dict[str, Value]]:
    """Write a list's parameters out, one each; an empty list is a select of nothing."""
    plain: dict[str, Value] = {}
    lists: list[tuple[str, int]] = []
    for name, value in values.items():
        if isinstance(value, tuple):
            plain.update({f"{name}_{i}": item for i, item in enumerate(value)})
            lists.append((name, len(value)))
        else:
            plain[name] = value
    return _spelled_out(sql, tuple(lists)) if lists else sql, plain


@lru_cache(maxsize=512)
def _spelled_out(sql: str, lists: tuple[tuple[str, int], ...]) -> str:
    spelled = {
        name: f"({', '.join(f':{name}_{i}' for i in range(length)) or 'SELECT NULL WHERE 1 = 0'})"
        for name, length in lists
    }
    return _PARAMETER.sub(lambda found: spelled.get(found[1], found[0]), sql)


@dataclass(slots=True)
class Statement:
    """A statement and the sets of values that it is run with, one after the other."""

    sql: str
    sets: Sequence[Mapping[str, Value]]
    rows: Rows = field(default_factory=list)  # what it has selected, once it was run with one set

    def run(self, run: Callable[..., sqlite3.Cursor], run_many: Callable[..., sqlite3.Cursor]) -> None:
        """Run it in the thread."""
        if len(self.sets) == 1:
            self.rows = _records(run(self.sql, self.sets[0]))
        else:
            run_many(self.sql, self.sets)


def _records(cursor: sqlite3.Cursor) -> Rows:
    """Read what was selected. A `sqlite3.Row` looks each name up among all of them; this does so once."""
    found = cursor.fetchall()
    names = [column[0] for column in cursor.description] if found else []
    return [dict(zip(names, row, strict=True)) for row in found]


def asking(sql: str, **values: Value | Listed) -> Statement:
    """Make a step of a statement with one set of values."""
    text, plain = spread(sql, values)
    return Statement(text, [plain])


class Visit:
    """Steps that are run one after the other in one visit to the thread, once: a repeated visit does nothing."""

    def __init__(self, steps: Sequence[Statement]) -> None:
        self._steps = steps
        self._failure: BaseException | None = None
        self.done = 0  # steps that have been run

    def run(self, connection: "Connection") -> None:
        """Run what has not been run. Raises what sqlite3 raises, and again where it is repeated."""
        if self._failure is not None:
            raise self._failure
        try:
            for step in self._steps[self.done :]:
                step.run(connection.run, connection.executemany)
                self.done += 1
        except BaseException as failure:
            self._failure = failure
            raise

    def fetchall(self) -> list[Any]:
        """Return nothing: what was selected stands in the steps."""
        return []


class Connection(sqlite3.Connection):
    """Takes a visit where aiosqlite hands a statement on."""

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run a statement, or a visit in place of its parameters."""
        if isinstance(parameters, Visit):
            parameters.run(self)
            return parameters
        return super().execute(sql, parameters)

    def run(self, sql: str, values: Mapping[str, Value]) -> sqlite3.Cursor:
        """Run one statement."""
        return super().execute(sql, values)


class Engine:
    """One connection in a thread of its own. Its verbs run in the order in which they were asked for."""

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    async def connect(cls, path: Path) -> "Engine":
        """Open a database that has been looked at. Raises StorageError."""
        connection = aiosqlite.connect(
            path, isolation_level=None, timeout=WAIT, factory=Connection, cached_statements=512
        )
        with told(path):
            await connection
        made = cls(connection, path)
        try:
            for pragma in PRAGMAS:
                await made.fetch(f"PRAGMA {pragma}")
        except BaseException:
            await made.close()
            raise
        return made

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open: some failures make SQLite roll back by itself."""
        return self._connection.in_transaction

    async def make(self, visit: Visit) -> None:
        """Visit the thread. Raises StorageError."""
        with told(self.path):
            await self._connection.execute_fetchall("", visit)

    async def fetch(self, sql: str, **values: Value | Listed) -> Rows:
        """Run one statement outside any transaction and return its rows. Raises StorageError."""
        step = asking(sql, **values)
        await self.make(Visit([step]))
        return step.rows

    async def rollback(self) -> None:
        """Roll back. Does nothing where no transaction is open."""
        await self._connection.rollback()

    async def truncate_log(self) -> bool:
        """Move the write-ahead log into the database and empty it; False where a reader holds it."""
        found = await self.fetch("PRAGMA wal_checkpoint(TRUNCATE)")
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
