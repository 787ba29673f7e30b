"""Which engine: a folder is SQLite's, an address PostgreSQL's, whose driver is imported only then."""

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from storage import files, moving, sqlite, verification
from storage.engine import Engine
from storage.errors import AlreadyRunning, DatabasePlace, DriverMissing, KeyLost
from storage.inspection import KeepAside
from storage.keyring import Keyring
from storage.moving import TellMoved
from storage.vault import Vault

if TYPE_CHECKING:
    from storage.postgres.state import ServerState


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


def server_state(url: str) -> "ServerState":
    """Ask a server about itself. Raises StorageError."""
    _postgres()
    from storage.postgres.state import state  # noqa: PLC0415 (only where its driver is there)

    return state(url)


def move(old: DatabasePlace, new: DatabasePlace, keyring: Keyring, tell: TellMoved) -> bool:
    """Move a house, and compare all of it; tell whether somebody serves the old one meanwhile. Raises StorageError.

    `tell` is told of each table.
    """
    vault = Vault(keyring, place(old))
    with ExitStack() as stack:
        used = _held(old, stack)
        here = stack.enter_context(_old_house(old, vault))
        there = stack.enter_context(_new_house(new, vault))
        moving.move(here, there, tell)
    return used


def _held(old: DatabasePlace, stack: ExitStack) -> bool:
    """Keep others from serving a house; tell where somebody does already."""
    if not isinstance(old, Path):
        return bool(_postgres().is_served(old))
    try:
        stack.callback(files.hold(old).release)
    except AlreadyRunning:
        return True
    return False


def _old_house(where: DatabasePlace, vault: Vault) -> AbstractContextManager[moving.MovedFrom]:
    if isinstance(where, Path):
        return moving.old_file(sqlite.place(where), vault)
    from storage.postgres.moving import old_house  # noqa: PLC0415 (only where its driver is there)

    return old_house(where, vault)


def _new_house(where: DatabasePlace, vault: Vault) -> AbstractContextManager[moving.MovedTo]:
    if isinstance(where, Path):
        return moving.new_file(where)
    from storage.postgres.moving import new_house  # noqa: PLC0415 (only where its driver is there)

    return new_house(where, vault)


def _postgres() -> ModuleType:
    try:
        from storage.postgres import server  # noqa: PLC0415 (a start on SQLite need not have the driver)
    except ImportError as error:
        raise DriverMissing("ATTUNE_DATABASE") from error
    return server
