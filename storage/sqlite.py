"""SQLite, the embedded engine: one file, one process, one connection that writes."""

import re
import sqlite3
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import aiosqlite
from filelock import FileLock

from storage import census, files, inspection, verification
from storage.engine import Listed, Rows, Statement, Value, Values, Visit, asking
from storage.errors import told
from storage.leaders import Leadership
from storage.vault import Vault

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


def _records(cursor: sqlite3.Cursor) -> Rows:
    """Read what was selected. A `sqlite3.Row` looks each name up among all of them; this does so once."""
    found = cursor.fetchall()
    names = [column[0] for column in cursor.description] if found else []
    return [dict(zip(names, row, strict=True)) for row in found]


class Connection(sqlite3.Connection):
    """Takes a visit where aiosqlite hands a statement on."""

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run a statement, or a visit in place of its parameters."""
        if isinstance(parameters, Visit):
            parameters.run(self.work)
            return parameters
        return super().execute(sql, parameters)

    def work(self, visit: Visit) -> None:
        """Run what a visit has left."""
        for step in visit.left:
            self._run(step)
            visit.done += 1

    def _run(self, step: Statement) -> None:
        if len(step.sets) == 1:
            step.rows = _records(super().execute(*spread(step.sql, step.sets[0])))
        else:
            self.executemany(step.sql, step.sets)


class SqliteEngine:
    """An engine on one file."""

    begin = "BEGIN IMMEDIATE"
    shared = False

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._lock: FileLock | None = None
        self.path = path

    @classmethod
    async def connect(cls, path: Path) -> "SqliteEngine":
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

    def keep(self, lock: FileLock) -> None:
        """Release the data folder's lock when the connection is closed."""
        self._lock = lock

    async def take(self, role: str) -> Leadership | None:
        """Take a role, for good: the data folder's lock is held as long as it is open."""
        return Leadership(role)

    async def renew(self, leading: Leadership) -> bool:
        """Have a role for longer: nobody takes it."""
        return leading.sure

    async def let_go(self, leading: Leadership) -> None:
        """Do nothing: nobody else wants it."""

    def verify(self, vault: Vault) -> list[str]:
        """Read all there is, beside whoever uses it; tell what is wrong, one line each, without a word."""
        return verification.verify(self.path, vault)

    def census(self, now: datetime) -> census.Census:
        """Count what there is, beside whoever uses it. Raises StorageError."""
        return census.census(self.path, now)

    async def close(self) -> None:
        """Close the connection, and free the data folder."""
        await self._connection.close()
        if self._lock is not None:
            self._lock.release()


def place(folder: Path) -> Path:
    """Tell where a data folder's database is."""
    return folder / files.DATABASE


async def open_in(folder: Path, vault: Vault, keep_aside: inspection.KeepAside | None = None) -> SqliteEngine:
    """Open a data folder's database for this process alone; make or migrate it where need be. Raises StorageError."""
    files.check_engine(folder)
    files.make_folder(folder)
    lock = files.hold(folder)
    try:
        inspection.prepare(place(folder), vault, keep_aside)
        engine = await SqliteEngine.connect(place(folder))
    except BaseException:
        lock.release()
        raise
    engine.keep(lock)
    return engine
