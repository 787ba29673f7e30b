"""What the doctor says of the ground that the database stands on: room, and a server's clock, rights and leaders."""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from postgres_cluster import Cluster
from test_cli_doctor import doctor, lived_in

from bot.config import Places
from bot.ground import LEAST, _room, ground
from bot.sandbox import World, serve
from storage.database import Database
from storage.keyring import Keyring


@pytest.fixture
def shared(cluster: Cluster) -> Iterator[str]:
    """Make a database on a server; tell its address."""
    url = cluster.make()
    yield url
    cluster.drop(url)


async def said(folder: Path, url: str = "") -> list[str]:
    """Look, and say it as the doctor does."""
    found = [finding async for finding in ground(Places(folder / "data", folder / "key.json", database=url))]
    return [f"✗ {one.what}: {one.advice}" if one.advice else f"✓ {one.what}" for one in found]


async def test_a_disk_is_told_with_its_room(tmp_path: Path) -> None:
    """By the command itself; too little is told with what to do."""
    await lived_in(tmp_path)
    async with serve(World()) as telegram:
        status, told = await doctor(tmp_path, telegram.url)
    assert status == 0
    assert "✓ disk: the database takes " in told
    assert _room("disk", 10**6, LEAST - 1).advice
    assert _room("disk", 10**10, 10**9).advice
    assert not _room("disk", 10**6, LEAST).advice


async def test_a_server_is_told_with_who_leads(tmp_path: Path, cluster: Cluster, shared: str) -> None:
    """Nobody, and then whoever sends, while it does."""
    keyring = Keyring(cluster.folder / "none", {1: bytes(32)}, bytes(32))
    assert "✓ processes: none runs at the moment" in await said(tmp_path, shared)
    database = await Database.open(shared, keyring)
    leading = await database.take("drain")
    assert leading is not None
    told = await said(tmp_path, shared)
    await database.let_go(leading)
    await database.close()
    assert "✓ processes: one sends" in told
    assert "✓ clocks of this machine and of the database server" in told
    assert any(line.startswith("✓ database server: PostgreSQL 1") for line in told)
    assert any(line.startswith("✓ database server's disk: the database takes ") for line in told)
    assert "free" in told[-1]


async def test_clocks_that_are_apart(tmp_path: Path, shared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By how much, and what to do."""
    wrong = SimpleNamespace(time=lambda: time.time() + 60)
    monkeypatch.setattr("storage.postgres.state.time", wrong)
    told = await said(tmp_path, shared)
    (line,) = [line for line in told if line.startswith("✗")]
    assert line.startswith("✗ clocks of this machine and of the database server: 60 s apart: set them by")


async def test_a_standby_and_a_server_that_is_away(tmp_path: Path, cluster: Cluster, shared: str) -> None:
    """One line each, without the password."""
    name = str(psycopg.conninfo.conninfo_to_dict(shared)["dbname"])
    with cluster.connect() as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    read_only = (
        f"postgresql:///{name} can only be read, as a standby can: name the primary in ATTUNE_DATABASE."
    )
    assert await said(tmp_path, shared) == [f"✗ database server: {read_only}"]
    (line,) = await said(tmp_path, "postgresql://me:pa55word@/name?host=/nowhere")
    assert line.startswith("✗ database server: postgresql:///name cannot be reached")
    assert "pa55word" not in line
