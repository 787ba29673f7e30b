"""Which engine: a folder is SQLite's, an address PostgreSQL's, whose driver is imported only then."""

from pathlib import Path
from types import ModuleType

from storage import sqlite, verification
from storage.engine import Engine
from storage.errors import DatabasePlace, DriverMissing, KeyLost
from storage.inspection import KeepAside
from storage.keyring import Keyring
from storage.vault import Vault


def place(where: DatabasePlace) -> DatabasePlace:
    """Name a database to people: its file, or its address without the password. Raises StorageError."""
    return sqlite.place(where) if isinstance(where, Path) else str(_postgres().shown(where))


async def engine_of(where: DatabasePlace, vault: Vault, keep_aside: KeepAside | None = None) -> Engine:
    """Open a database, made or migrated where it has to be. Raises StorageError."""
    if isinstance(where, Path):
        return await sqlite.open_in(where, vault, keep_aside)
    _postgres()
    from storage.postgres.engine import PostgresEngine  # noqa: PLC0415 (only where its driver is there)

    return await PostgresEngine.open_at(where, vault)


def is_there(where: DatabasePlace) -> bool:
    """Tell whether there is a database of ours, or of another program's. Raises StorageError."""
    return sqlite.place(where).exists() if isinstance(where, Path) else bool(_postgres().is_there(where))


def keyring_of(where: DatabasePlace, key_file: Path) -> Keyring:
    """Load the key file, or make it where there is no database yet. Raises StorageError."""
    if isinstance(where, Path):
        return Keyring.ready(key_file, where)
    if not key_file.exists() and is_there(where):
        raise KeyLost(key_file, database=place(where))
    return Keyring.load(key_file) if key_file.exists() else Keyring.create(key_file)


def verify(where: DatabasePlace, keyring: Keyring) -> list[str]:
    """Read all there is, beside whoever uses it; tell what is wrong, one line each, without a word."""
    vault = Vault(keyring, place(where))
    if isinstance(where, Path):
        return verification.verify(sqlite.place(where), vault)
    return list(_postgres().verify(where, vault))


def _postgres() -> ModuleType:
    try:
        from storage.postgres import server  # noqa: PLC0415 (a start on SQLite need not have the driver)
    except ImportError as error:
        raise DriverMissing("ATTUNE_DATABASE") from error
    return server
