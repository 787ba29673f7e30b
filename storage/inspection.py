"""Looking at a database before anything is written to it, and bringing it up to date.

A file that is refused is left byte for byte as it was. All of it costs the same for any size: reading
everything is `Database.verify`'s, for whoever asks for it. A new database is made beside its place and
moved there whole, so that its header always says whose it is.
"""

import logging
import sqlite3
import struct
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from storage import files, migrate, notes
from storage.errors import Damaged, DatabasePlace, ForeignFile, NewerSchema, WrongKey, read_whole, told
from storage.vault import Vault

LOG = logging.getLogger(__name__)

KeepAside = Callable[[Path], None]

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
CHECKS = f"SELECT name, value FROM notes WHERE name LIKE '{notes.KEY}%'"  # noqa: S608 (our own name)


def prepare(path: Path, vault: Vault, keep_aside: KeepAside | None = None) -> None:
    """Make a database, or look at the one there is and migrate it. Raises StorageError.

    `keep_aside` is given the path of one that is about to be migrated.
    """
    with told(path):
        if not path.exists():
            files.put_in_place(path, _make)
        elif (number := look(path, vault)) < migrate.latest():
            LOG.info("bringing the database from schema %d to %d", number, migrate.latest())
            if keep_aside is not None:
                keep_aside(path)
            _migrate(path, lambda step: LOG.info("schema %d of %d", step, migrate.latest()))


def look(path: Path, vault: Vault) -> int:
    """Tell the schema of a database that this code and this key file can use.

    Raises ForeignFile, NewerSchema, Damaged, WrongKey, NoAccess.
    """
    look_at_header(path)
    with read_whole(path), closing(_connect_to_read(path)) as connection:
        number = migrate.version(connection)
        _check_version(path, number)
        if not migrate.expected(number) <= migrate.schema(connection):
            raise Damaged(path, what="its tables are not those of its schema")
        check_keys(path, connection.execute(CHECKS), vault)
        return number


def look_at_header(path: Path) -> None:
    """Tell from its first bytes whether a file is a database of ours.

    Raises ForeignFile, NewerSchema, Damaged, NotThere, NoAccess. The layout is part 1.3 of SQLite's
    file format.
    """
    with told(path):
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
        size, logged = path.stat().st_size, _logged(path)
    if not MAGIC.startswith(header[: len(MAGIC)]):
        raise ForeignFile(path)
    if len(header) < HEADER_BYTES:
        raise Damaged(path, what="it is cut short")
    page_bytes, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    number, application = struct.unpack(">I4xI", header[60:72])
    if application != migrate.APPLICATION:
        raise ForeignFile(path)
    _check_version(path, number)
    # While there is a log, pages may be waiting in it.
    if not logged and size < pages * (65536 if page_bytes == 1 else page_bytes):
        raise Damaged(path, what="it is cut short")


def _logged(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _check_version(path: Path, number: int) -> None:
    if number > migrate.latest():
        raise NewerSchema(path, found=number, known=migrate.latest())


def _connect_to_read(path: Path) -> sqlite3.Connection:
    # Without a log nothing else needs to be read, and `immutable` leaves no file beside it.
    mode = "mode=ro" if _logged(path) else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)


def check_keys(place: DatabasePlace, checks: Iterable[tuple[str, bytes]], vault: Vault) -> None:
    """Hold the key file against what a database notes of its keys, as CHECKS selects it. Raises WrongKey."""
    for name, value in checks:
        if not vault.fits(int(name.removeprefix(notes.KEY)), value):
            raise WrongKey(vault.keyring.path, database=place)


def _make(path: Path) -> None:
    path.write_bytes(migrate.image())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _migrate(path: Path, tell: Callable[[int], None]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate.migrate(connection, tell=tell)
        connection.execute("PRAGMA journal_mode = WAL")
