"""Backups: whole, of one instant, and put back only once all of it has been checked."""

import asyncio
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from storage_house import NOW, House, a_couple, a_message, a_partner

from storage import errors, migrate
from storage.backup import back_up, restore
from storage.copying import PAGES
from storage.database import Database
from storage.keyring import Keyring
from storage.tombstones import Tombstones
from storage.verification import verify

pytestmark = pytest.mark.sqlite


async def fill(database: Database, people: int) -> None:
    """Store people, to have pages to copy."""
    for _ in range(0, people, 200):
        async with database.unit(NOW) as unit:
            await unit.outbox.put(
                *(a_message(a_partner(unit), dedupe=f"{unit.new_id()}" * 20) for _ in range(200))
            )


async def test_a_backup_is_one_private_file_that_can_be_put_back(house: House) -> None:
    """Made while the bot runs, put back into an empty folder."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            couple, one, two = await a_couple(unit)
        await back_up(house.data, house.backup)
        assert [path.name for path in house.backup.parent.iterdir()] == ["monday.db"]
        assert house.backup.stat().st_mode & 0o777 == 0o600
    shutil.rmtree(house.data)
    await restore(house.backup, house.data, house.keyring)
    assert sorted(path.name for path in house.data.iterdir()) == ["attune.db", "attune.lock"]
    assert house.path.stat().st_mode & 0o777 == 0o600
    async with house.open() as database, database.unit(NOW) as unit:
        assert await unit.couples.of(two.id) == couple
        assert await unit.partners.get(one.id) == one


async def test_a_backup_without_a_running_bot(house: House) -> None:
    """The command needs nobody's help, and no key."""
    async with house.open() as database, database.unit(NOW) as unit:
        await unit.updates.record(1)
    await back_up(house.data, house.backup)
    with closing(sqlite3.connect(house.backup)) as copy:
        assert copy.execute("SELECT id FROM updates").fetchall() == [(1,)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


async def test_a_backup_is_of_one_instant(house: House, database: Database) -> None:
    """What is written while it is copied waits for nobody, and is not in it."""
    await fill(database, 3000)
    counts = house.outside("SELECT count(*) FROM outbox")
    told: list[tuple[int, int]] = []
    midway, go_on = threading.Event(), threading.Event()

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        midway.set()
        assert go_on.wait(60)

    copying = asyncio.ensure_future(back_up(house.data, house.backup, progress))
    await asyncio.to_thread(midway.wait, 60)
    await fill(database, 200)
    assert await database.scrub() is False
    go_on.set()
    await copying
    assert len(told) > 1
    assert told[-1][0] == told[-1][1] == house.backup.stat().st_size // 4096
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0][0] == PAGES
    with closing(sqlite3.connect(house.backup)) as copy:
        assert copy.execute("SELECT count(*) FROM outbox").fetchall() == counts
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert await database.scrub()


async def test_a_cancelled_backup_leaves_nothing(house: House, database: Database) -> None:
    """Not even the file beside it."""
    await fill(database, 3000)
    midway, go_on = threading.Event(), threading.Event()

    def progress(_done: int, _total: int) -> None:
        midway.set()
        assert go_on.wait(60)

    copying = asyncio.ensure_future(back_up(house.data, house.backup, progress))
    await asyncio.to_thread(midway.wait, 60)
    copying.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await copying
    assert list(house.backup.parent.iterdir()) == []


async def test_nothing_is_overwritten(house: House, database: Database) -> None:
    """An earlier backup stays."""
    assert database
    await back_up(house.data, house.backup)
    before = house.backup.read_bytes()
    with pytest.raises(errors.TargetExists, match="name a new file"):
        await back_up(house.data, house.backup)
    assert house.backup.read_bytes() == before


async def test_what_is_not_there_or_not_ours_is_not_copied(house: House) -> None:
    """Nor to where nothing can be written."""
    house.data.mkdir()
    with pytest.raises(errors.NotThere):
        await back_up(house.data, house.backup)
    house.path.write_text(
        "a text that is longer than a header of a database is, by a few letters or by more" * 2
    )
    with pytest.raises(errors.ForeignFile):
        await back_up(house.data, house.backup)
    house.path.unlink()
    async with house.open():
        house.backup.parent.write_text("a file where the folder should be")
        with pytest.raises(errors.StorageError):
            await back_up(house.data, house.backup)


async def test_a_damaged_source_is_told(house: House) -> None:
    """A page that SQLite can't make sense of: no backup is better than one that nobody can use."""
    async with house.open() as database:
        await fill(database, 400)
    content = house.path.read_bytes()
    house.path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(errors.StorageError):
        await back_up(house.data, house.backup)
    assert list(house.backup.parent.iterdir()) == []


@pytest.mark.parametrize("removed", [False, True])
async def test_a_restore_replaces_what_is_there(house: House, removed: bool) -> None:  # noqa: FBT001 (a case)
    """With its log, of which nothing must come back: also where somebody has removed the rest of it."""
    aside = house.root / "aside"
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
        await back_up(house.data, house.backup)
        async with database.unit(NOW) as unit:
            await unit.updates.record(2)
        shutil.copytree(house.data, aside)  # as a killed bot leaves it
    shutil.rmtree(house.data)
    shutil.move(aside, house.data)
    if removed:
        house.path.unlink()
    await restore(house.backup, house.data, house.keyring)
    async with house.open() as database:
        assert house.outside("SELECT id FROM updates") == [(1,)]
        assert await database.verify() == []


