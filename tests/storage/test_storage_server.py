"""A PostgreSQL server as it comes: empty, foreign, old, read-only, gone for a while. Each is told in one line."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from postgres_cluster import Cluster
from storage_house import NOW, House, a_couple

from storage import engines, errors, migrate
from storage.database import Database
from storage.engine import Statement
from storage.keyring import Keyring

SECRET = "pa55word"  # noqa: S105 (that it is told nowhere is the point)


@pytest.fixture
def empty(tmp_path: Path, cluster: Cluster) -> Iterator[House]:
    """Keep a server's database in which nothing is."""
    url = cluster.create()
    yield House(tmp_path, url)
    cluster.drop(url)


async def refused(house: House, kind: type[errors.StorageError], keyring: Keyring | None = None) -> str:
    """Open a database that is refused; tell the line."""
    assert house.server is not None
    before = made_of(house)
    with pytest.raises(kind) as caught:
        await Database.open(house.server, keyring or house.keyring)
    assert made_of(house) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def made_of(house: House) -> list[tuple[object, ...]]:
    """Tell all columns and indexes, and the schema's number where there is one."""
    columns = house.outside(
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    indexes = house.outside(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    )
    return [*columns, *indexes]


async def test_an_empty_database_becomes_ours(empty: House) -> None:
    """And is so at the next start; it is told without the password or the socket's folder."""
    async with empty.open() as database:
        assert await database.verify() == []
        assert database.path == f"postgresql:///{str(empty.server).partition('@/')[2].partition('?')[0]}"
    async with empty.open() as database, database.unit(NOW) as unit:
        await a_couple(unit)
    assert empty.outside("SELECT application, number FROM attune") == [
        (migrate.APPLICATION, migrate.latest())
    ]


async def test_an_old_schema_is_brought_up_to_date(empty: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, to what a new one has."""
    with monkeypatch.context() as then:
        then.setattr(migrate, "latest", lambda: 1)
        with suppress(psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable):
            async with empty.open():
                pass
    assert empty.outside("SELECT number FROM attune") == [(1,)]
    async with empty.open():
        pass
    migrated = made_of(empty)
    with empty.tampering() as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    async with empty.open():
        assert made_of(empty) == migrated


async def test_what_is_not_ours_is_refused(empty: House) -> None:
    """Another program's tables, a newer Attune's, and one that lacks a table; nothing of it is touched."""
    with empty.tampering() as connection:
        connection.execute("CREATE TABLE theirs (x INTEGER)")
    assert "another program's tables" in await refused(empty, errors.ForeignDatabase)
    with empty.tampering() as connection:
        connection.execute("DROP TABLE theirs")
    async with empty.open():
        pass
    with empty.tampering() as connection:
        connection.execute("DROP TABLE holds")
    await refused(empty, errors.Damaged)
    with empty.tampering() as connection:
        connection.execute("UPDATE attune SET number = 9999")
    assert "schema 9999" in await refused(empty, errors.NewerSchema)


async def test_another_key_is_refused(empty: House, tmp_path: Path) -> None:
    """The words could not be read."""
    async with empty.open():
        pass
    await refused(empty, errors.WrongKey, Keyring.create(tmp_path / "other" / "keyring.json"))


async def test_a_lost_key_is_told_and_none_is_made(empty: House) -> None:
    """A key file is made for an empty database alone; the doctor looks at one as a start does."""
    assert empty.server is not None
    assert not engines.is_there(empty.server)
    empty.key_file.unlink()
    keyring = engines.keyring_of(empty.server, empty.key_file)
    async with house_of(empty, keyring).open() as database, database.unit(NOW) as unit:
        await a_couple(unit)
    assert engines.is_there(empty.server)
    assert engines.verify(empty.server, keyring) == []
    kept = empty.key_file.read_bytes()
    empty.key_file.unlink()
    with pytest.raises(errors.KeyLost):
        engines.keyring_of(empty.server, empty.key_file)
    assert not empty.key_file.exists()
    empty.key_file.write_bytes(kept)
    empty.key_file.chmod(0o600)
    assert engines.keyring_of(empty.server, empty.key_file).key(1) == keyring.key(1)
    with empty.tampering() as connection:
        connection.execute("UPDATE partners SET wrapped_key = ''")
    assert len(engines.verify(empty.server, keyring)) == 2


def house_of(house: House, keyring: Keyring) -> House:
    """Give a house another key."""
    house.keyring = keyring
    return house


async def test_a_database_that_can_only_be_read_is_refused(empty: House) -> None:
    """A standby says the same of itself."""
    name = str(empty.server).partition("@/")[2].partition("?")[0]
    with empty.tampering() as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await refused(empty, errors.OnlyRead)


async def test_a_statement_that_is_said_often(empty: House) -> None:
    """Whichever of its values are none in which set; where one set fails, none is kept, and the way stays usable."""
    text = "INSERT INTO notes (name, value) VALUES (:name, :value)"
    given = [{"name": f"n{number}", "value": (None, b"x", b"")[number % 3]} for number in range(12)]
    holds = "INSERT INTO holds (chat_id, until) VALUES (:chat, :until)"
    async with empty.open() as database:
        with empty.tampering() as connection:
            connection.execute("ALTER TABLE notes ALTER value DROP NOT NULL")
        async with database.unit(NOW) as unit:
            often = Statement(holds, [{"chat": number, "until": number} for number in range(20)])
            await unit.context.transaction.later(Statement(text, given), often, Statement(text, []))
        with pytest.raises(psycopg.errors.UniqueViolation):  # noqa: PT012 (a unit of work is one block)
            async with database.unit(NOW) as unit:
                twice = [{"chat": number % 35, "until": 0} for number in range(20, 40)]
                await unit.context.transaction.later(Statement(holds, twice))
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
    found = dict(empty.outside("SELECT name, value FROM notes WHERE name LIKE 'n%' AND length(name) < 4"))
    assert {name: found[name] for name in sorted(found)} == {
        str(one["name"]): one["value"] for one in sorted(given, key=lambda one: str(one["name"]))
    }
    assert empty.outside("SELECT count(*), sum(until) FROM holds") == [(20, 190)]


@pytest.mark.parametrize("apart", [0.0, 60.0, -60.0])
async def test_clocks_that_are_apart_are_told_at_the_start(
    empty: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, apart: float
) -> None:
    """With how far; nothing is refused."""
    clock = SimpleNamespace(time=lambda: time.time() + apart)
    monkeypatch.setattr("storage.postgres.server.time", clock)
    async with empty.open():
        pass
    assert ("of this machine and of the database are 60 s apart" in caplog.text) is bool(apart)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"postgresql://me:{SECRET}@host/name?such=none", errors.WrongAddress),
        (f"postgresql://me:{SECRET}@[broken/name", errors.WrongAddress),
        (f"postgresql://me:{SECRET}@127.0.0.1:1/name", errors.NoEntry),
        (f"postgresql://me:{SECRET}@/name?host=/nowhere", errors.NoEntry),
    ],
)
async def test_a_wrong_address_is_told_without_its_password(
    house: House, url: str, kind: type[errors.StorageError]
) -> None:
    """In one line that names the setting."""
    with pytest.raises(kind, match="ATTUNE_DATABASE") as caught:
        await Database.open(url, house.keyring)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_missing_driver_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no part of the plain installation."""
    monkeypatch.setitem(sys.modules, "storage.postgres.server", None)
    monkeypatch.delattr("storage.postgres.server", raising=False)
    with pytest.raises(errors.DriverMissing, match="uv sync --extra postgres"):
        await Database.open("postgresql:///attune", house.keyring)


@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_a_server_that_starts_anew_is_found_again(empty: House, cluster: Cluster, how: str) -> None:
    """Between two units nobody notices; a unit that was open is undone as a whole, and says so."""
    async with empty.open() as database:
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
        cluster.down(how)
        cluster.up()
        async with database.unit(NOW) as unit:
            await unit.updates.record(2)
        with pytest.raises(errors.StorageError):  # noqa: PT012 (a unit of work is one block)
            async with database.unit(NOW) as unit:
                await unit.updates.record(3)
                cluster.down(how)
                cluster.up()
                await unit.updates.record(4)
        cluster.down(how)
        with pytest.raises(errors.NoEntry):
            async with database.unit(NOW) as unit:
                await unit.updates.record(5)
        cluster.up()
        async with database.unit(NOW) as unit:
            await unit.updates.record(6)
    assert empty.outside("SELECT id FROM updates ORDER BY id") == [(1,), (2,), (6,)]


# What a server says last where its log has no room: its commit may have got there all the same.
FIELDS = b"SPANIC\0VPANIC\0C53100\0Mcould not write to file\0\0"
PANIC = b"E" + (4 + len(FIELDS)).to_bytes(4) + FIELDS


class Wire:
    """A way to the server that breaks when a commit passes: before it arrives, or before its answer does."""

    def __init__(self, cluster: Cluster, *, arrives: bool, last: bytes) -> None:
        self.cluster = cluster
        self.arrives = arrives
        self.last = last  # said in the place of the answer
        self.breaks = False
        self.broken = 0

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes, both ways."""
        there, onwards = await asyncio.open_unix_connection(self.cluster.folder / ".s.PGSQL.5432")
        back = asyncio.ensure_future(_copy(there, writer))
        while sent := await reader.read(65536):
            if self.breaks and b"COMMIT\x00" in sent:
                self.breaks, self.broken = False, self.broken + 1
                back.cancel()
                await asyncio.wait({back})
                if self.arrives:
                    onwards.write(sent)
                    await there.read(1)  # the answer, which goes nowhere
                writer.write(self.last)
                break
            onwards.write(sent)
        onwards.close()
        writer.close()
        back.cancel()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)


@asynccontextmanager
async def wired(
    house: House, cluster: Cluster, folder: Path, *, arrives: bool, last: bytes
) -> AsyncIterator[tuple[Database, Wire]]:
    """Open a database by way of a wire."""
    wire = Wire(cluster, arrives=arrives, last=last)
    served = await asyncio.start_unix_server(wire.pass_on, folder / ".s.PGSQL.5432")
    database = await Database.open(str(house.server).partition("host=")[0] + f"host={folder}", house.keyring)
    try:
        yield database, wire
    finally:
        await database.close()
        served.close()
        await served.wait_closed()


@pytest.mark.parametrize("last", [b"", PANIC], ids=["silent", "panic"])
@pytest.mark.parametrize("arrives", [True, False])
async def test_what_became_of_a_commit_is_asked(
    empty: House,
    cluster: Cluster,
    tmp_path: Path,
    arrives: bool,  # noqa: FBT001 (drawn)
    last: bytes,
) -> None:
    """The connection is lost before its answer: it was kept, and nobody is told otherwise, or it is told as undone."""
    async with wired(empty, cluster, tmp_path, arrives=arrives, last=last) as (database, wire):
        wire.breaks = True
        kept = True
        try:
            async with database.unit(NOW) as unit:
                await unit.updates.record(1)
        except errors.Undone:
            kept = False
        assert (kept, wire.broken) == (arrives, 1)
        async with database.unit(NOW) as unit:
            assert await unit.updates.record(1) is not arrives
            await unit.updates.record(2)
    assert empty.outside("SELECT id FROM updates ORDER BY id") == [(1,), (2,)]
