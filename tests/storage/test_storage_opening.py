"""Opening: what is not ours, not whole, or not for this key is refused in one line, and left as it was."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import NOW, House, a_couple, a_partner

from storage import errors, files, migrate
from storage.database import Database
from storage.keyring import Keyring

pytestmark = pytest.mark.sqlite


async def make(house: House) -> None:
    """Make a database with something in it."""
    async with house.open() as database, database.unit(NOW) as unit:
        await a_couple(unit)


async def refused(house: House, kind: type[errors.StorageError]) -> str:
    """See a database refused with its files as they were; tell the line."""
    before = house.files()
    with pytest.raises(kind) as caught:
        async with house.open():
            pass
    after = house.files()
    after.pop("data/attune.lock")
    before.pop("data/attune.lock", None)
    assert after == before
    line = str(caught.value)
    assert "\n" not in line
    assert "{" not in line
    return line


async def test_a_new_folder_is_private(house: House) -> None:
    """Nobody else on the machine can read it, its database, its log or the key file."""
    async with house.open() as database, database.unit(NOW) as unit:
        await a_couple(unit)
        modes = {path.name: path.stat().st_mode & 0o777 for path in house.root.rglob("*")}
    assert modes == {
        "data": 0o700,
        "keys": 0o700,
        "attune.db": 0o600,
        "attune.db-wal": 0o600,
        "attune.db-shm": 0o600,
        "attune.lock": 0o600,
        "keyring.json": 0o600,
    }


async def test_a_closed_database_is_one_file(house: House) -> None:
    """Nothing is left in a log; opening again finds it all."""
    await make(house)
    assert sorted(path.name for path in house.data.iterdir()) == ["attune.db", "attune.lock"]
    assert house.outside("SELECT count(*) FROM partners") == [(2,)]
    await make(house)
    assert house.outside("SELECT count(*) FROM partners") == [(4,)]


async def test_the_connection_is_set_up_for_safety(house: House, database: Database) -> None:
    """Durable commits, references that hold, and deletion that overwrites."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "application_id": migrate.APPLICATION,
        "user_version": migrate.latest(),
    }
    for name, value in wanted.items():
        rows = await database._engine.fetch(f"PRAGMA {name}")
        assert [*rows[0].values()] == [value], name
    assert house.path.read_bytes()[68:72] == b"ATTU"


async def test_a_foreign_database_is_refused(house: House) -> None:
    """Another program's, in its own journal mode."""
    files.make_folder(house.data)
    with house.tampering() as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE theirs (x)")
    assert "not a database of Attune's" in await refused(house, errors.ForeignFile)


async def test_a_file_that_is_no_database_is_refused(house: House) -> None:
    """Whatever it is."""
    files.make_folder(house.data)
    house.path.write_text("a shopping list, or anything that is longer than a header " * 9)
    await refused(house, errors.ForeignFile)


@pytest.mark.parametrize("length", [0, 10, 99])
async def test_a_file_that_ends_in_its_header_is_refused(house: House, length: int) -> None:
    """An empty file is nothing that Attune leaves, even where it is killed while making one."""
    await make(house)
    os.truncate(house.path, length)
    assert "cut short" in await refused(house, errors.Damaged)


async def test_a_truncated_database_is_refused(house: House) -> None:
    """Its header says how long it was."""
    await make(house)
    os.truncate(house.path, house.path.stat().st_size - 4096)
    assert "restore" in await refused(house, errors.Damaged)


