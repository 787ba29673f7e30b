"""The schema's steps: numbered files, each applied in a transaction of its own.

`user_version` is the number of the last one. A statement ends with a line that ends in a semicolon.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "migrations"
APPLICATION = 0x41545455  # "ATTU", in the file's header

Schema = frozenset[tuple[str, str, str, str]]


@dataclass(frozen=True)
class Migration:
    """One step of the schema."""

    number: int
    sql: str

    def statements(self) -> Iterator[str]:
        """Split the step into its statements."""
        pending = ""
        for line in self.sql.splitlines(keepends=True):
            pending += line
            if sqlite3.complete_statement(pending):
                yield pending
                pending = ""
        if _plain(pending):
            raise ValueError(f"migration {self.number} ends in the middle of a statement")


@cache
def load(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Read the steps in order. Raises ValueError where a number is missing or comes twice."""
    found = tuple(Migration(int(p.name[:4]), p.read_text("utf-8")) for p in sorted(folder.glob("*.sql")))
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"{folder}: migrations are numbered from 0001 without gaps")
    return found


def latest() -> int:
    """Tell the newest schema that this code knows."""
    return len(load())


def version(connection: sqlite3.Connection) -> int:
    """Tell the schema that a database has."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(
    connection: sqlite3.Connection,
    steps: Sequence[Migration] | None = None,
    tell: Callable[[int], None] | None = None,
) -> None:
    """Apply what a database lacks; a step that fails leaves it as that step found it.

    `connection` is in autocommit mode; `tell` is given the number of each step before it.
    """
    # A step may rebuild a table that others refer to; its references are checked before it is committed.
    connection.execute("PRAGMA foreign_keys = OFF")
    for step in load() if steps is None else steps:
        if step.number > version(connection):
            if tell is not None:
                tell(step.number)
            _apply(connection, step)
    connection.execute("PRAGMA foreign_keys = ON")


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in step.statements():
            connection.execute(statement)
        _check_references(connection, step)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {step.number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _check_references(connection: sqlite3.Connection, step: Migration) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise ValueError(f"migration {step.number} leaves references to rows that are not there")


def schema(connection: sqlite3.Connection) -> Schema:
    """Tell what a database is made of, comments and spacing aside."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    )
    return frozenset((kind, name, table, _plain(sql)) for kind, name, table, sql in rows)


def _plain(sql: str) -> str:
    return " ".join(re.sub(r"--[^\n]*", "", sql).split())


@cache
def image() -> bytes:
    """Return a new database of the newest schema, as its file holds it: made in memory, and once."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        return connection.serialize()


@cache
def expected(number: int) -> Schema:
    """Tell what a database of a given schema is made of."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, load()[:number])
        return schema(connection)
