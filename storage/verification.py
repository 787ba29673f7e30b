"""Reading everything that a database holds, for whoever asks whether it is whole."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from storage import migrate
from storage.errors import StorageError, read_whole
from storage.vault import Vault, Wrapped

KEYS = "SELECT id, wrapped_key, key_generation FROM partners"


def verify(path: Path, vault: Vault) -> list[str]:
    """Tell what is wrong, one line each, without a word of anybody's. Takes time with the file's size."""
    found: list[str] = []
    try:
        with read_whole(path), closing(read(path)) as connection:
            found.extend(_pages(connection))
            found.extend(_references(connection))
            found.extend(_tables(connection))
            found.extend(wrong_keys(connection.execute(KEYS), vault))
    except StorageError as error:
        found.append(f"the file: {error.facts.get('what', error)}")
    return found


def read(path: Path) -> sqlite3.Connection:
    """Open a database beside whoever uses it; it can't be changed through this."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file: {line}"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table}: row {row} refers to a row of {parent} that is not there"


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    found, expected = migrate.schema(connection), migrate.expected(migrate.version(connection))
    for kind, name, *_ in sorted(found ^ expected):
        yield f"the schema: {kind} {name} is not as it should be"


def wrong_keys(rows: Iterable[tuple[int, bytes, int]], vault: Vault) -> Iterator[str]:
    """Tell whose keys the key file does not open, as KEYS selects them."""
    for partner, key, generation in rows:
        try:
            vault.unwrap(partner, Wrapped(key, generation))
        except StorageError as error:
            yield f"partner {partner}: {error}"
