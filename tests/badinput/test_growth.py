"""What has served its time goes: a simulated year shows the size levelling off; a full outbox is no trouble."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from whole_words import whole_words

from bot.actions.open_rounds import House
from bot.messages import Message, MessageKind, Sent
from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.partner import Partner
from bot.upkeep import Upkeep
from storage.database import Database
from storage.instants import to_micros
from storage.keyring import Keyring
from storage.sweep import Keep

START = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
KEEP = Keep(timedelta(days=7), timedelta(days=30), timedelta(days=30))
COUPLES = 4
PASSING = ("updates", "outbox", "holds", "invites")
RAREST = 150  # days until what comes most seldom, the neutral friend's offer, has come and gone
ROWS_AT_START = 1_000_000

_CROWD = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
INSERT INTO outbox (id, kind, chat_id, ids, priority, due_at, state, attempts)
SELECT i, 'help', 1000 + i, '{"language":"en"}', 2, :due, 'queued', 0 FROM n"""


async def opened(folder: Path) -> Database:
    """Make a database with a few couples."""
    keyring = Keyring.ready(folder / "key" / "keyring.json", folder / "data")
    database = await Database.open(folder / "data", keyring)
    async with database.unit(START) as unit:
        for number in range(1, COUPLES + 1):
            pair = PartnerId(number * 10), PartnerId(number * 10 + 1)
            for partner in pair:
                await unit.partners.add(
                    Partner(id=partner, chat=partner, name="P", language="en", zone="UTC", consented_at=START)
                )
            day = START.date() - timedelta(days=1)
            rhythm = Rhythm(20 * 60, "UTC")
            await unit.couples.add(
                Couple(CoupleId(number), pair, rhythm, START - timedelta(days=1), day, START)
            )
    return database


async def live(database: Database, app: Upkeep, day: int) -> dict[str, int]:
    """Let one day pass: updates come, what is due is sent, and the heart beats; count what is kept."""
    now = START + timedelta(days=day)
    await app.beat(now)
    async with database.unit(now + timedelta(hours=13)) as unit:
        for number in range(40):
            await unit.updates.record(day * 1000 + number)
        await unit.outbox.put(*(Message(MessageKind.HELP, 10 * n, PartnerId(10 * n)) for n in (1, 2, 3)))
        while rows := await unit.spool.lease(100):
            for row in rows:
                await unit.spool.settle(row.id, Sent(row.id % 1000))
        run = unit.context.transaction.rows
        return {table: (await run(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in PASSING}  # noqa: S608 (made of our own names)


@pytest.mark.timeout(240)
async def test_a_year_levels_off(tmp_path: Path) -> None:
    """Once all has come that comes at times, passing rows are no more; rounds alone grow, a few rows a day."""
    database = await opened(tmp_path)
    app = Upkeep(database, House(whole_words(), "UTC"), KEEP)
    sizes = [await live(database, app, day) for day in range(365)]
    for table in PASSING:
        assert max(size[table] for size in sizes[RAREST:]) <= max(size[table] for size in sizes[:RAREST])
    assert sizes[-1]["updates"] <= 40 * 9
    async with database.unit(START) as unit:
        rounds = (await unit.context.transaction.rows("SELECT count(*) AS n FROM rounds"))[0]["n"]
    await database.close()
    assert rounds == COUPLES * 365
    # Rounds, turns and what was seen: a few hundred bytes a couple and day, and room for the rest.
    assert (tmp_path / "data" / "attune.db").stat().st_size < 365 * COUPLES * 1000 + 2_000_000


@pytest.mark.timeout(240)
async def test_a_million_rows_in_the_outbox_hold_up_no_look(tmp_path: Path) -> None:
    """A start and a look cost the same as with an empty one, and only what leaves soon is held in memory."""
    await (await opened(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / "data" / "attune.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_CROWD, {"rows": ROWS_AT_START, "due": to_micros(START)})
    began = time.process_time()
    database = await Database.open(tmp_path / "data", Keyring.load(tmp_path / "key" / "keyring.json"))
    async with database.unit(START) as unit:
        assert await unit.spool.release() == 0
        assert len(await unit.spool.lease(30)) == 30
        assert await unit.spool.next_due() is not None
        await unit.outbox.put(Message(MessageKind.HELP, 10, PartnerId(10)))
        assert [row.message.chat for row in await unit.spool.lease(1)] == [10]
    assert time.process_time() - began < 1.0
    await database.close()
