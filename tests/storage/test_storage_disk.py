"""Disks: full, read-only, failing, or taken by another program; and a process that is killed."""

import asyncio
import errno
import resource
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from storage_house import NOW, House, a_couple, a_message, a_partner

from storage import errors
from storage.database import Database
from storage.engine import Statement, asking
from storage.errors import StorageError, told
from storage.keyring import Keyring
from storage.sqlite import SqliteEngine
from storage.tombstones import Tombstones

pytestmark = pytest.mark.sqlite


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size: what a disk does when it is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("kind", StorageError.__subclasses__())
def test_every_trouble_is_one_line_that_says_what_to_do(kind: type[StorageError]) -> None:
    """It names the file, and ends as a sentence does."""
    path = Path("/srv/attune/attune.db")
    trouble = kind(path, found=2, known=1, what="a reason", database=path, seconds=20)
    line = str(trouble)
    assert str(path) in line
    assert line.endswith(".")
    assert not set("\n{}") & set(line)
    assert len(line) < 140
    moved = trouble.instead(path, Path("/backup"))
    assert str(moved) == line.replace(str(path), "/backup")
    assert str(trouble.instead(Path("/else"), Path("/backup"))) == line


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOENT, errors.NotThere),
        (errno.ENOSPC, errors.DiskFull),
        (errno.EDQUOT, errors.DiskFull),
        (errno.EACCES, errors.NoAccess),
        (errno.EROFS, errors.NoAccess),
        (errno.EISDIR, errors.IsFolder),
        (errno.EBUSY, errors.MountedAlone),
        (errno.ENOLCK, errors.NetworkDisk),
        (errno.EIO, errors.DiskTrouble),
        (None, errors.DiskTrouble),
    ],
)
def test_failures_of_the_system_are_told(number: int | None, kind: type[StorageError]) -> None:
    """In our words, with the cause behind them."""
    cause = OSError(number, "...") if number else OSError("...")
    with pytest.raises(kind) as caught, told(Path("here")):
        raise cause
    assert caught.value.__cause__ is cause


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_IOERR_SHMMAP", errors.NetworkDisk),
        ("SQLITE_IOERR_SHMOPEN", errors.NetworkDisk),
        ("SQLITE_IOERR_LOCK", errors.NetworkDisk),
        ("SQLITE_IOERR_WRITE", errors.DiskTrouble),
    ],
)
def test_a_disk_that_cannot_share_is_told(name: str, kind: type[StorageError]) -> None:
    """A network's disk keeps files, and neither locks nor memory for two: another one is to be chosen."""
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorname = name
    with pytest.raises(kind), told(Path("here")):
        raise cause


async def test_a_database_that_is_full_says_so(house: House, database: Database) -> None:
    """What was under way is undone, and when there is room again all goes on."""
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
    pages = (await database._engine.fetch("PRAGMA page_count"))[0]["page_count"]
    await database._engine.fetch(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.DiskFull, match="make room"):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            for number in range(2, 9999):
                await unit.updates.record(number)
    assert house.outside("SELECT id FROM updates") == [(1,)]
    await database._engine.fetch(f"PRAGMA max_page_count = {pages * 2}")
    async with database.unit(NOW) as unit:
        await unit.updates.record(2)


async def test_a_disk_that_is_full_at_the_commit_says_so(house: House, database: Database) -> None:
    """The log can't grow: the commit fails, the lock is free, nothing is half there."""
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
    size = (house.data / "attune.db-wal").stat().st_size
    with files_at_most(size), pytest.raises(StorageError):
        async with database.unit(NOW) as unit:
            await unit.updates.record(2)
    async with database.unit(NOW) as unit:
        assert await unit.updates.record(2)
    assert house.outside("SELECT count(*) FROM updates") == [(2,)]


async def test_what_sqlite_rolled_back_by_itself_is_not_gone_on_with(
    house: House, database: Database
) -> None:
    """Whoever catches the failure inside the unit can't write the rest of it outside any transaction."""
    with pytest.raises(errors.Undone, match="do it again"):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
            await unit.context.transaction.rows("ROLLBACK")  # what a failing disk makes SQLite do
            with pytest.raises(sqlite3.OperationalError):
                await unit.context.transaction.rows("SELECT * FROM nothing")
            with pytest.raises(errors.Undone):
                await unit.context.transaction.all(asking("INSERT INTO updates VALUES (:id, 0)", id=2))
    assert house.outside("SELECT count(*) FROM updates") == [(0,)]


