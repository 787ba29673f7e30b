"""The repositories keep the protocols that actions and delivery ask for: mypy checks what this assigns."""

from pathlib import Path

from bot.actions import ports, store
from storage.database import Database
from storage.keyring import Keyring
from storage.unit import Unit


def as_work(unit: Unit) -> ports.Work:
    """Give an action its unit of work."""
    return unit


def as_unit(unit: Unit) -> store.Unit:
    """Give delivery, or the intake, its unit of work."""
    return unit


def as_store(database: Database) -> store.Store:
    """Give delivery whatever opens them."""
    return database


async def test_a_database_is_a_store(tmp_path: Path) -> None:
    """What mypy has checked above is also there at run time."""
    database = await Database.open(tmp_path / "data", Keyring.create(tmp_path / "key"))
    try:
        for protocol in (ports.Work, store.Unit):
            names = [name for name in vars(protocol) if not name.startswith("_")]
            assert names
            assert all(hasattr(Unit, name) or name in Unit.__init__.__code__.co_names for name in names)
        assert as_store(database)
        assert database.path == tmp_path / "data" / "attune.db"
    finally:
        await database.close()
