"""Which engine: a folder is SQLite's, an address PostgreSQL's, whose driver is imported only then."""

from pathlib import Path
from types import ModuleType

from storage import sqlite
from storage.engine import Engine
from storage.errors import DatabasePlace, DriverMissing
from storage.inspection import KeepAside
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


def _postgres() -> ModuleType:
    try:
        from storage.postgres import server  # noqa: PLC0415 (a start on SQLite need not have the driver)
    except ImportError as error:
        raise DriverMissing("ATTUNE_DATABASE") from error
    return server
