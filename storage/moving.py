"""Moving a house from a file to a server, or back: table by table, each counted and fingerprinted on both sides.

What is there already and the same is passed over, so a move that was interrupted goes on, and one of a house in use
catches up. The new house can't be served before all of it is the same.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from storage import files, inspection, migrate, verification
from storage.errors import MovedAmiss, OldSchema, TargetExists, read_whole, told
from storage.vault import Vault

Cells = Sequence[Any]
BYTES = 8  # of a row's fingerprint


@dataclass(frozen=True)
class Print:
    """A table's rows, counted and fingerprinted, in whatever order they come."""

    rows: int = 0
    sum: int = 0


@dataclass(frozen=True)
class Relation:
    """A table, its columns, and the tables that its rows refer to."""

    name: str
    columns: tuple[str, ...]
    refers: frozenset[str]


class MovedFrom(Protocol):
    """One of the two houses."""

    def rows(self, table: Relation) -> Iterator[Cells]:
        """Give a table's rows."""
        ...


class MovedTo(MovedFrom, Protocol):
    """The house that is moved into."""

    def fill(self, emptied: Sequence[Relation], table: Relation, rows: Iterator[Cells]) -> None:
        """Empty tables, and fill one of them, both or neither."""
        ...

    def finish(self) -> None:
        """Let it be served."""
        ...


TellMoved = Callable[[str, int, bool], None]
"""Is told a table's name, its rows, and whether they were there already."""


def tables() -> list[Relation]:
    """List all tables of the newest schema, each behind those that it refers to."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate.migrate(connection)
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        found = {name: _table(connection, name) for name in sorted(names)}
    ordered: list[Relation] = []
    while found:
        free = [table for table in found.values() if not table.refers & set(found) - {table.name}]
        ordered += free
        found = {name: table for name, table in found.items() if table not in free}
    return ordered


def _table(connection: sqlite3.Connection, name: str) -> Relation:
    columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
    refers = frozenset(row[2] for row in connection.execute(f"PRAGMA foreign_key_list({name})"))
    return Relation(name, columns, refers)


def move(old: MovedFrom, new: MovedTo, tell: TellMoved) -> None:
    """Fill the new house with what the old one holds, and compare all of it. Raises StorageError."""
    every = tables()
    prints = {table: fingerprint(old.rows(table)) for table in every}
    differs = False
    for place, table in enumerate(every):
        same = not differs and fingerprint(new.rows(table)) == prints[table]
        if not same:
            # What refers to it goes first; it comes again in its turn.
            new.fill([] if differs else every[place:], table, old.rows(table))
            differs = True
        tell(table.name, prints[table].rows, same)
    wrong = [table.name for table in every if fingerprint(new.rows(table)) != prints[table]]
    if wrong:
        raise MovedAmiss(", ".join(wrong))
    new.finish()


def fingerprint(rows: Iterator[Cells]) -> Print:
    """Count rows and add up the hash of each."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(blake2b(_written(row), digest_size=BYTES).digest())
    return Print(count, total % (1 << 8 * BYTES))


def _written(row: Cells) -> bytes:
    """Write a row so that no two differing ones are written alike."""
    return repr([bytes(value) if isinstance(value, memoryview) else value for value in row]).encode()


class OldFile:
    """A file that is moved from, as it is at one instant."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, table: Relation) -> Iterator[Cells]:
        """Give a table's rows."""
        return selected(self._connection, table)


class NewFile:
    """A file that is moved into, beside its place."""

    def __init__(self, connection: sqlite3.Connection, put_in_place: Callable[[], None]) -> None:
        self._connection = connection
        self._put_in_place = put_in_place

    def rows(self, table: Relation) -> Iterator[Cells]:
        """Give a table's rows."""
        return selected(self._connection, table)

    def fill(self, emptied: Sequence[Relation], table: Relation, rows: Iterator[Cells]) -> None:
        """Empty tables, and fill one of them, both or neither."""
        values = ", ".join("?" * len(table.columns))
        with self._connection:
            self._connection.execute("BEGIN")
            for one in reversed(emptied):
                self._connection.execute(f"DELETE FROM {one.name}")  # noqa: S608 (the schema's own)
            into = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({values})"  # noqa: S608 (as above)
            self._connection.executemany(into, rows)

    def finish(self) -> None:
        """Let it be served."""
        self._put_in_place()


def selected(connection: sqlite3.Connection, table: Relation) -> Iterator[Cells]:
    """Give a table's rows."""
    return connection.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}")  # noqa: S608 (the schema's own)


@contextmanager
def old_file(path: Path, vault: Vault) -> Iterator[OldFile]:
    """Open a file to move from, whether it is in use or not. Raises StorageError."""
    number = inspection.look(path, vault)
    if number != migrate.latest():
        raise OldSchema(path, found=number, known=migrate.latest())
    with read_whole(path), closing(verification.read(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM notes")  # from here on it is read as it is now
        yield OldFile(connection)


@contextmanager
def new_file(folder: Path) -> Iterator[NewFile]:
    """Open a file to move into, or the one that an interrupted move has left. Raises StorageError."""
    path = folder / files.DATABASE
    files.make_folder(folder)
    lock = files.hold(folder)
    beside = path.with_name(f"{path.name}.moving")
    try:
        if path.exists():
            raise TargetExists(path)
        with told(beside):
            if not beside.exists():
                files.make_private(beside)
            with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
                migrate.migrate(connection)
                connection.execute("PRAGMA journal_mode = WAL")
                yield NewFile(connection, lambda: _put_in_place(connection, beside, path))
    finally:
        lock.release()


def _put_in_place(connection: sqlite3.Connection, beside: Path, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with closing(sqlite3.connect(beside, isolation_level=None)) as whole:
        whole.execute("PRAGMA journal_mode = WAL")
    files.sync(beside)
    files.give_away(beside, like=path.parent)
    beside.replace(path)
    files.sync(path.parent)