async def test_a_statement_that_fails_does_not_end_the_unit(house: House, database: Database) -> None:
    """Its own effect is gone; what was there before stays."""
    insert = "INSERT INTO updates (id, seen_at) VALUES (:id, 0)"
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
        with pytest.raises(sqlite3.IntegrityError):
            async with unit.savepoint():
                await unit.context.transaction.all(Statement(insert, [{"id": 2}, {"id": 1}]))
    assert house.outside("SELECT id FROM updates") == [(1,)]


async def test_a_database_that_may_not_change_says_so(database: Database) -> None:
    """A disk mounted read-only, say."""
    await database._engine.fetch("PRAGMA query_only = ON")
    with pytest.raises(errors.NoAccess, match="permissions"):
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
    await database._engine.fetch("PRAGMA query_only = OFF")


async def test_another_program_that_writes_is_told(house: House, database: Database) -> None:
    """No other bot can be it; the unit fails, and works when that program is done."""
    with closing(sqlite3.connect(house.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.Busy, match="close it"):
            async with database.unit(NOW) as unit:
                await unit.updates.record(1)
    async with database.unit(NOW) as unit:
        assert await unit.updates.record(1)


async def test_a_place_without_a_database_is_told(tmp_path: Path) -> None:
    """The engine leaves no thread behind."""
    with pytest.raises(errors.NoAccess):
        await SqliteEngine.connect(tmp_path / "no folder" / "attune.db")
    (tmp_path / "attune.db").write_text("nothing that SQLite knows, and more than a header of it " * 9)
    with pytest.raises(errors.Damaged):
        await SqliteEngine.connect(tmp_path / "attune.db")


async def test_a_log_that_cannot_be_emptied_is_no_failure_of_the_unit(
    house: House, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """The commit stands; it is noted, and tried again after the next one."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
    size = house.path.stat().st_size
    await database.scrub()
    async with database.unit(NOW) as unit:
        await unit.outbox.put(*(a_message(a_partner(unit)) for _ in range(500)))
    with files_at_most(size):
        assert not await database.scrub()
    assert "tried again" in caplog.text
    async with database.unit(NOW) as unit:
        await unit.partners.forget(one.id)
        assert await unit.partners.get(two.id)
    assert (house.data / "attune.db-wal").stat().st_size == 0


async def test_a_tombstone_that_is_cut_by_a_full_disk_is_taken_back(house: House, database: Database) -> None:
    """Half of two marks: neither counts, and both people are there."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        _, gone, _ = await a_couple(unit)
    async with database.unit(NOW) as unit:
        await unit.partners.forget(gone.id)
    marks = Tombstones(house.keyring)
    before = marks.path.read_bytes()
    with files_at_most(len(before) + 100), pytest.raises(errors.DiskFull):
        marks.add([one.id, two.id], NOW)
    assert marks.path.read_bytes() == before
    nowhere = Tombstones(Keyring(house.root / "nowhere" / "key", {}, b""))
    with pytest.raises(errors.NotThere):
        nowhere.add([one.id], NOW)


CRASH = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.database import Database
from storage.keyring import Keyring

async def main(folder, key, moment):
    database = await Database.open(Path(folder), Keyring.load(Path(key)))
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(1, 4):
        async with database.unit(now) as unit:
            await unit.updates.record(number)
    async with database.unit(now) as unit:
        for number in range(100, 200):
            await unit.updates.record(number)
        if moment == "inside":
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize(("moment", "kept"), [("inside", 3), ("after", 103)])
async def test_what_was_committed_survives_a_kill(house: House, moment: str, kept: int) -> None:
    """All of it, at once and without repair; and nothing of what was not."""
    async with house.open():
        pass
    arguments = ["-c", CRASH, str(house.data), str(house.key_file), moment]
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
    assert await process.wait() == -signal.SIGKILL
    async with house.open() as database:
        assert house.outside("SELECT count(*) FROM updates") == [(kept,)]
        async with database.unit(NOW) as unit:
            assert not await unit.updates.record(3)
        assert await database.verify() == []


HOLD = """
import os, signal, sys
from pathlib import Path
from storage import files
files.make_folder(Path(sys.argv[1]))
lock = files.hold(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


async def test_a_second_bot_may_start_when_the_first_was_killed(house: House) -> None:
    """The lock ends with its process, though its file stays."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, str(house.data))
    assert await process.wait() == -signal.SIGKILL
    assert (house.data / "attune.lock").exists()
    async with house.open():
        assert house.path.exists()
