"""A database server whose disk is really full: the bot says so, takes nothing in, loses nothing, and goes on."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from chaos_bot import PATIENCE, BotProcess
from chaos_ledger import Ledger
from chaos_world import WatchedWorld
from postgres_cluster import Cluster, programs
from test_chaos_disk import NOON, asks, has_disks

from bot.sandbox import SteerableClock, serve

SAID = "No update is taken in or confirmed: The disk of postgresql:///small is full: make room"
PEOPLE, MOST = 60, 25  # questions of each: more in a minute would be too many
SIZE = "32m"  # of the disk; an empty database takes 12


@dataclass
class Small:
    """A server's database on a small disk that the server alone sees."""

    cluster: Cluster
    disk: Path

    @property
    def url(self) -> str:
        """Tell the database's address."""
        return self.cluster.url("small")

    def fill(self) -> None:
        """Let the server write until there is no room."""
        with self.cluster.connect() as connection, pytest.raises(psycopg.errors.DiskFull):
            self._ballast(connection, 1_000_000)

    def clear(self) -> None:
        """Let there be room again."""
        with self.cluster.connect() as connection:
            self._ballast(connection, 0)

    def _ballast(self, connection: "psycopg.Connection[tuple[object, ...]]", lines: int) -> None:
        made = f"SELECT repeat('x', 1000) FROM generate_series(1, {lines})"  # noqa: S608 (a number of ours)
        connection.execute(f"COPY ({made}) TO '{self.disk}/ballast'".encode())


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """Start a server that sees a small disk, which nobody else does."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed here: apt-get install postgresql")
    if not has_disks(tmp_path):
        pytest.skip("this machine gives nobody a disk of their own")
    cluster = Cluster.start(found)
    try:
        cluster.down("fast")
        folder = cluster.folder / "small"
        folder.mkdir()
        if cluster.account is not None:
            folder.chmod(0o777)
        mount = (
            f'mount -t tmpfs -o size={SIZE},mode=0700 none "$0" && exec unshare --user --map-user=1000 "$@"'
        )
        cluster.within = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, str(folder))
        cluster.up()
        cluster.within = ()
        with cluster.connect() as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{folder}'".encode())
            connection.execute("CREATE DATABASE small TABLESPACE small")
        yield Small(cluster, folder)
    finally:
        cluster.end()


@asynccontextmanager
async def living(folder: Path, server: str) -> AsyncIterator[tuple[BotProcess, WatchedWorld]]:
    """Run the bot on a server's database."""
    world = WatchedWorld(Ledger(), clock=SteerableClock(NOON, running=True))
    async with serve(world) as telegram:
        bot = BotProcess(telegram.url, folder, server=server)
        keeper = asyncio.ensure_future(bot.keep())
        try:
            yield bot, world
        finally:
            await bot.finish(keeper)


@pytest.mark.timeout(200)
async def test_a_full_disk_of_the_servers_loses_nothing(tmp_path: Path, small: Small) -> None:
    """Updates wait unconfirmed with Telegram while there is no room there, and each is answered once there is."""
    async with living(tmp_path, small.url) as (bot, world):
        people = [world.phone(first_name=f"P{number}") for number in range(PEOPLE)]
        await asks(people[0], "/help")
        small.fill()
        asked = [1, *[0] * (PEOPLE - 1)]
        for place in itertools.islice(itertools.cycle(range(PEOPLE)), MOST * PEOPLE):
            people[place].send_text("/help")  # pages that have room take some
            asked[place] += 1
            await asyncio.sleep(0.01)
            if SAID in said(bot):
                break
        assert SAID in said(bot)
        assert world.updates.waiting
        small.clear()
        for person, questions in zip(people, asked, strict=True):
            await person.wait_until(lambda view, many=questions: len(view.from_bot) >= many, PATIENCE)  # type: ignore[misc]
        await world.drained(PATIENCE)
    assert bot.crashes == []
    assert [len(person.from_bot) for person in people] == asked
    lines = said(bot).splitlines()
    assert len([line for line in lines if "is full" in line]) < 20
    assert not [line for line in lines if "Traceback" in line]


def said(bot: BotProcess) -> str:
    """Read its log."""
    return bot.log.read_text(errors="replace")
