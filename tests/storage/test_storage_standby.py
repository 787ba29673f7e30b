"""A server and the standby that follows it: what can only be read is refused, and found once it is promoted."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from postgres_cluster import USER, Cluster, programs
from storage_house import NOW, House

from storage import engines, errors
from storage.database import Database


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """Run a server that may be killed for good."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed here: apt-get install postgresql")
    running = Cluster.start(found)
    yield running
    running.end()


@pytest.fixture
def standby(primary: Cluster) -> Iterator[Cluster]:
    """Run a server that follows it."""
    running = primary.standby()
    yield running
    running.end()


async def caught_up(primary: Cluster) -> None:
    """Wait until the standby has all that is committed."""
    sql = "SELECT 1 FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_lsn()"
    async with asyncio.timeout(30):
        with primary.connect() as beside:
            while beside.execute(sql).fetchone() is None:  # noqa: ASYNC110 (another process's doing)
                await asyncio.sleep(0.02)


@pytest.mark.timeout(240)
async def test_a_standby_is_refused_and_found_once_it_is_promoted(
    tmp_path: Path, primary: Cluster, standby: Cluster
) -> None:
    """By start and doctor; with both in the address, whoever serves goes on at the new one where it was."""
    url = primary.create()
    house = House(tmp_path, url)
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    both = (
        f"postgresql://{USER}@/{name}?host={primary.folder},{standby.folder}&target_session_attrs=read-write"
    )
    async with House(tmp_path, both).open() as database:
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
        await caught_up(primary)
        there = standby.url(str(name))
        with pytest.raises(errors.OnlyRead, match="name the primary"):
            await Database.open(there, house.keyring)
        with pytest.raises(errors.OnlyRead, match="name the primary"):
            engines.server_state(there)
        primary.down()
        with pytest.raises(errors.NoEntry):
            async with database.unit(NOW) as unit:
                await unit.updates.record(2)
        standby.promote()
        async with database.unit(NOW) as unit:
            assert not await unit.updates.record(1)
            assert await unit.updates.record(2)
        leading = await database.take("drain")
        assert leading is not None
        await database.let_go(leading)
    async with House(tmp_path, there).open() as database:
        assert await database.verify() == []