async def test_pages_of_64_kibibytes_are_counted_too(house: House) -> None:
    """The header writes 65536 as 1."""
    files.make_folder(house.data)
    with closing(sqlite3.connect(house.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 65536")
        migrate.migrate(connection)
    async with house.open() as database:
        assert await database.verify() == []
    os.truncate(house.path, house.path.stat().st_size - 65536)
    await refused(house, errors.Damaged)


async def test_a_newer_schema_is_refused(house: House) -> None:
    """Told from the header alone."""
    await make(house)
    with house.tampering() as connection:
        connection.execute(f"PRAGMA user_version = {migrate.latest() + 1}")
    assert "run the newer one" in await refused(house, errors.NewerSchema)


async def test_a_newer_schema_in_the_log_is_refused(house: House, tmp_path: Path) -> None:
    """A newer bot was killed right after its migration: the header does not know yet."""
    await make(house)
    with closing(sqlite3.connect(house.path)) as newer:
        newer.execute(f"PRAGMA user_version = {migrate.latest() + 1}")
        killed = House(tmp_path / "killed")
        shutil.copytree(house.data, killed.data)
        killed.keyring = house.keyring
    (killed.data / "attune.db-shm").unlink()
    before = {name: content for name, content in killed.files().items() if not name.endswith("shm")}
    with pytest.raises(errors.NewerSchema):
        async with killed.open():
            pass
    assert {name: content for name, content in killed.files().items() if not name.endswith("shm")} == before


async def test_tables_that_are_not_of_the_schema_are_refused(house: House) -> None:
    """A table is missing; an index that somebody has added does no harm."""
    await make(house)
    with house.tampering() as connection:
        connection.execute("CREATE INDEX mine ON updates (seen_at, id)")
    await make(house)
    with house.tampering() as connection:
        connection.execute("DROP TABLE updates")
    await refused(house, errors.Damaged)


@pytest.mark.parametrize("note", [("key:one", b""), ("key:2", 7), ("key:1", "text")])
async def test_notes_that_make_no_sense_are_refused(house: House, note: tuple[str, object]) -> None:
    """Of another type, or about something that has no number."""
    await make(house)
    with house.tampering() as connection:
        connection.execute("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", note)
    await refused(house, errors.StorageError)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_a_corrupted_file_is_opened_or_refused_and_nothing_else(
    house: House, data: st.DataObject
) -> None:
    """Whatever is overwritten: never another exception, and what is refused stays as it was."""
    if not house.path.exists():
        await make(house)
    whole = house.path.read_bytes()
    where = data.draw(st.integers(0, 8192) | st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=64))
    broken = (whole[:where] + noise + whole[where + len(noise) :])[: len(whole)]
    house.path.write_bytes(broken)
    try:
        async with house.open() as database:
            await database.verify()
    except errors.StorageError:
        pass
    finally:
        files.remove(house.path)
        house.path.write_bytes(whole)


@pytest.mark.parametrize("start", [0, 18, 60, 100, 4096])
async def test_a_corrupted_start_is_refused(house: House, start: int) -> None:
    """The header, the list of tables, and what the database knows about itself."""
    await make(house)
    whole = house.path.read_bytes()
    house.path.write_bytes(whole[:start] + b"\xff" * 200 + whole[start + 200 :])
    await refused(house, errors.StorageError)


async def test_damage_found_later_is_told_without_a_word(house: House) -> None:
    """A page in the middle is garbage: whoever reads it hears what to do."""
    async with house.open() as database, database.unit(NOW) as unit:
        for _ in range(60):
            person = a_partner(unit, name="Nobody's name")
            await unit.partners.add(person)
    root = house.outside("SELECT rootpage FROM sqlite_schema WHERE name = 'partners'")[0][0]
    content = bytearray(house.path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    house.path.write_bytes(content)
    with pytest.raises(errors.Damaged, match="restore the latest backup") as caught:
        async with house.open() as database, database.unit(NOW) as unit:
            await unit.partners.get(person.id)
    assert "Nobody" not in str(caught.value) + repr(caught.value.__cause__)


async def test_a_lost_key_is_told(house: House) -> None:
    """No new one is made over a database that could then never be read."""
    await make(house)
    house.key_file.unlink()
    with pytest.raises(errors.KeyLost, match="put it back"):
        Keyring.ready(house.key_file, house.data)
    assert not house.key_file.exists()


async def test_a_key_without_a_database_is_kept(house: House) -> None:
    """It may be needed for a backup."""
    assert Keyring.ready(house.key_file, house.data).key(1) == house.keyring.key(1)


async def test_another_key_is_refused(house: House, tmp_path: Path) -> None:
    """Told from the key file, before anything is sealed with it."""
    await make(house)
    house.keyring = Keyring.create(tmp_path / "other")
    assert "ATTUNE_KEY_FILE" in await refused(house, errors.WrongKey)


async def test_an_older_copy_of_the_key_file_is_refused(house: House) -> None:
    """It lacks the generation that some partner's key is wrapped by."""
    await make(house)
    old = house.key_file.read_bytes()
    house.keyring.add_generation()
    await make(house)
    house.key_file.write_bytes(old)
    house.keyring = Keyring.load(house.key_file)
    await refused(house, errors.WrongKey)


async def test_a_second_bot_on_the_same_folder_is_refused(house: House) -> None:
    """In this process, in another one, and until the first has closed."""
    async with house.open() as database:
        with pytest.raises(errors.AlreadyRunning, match="stop it first"):
            await Database.open(house.data, house.keyring)
        second = textwrap.dedent(f"""
            import asyncio
            from pathlib import Path
            from storage.database import Database
            from storage.keyring import Keyring
            asyncio.run(Database.open(Path({str(house.data)!r}), Keyring.load(Path({str(house.key_file)!r}))))
        """)
        result = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", second], capture_output=True, text=True, check=False
        )
        assert result.returncode == 1
        assert "AlreadyRunning" in result.stderr
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
    await make(house)


async def test_a_refused_start_frees_the_folder(house: House) -> None:
    """Mending what was wrong is enough."""
    await make(house)
    whole = house.path.read_bytes()
    house.path.write_bytes(b"")
    await refused(house, errors.Damaged)
    house.path.write_bytes(whole)
    await make(house)


async def test_a_start_that_fails_late_closes_everything(house: House) -> None:
    """The connection, its thread and the lock: here the file of tombstones is a folder."""
    await make(house)
    marks = house.key_file.with_name("keyring.json.forgotten")
    marks.mkdir()
    with pytest.raises(errors.IsFolder):
        await Database.open(house.data, house.keyring)
    marks.rmdir()
    await make(house)


async def test_a_folder_that_is_a_file_is_told(house: House) -> None:
    """So is one whose lock can't be taken."""
    house.data.write_text("")
    with pytest.raises(errors.StorageError):
        await Database.open(house.data, house.keyring)
    house.data.unlink()
    house.data.mkdir()
    (house.data / "attune.lock").mkdir()
    with pytest.raises(errors.StorageError):
        await Database.open(house.data, house.keyring)


async def test_a_killed_first_start_is_begun_again(house: House) -> None:
    """What it left beside the database's place is no database."""
    files.make_folder(house.data)
    (house.data / "attune.db.new").write_bytes(b"half")
    (house.data / "attune.db.new-journal").write_bytes(b"half")
    await make(house)
    assert sorted(path.name for path in house.data.iterdir()) == ["attune.db", "attune.lock"]


async def test_a_log_that_was_left_is_taken_in(house: House, tmp_path: Path) -> None:
    """A bot was killed: what it had committed stands in the log, and is there."""
    killed = House(tmp_path / "killed")
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            await unit.updates.record(5)
        shutil.copytree(house.data, killed.data)
    killed.keyring = house.keyring
    assert (killed.data / "attune.db-wal").stat().st_size > 0
    async with killed.open() as database, database.unit(NOW) as unit:
        assert not await unit.updates.record(5)