async def test_a_damaged_database_is_replaced(house: House) -> None:
    """It is what backups are for."""
    async with house.open():
        await back_up(house.data, house.backup)
    os.truncate(house.path, 5000)
    await restore(house.backup, house.data, house.keyring)
    async with house.open() as database:
        assert await database.verify() == []


async def test_a_restore_forgets_whoever_was_forgotten_since(house: House) -> None:
    """Before the database is in its place; nobody else is touched."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            _, one, two = await a_couple(unit)
        await back_up(house.data, house.backup)
        async with database.unit(NOW) as unit:
            await unit.partners.forget(one.id)
    await restore(house.backup, house.data, house.keyring)
    assert house.outside("SELECT id FROM partners") == [(two.id,)]
    assert verify(house.path, database._vault) == []
    marks = Tombstones(house.keyring)
    assert list(marks.read()) == [marks.mark(one.id)]


async def refused(house: House, source: Path, kind: type[errors.StorageError], keyring: Keyring) -> None:
    """See a restore refused, in a line about the backup, with everything as it was."""
    before = house.files()
    with pytest.raises(kind) as caught:
        await restore(source, house.data, keyring)
    assert "restoring" not in str(caught.value)
    assert house.files() == before


async def test_a_backup_that_does_not_pass_is_refused(house: House, tmp_path: Path) -> None:
    """Not there, foreign, cut, newer, under another key, or with a page that is garbage."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            await a_couple(unit)
        await fill(database, 400)
        await back_up(house.data, house.backup)
    good = house.backup.read_bytes()
    await refused(house, tmp_path / "nothing", errors.NotThere, house.keyring)
    house.backup.write_bytes(b"SQLite format 2" + good[15:])
    await refused(house, house.backup, errors.ForeignFile, house.keyring)
    house.backup.write_bytes(good[:-4096])
    await refused(house, house.backup, errors.Damaged, house.keyring)
    house.backup.write_bytes(good[:60] + bytes([0, 0, 0, migrate.latest() + 1]) + good[64:])
    await refused(house, house.backup, errors.NewerSchema, house.keyring)
    house.backup.write_bytes(good)
    await refused(house, house.backup, errors.WrongKey, Keyring.create(tmp_path / "other" / "key"))
    # A leaf of a table: nothing that opening looks at.
    middle = len(good) // 2 // 4096 * 4096
    house.backup.write_bytes(good[:middle] + b"\xa5" * 4096 + good[middle + 4096 :])
    await refused(house, house.backup, errors.Damaged, house.keyring)


async def test_a_restore_leaves_others_alone(house: House) -> None:
    """A folder that a bot is using, and a file that is not ours; a newer database may be gone back from."""
    async with house.open():
        await back_up(house.data, house.backup)
        with pytest.raises(errors.AlreadyRunning):
            await restore(house.backup, house.data, house.keyring)
    with house.tampering() as outside:
        outside.execute("PRAGMA user_version = 99")
    await restore(house.backup, house.data, house.keyring)
    house.path.write_text(
        "a text that is longer than a header of a database is, by a few letters or by more" * 2
    )
    await refused(house, house.backup, errors.ForeignFile, house.keyring)


async def test_a_restore_that_was_killed_is_begun_again(house: House) -> None:
    """What it left aside is thrown away."""
    async with house.open():
        await back_up(house.data, house.backup)
    (house.data / "restoring").mkdir()
    (house.data / "restoring" / "attune.db").write_bytes(b"half")
    await restore(house.backup, house.data, house.keyring)
    assert sorted(path.name for path in house.data.iterdir()) == ["attune.db", "attune.lock"]


async def test_verify_finds_what_is_wrong(house: House) -> None:
    """References to nobody, an index too many, a key that does not open: each in a line without a word."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            _, one, two = await a_couple(unit, name="Nobody's name")
        with house.tampering() as outside:
            outside.execute(
                "INSERT INTO seats (couple_id, seat, partner_id, active, rest_told) VALUES (5, 0, 5, 0, 0)"
            )
            outside.execute("CREATE INDEX mine ON updates (seen_at, id)")
            outside.execute(
                "UPDATE partners SET wrapped_key = (SELECT wrapped_key FROM partners WHERE id = ?)", (one.id,)
            )
        found = await database.verify()
    assert len(found) == 3
    assert found[0].startswith("seats: row")
    assert found[1] == "the schema: index mine is not as it should be"
    assert found[2].startswith(f"partner {two.id}: ")
    assert "Nobody" not in "".join(found)
    vault = database._vault
    content = house.path.read_bytes()
    page = house.outside("SELECT rootpage FROM sqlite_schema WHERE name = 'seats_by_partner'")[0][0]
    emptied = bytes.fromhex("0a 0000 0000 1000 00").ljust(
        4096, b"\x00"
    )  # a leaf of an index, without entries
    house.path.write_bytes(content[: (page - 1) * 4096] + emptied + content[page * 4096 :])
    assert "the file: row 1 missing from index seats_by_partner" in verify(house.path, vault)
    house.path.write_bytes(b"no database at all, and longer than the header of one would be, by some" * 9)
    assert len(verify(house.path, vault)) == 1
