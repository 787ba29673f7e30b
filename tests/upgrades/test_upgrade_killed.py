"""An upgrade that is killed at any instant goes on: the next start brings up to date what the disk holds.

The 100,000 couples are behind a command of their own: `python tests/upgrades/crowd.py 100000`.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crowd import counts, populate

from storage import migrate

COUPLES = 200
INSTANTS = 10


def test_what_the_disk_holds_at_any_instant_goes_on(tmp_path: Path) -> None:
    """Within steps as well as between them; no row is lost or there twice, and the schema is the newest."""
    path = populate(tmp_path / "live", COUPLES)
    before = counts(path)
    every = watched(_again(path, tmp_path), lambda _: None) // INSTANTS
    taken: list[Path] = []

    def snap(turn: int) -> None:
        if turn % every == 0:
            taken.append(shutil.copytree(path.parent, tmp_path / str(turn)))

    watched(_again(path, tmp_path), snap)
    reached = set()
    for folder in taken:
        with closing(sqlite3.connect(folder / "attune.db", isolation_level=None)) as connection:
            reached.add(migrate.version(connection))
            migrate.migrate(connection)
            assert migrate.schema(connection) == migrate.expected(migrate.latest())
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert counts(folder / "attune.db") == before
    assert len(taken) >= INSTANTS
    assert len(reached) > 2


def watched(path: Path, look: Callable[[int], None]) -> int:
    """Bring a database up to date, and look now and then while SQLite works; tell how often that was."""
    turns = 0

    def turn() -> int:
        nonlocal turns
        turns += 1
        look(turns)
        return 0

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.set_progress_handler(turn, 50)
        migrate.migrate(connection)
        connection.set_progress_handler(None, 0)
    return turns


def _again(path: Path, scratch: Path) -> Path:
    """Give the database as it was, each time."""
    kept = scratch / "kept.db"
    if not kept.exists():
        shutil.copy(path, kept)
    shutil.copy(kept, path)
    return path
