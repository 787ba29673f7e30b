"""Updates of every shape, right and wrong: none unhandled, none stuck, and no word of a couple to a stranger."""

import logging
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hostile import Hostile
from memory import stored
from people import couple

from bot.actions.open_rounds import House
from bot.clock import SteppedClock
from bot.config import Config
from bot.content import Content
from bot.home.house import at_home
from bot.messages import Sent
from bot.sandbox import TOKEN, World, serve
from bot.screens.context import Deployment
from bot.screens.render import MessageRenderer
from bot.screens.request import Services
from bot.telegram.connection import connect
from bot.telegram.throttle import Throttle
from storage.database import Database
from storage.files import DATABASE
from storage.keyring import Keyring

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BATCH = 100
FEW, MANY = 20_000, 100_000
PARTS = 4
STRANGERS = (777_000_001, 777_000_002, 777_000_003)


@pytest.mark.sqlite
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
async def test_hostile_updates_do_no_harm(
    tmp_path: Path, content: Content, caplog: pytest.LogCaptureFixture, part: int
) -> None:
    """Some thousands a run, by a seed that a failure names; in parts, for as many hands."""
    await attack(FEW // PARTS, tmp_path, content, caplog, part)


@pytest.mark.sqlite
@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_many_more_hostile_updates_do_no_harm(
    tmp_path: Path, content: Content, caplog: pytest.LogCaptureFixture
) -> None:
    """A hundred thousand."""
    await attack(MANY, tmp_path, content, caplog)


async def attack(
    count: int, folder: Path, content: Content, caplog: pytest.LogCaptureFixture, part: int = 0
) -> None:
    """Let strangers, and nobody of the couple, send them; look at every row that was queued for anybody."""
    seed = int(os.environ.get("ATTUNE_SEED", "20261123")) + part
    data = folder / "data"
    async with at_home(START, zone="Europe/Dublin", data=data, content=content) as home:
        noa, sam = await couple(home)
        await noa.seals("The marmalade on the stairs.")
        sam.writes("An umbrella.")
        await sam.hears()
        ids = [row[0] for table in ("partners", "couples", "rounds", "invites", "pieces")
               for row in stored(home, f"SELECT id FROM {table}")]  # noqa: S608  # fmt: skip
        known = {noa.phone.user_id, sam.phone.user_id}
    before = kept(data)
    caplog.set_level(logging.ERROR)
    clock = SteppedClock(START)
    async with serve(World(clock=clock)) as telegram:
        keyring = Keyring.ready(folder / "key" / "keyring.json", data)
        database = await Database.open(data, keyring)
        config = Config(
            token=TOKEN, data=data, key_file=folder / "key" / "keyring.json", operator="Ada",
            zone="Europe/Dublin", api_url=telegram.url, allow=None,
        )  # fmt: skip
        connection = await connect(config, clock)
        try:
            renderer = MessageRenderer(content, Deployment(config.operator, connection.username))
            services = Services(config, content, House(content, config.zone), renderer.labels)
            connection.route(services, Throttle.unlimited())
            intake = connection.intake(database)
            made = list(Hostile(seed, STRANGERS, [*ids, *known]).updates(count, 1))
            for start in range(0, count, BATCH):
                await intake.take(made[start : start + BATCH])
                async with database.unit(clock.now()) as unit:
                    while rows := await unit.spool.lease(500):
                        for row in rows:
                            message = row.message
                            assert message.chat not in known, (seed, row)
                            assert message.about is None, (seed, row)
                            assert message.couple is None, (seed, row)
                            await unit.spool.settle(row.id, Sent(1))
        finally:
            await connection.close()
            await database.close()
    failed = [int(r.getMessage().split()[1]) for r in caplog.records if "was not saved" in r.getMessage()]
    assert not [r for r in caplog.records if "Nobody was told" in r.getMessage()], seed
    assert not [number for number in failed if number % 2 == 0], (seed, failed)
    assert len(failed) * 100 < count, (seed, failed)
    assert not [r for r in caplog.records if "marmalade" in r.getMessage() or "umbrella" in r.getMessage()]
    assert kept(data) == before


def kept(data: Path) -> list[tuple[object, ...]]:
    """Give all rows that are the couple's."""
    path = data / DATABASE
    tables = ("couples", "rounds", "turns", "pieces", "drafts")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        there = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        return [
            row
            for table in tables
            if table in there
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 (made of our own names)
        ]
