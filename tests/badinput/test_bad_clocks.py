"""Clocks that jump and zones that go: each has its decided behaviour, and nobody else's morning stops."""

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from whole_words import whole_words

from bot.actions.open_rounds import House
from bot.practice import calendar
from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.partner import Partner
from bot.upkeep import Upkeep
from storage.database import Database
from storage.instants import from_micros
from storage.keyring import Keyring
from storage.sweep import Keep

OPENING = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KEEP = Keep(timedelta(days=7), timedelta(days=90), timedelta(days=30))


@pytest.fixture(scope="module")
def house() -> House:
    """Read the real prompts once."""
    return House(whole_words(), "UTC")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Make a database with one couple whose evening is due at OPENING."""
    keyring = Keyring.ready(tmp_path / "key" / "keyring.json", tmp_path / "data")
    database = await Database.open(tmp_path / "data", keyring)
    await add(database, 1, "UTC")
    yield database
    await database.close()


async def add(database: Database, number: int, zone: str) -> None:
    """Add a couple whose evening is due at OPENING."""
    pair = PartnerId(number * 10), PartnerId(number * 10 + 1)
    async with database.unit(OPENING - DAY) as unit:
        for partner in pair:
            await unit.partners.add(
                Partner(
                    id=partner, chat=partner, name="P", language="en", zone=zone, consented_at=OPENING - DAY
                )
            )
        day = (OPENING - DAY).date()
        rhythm = Rhythm(20 * 60, zone)
        await unit.couples.add(Couple(CoupleId(number), pair, rhythm, OPENING - DAY, day, OPENING))


async def dates(database: Database, couple: int = 1) -> list[str]:
    """Tell the dates that a couple has rounds of."""
    async with database.unit(OPENING) as unit:
        return [
            row["local_date"]
            for row in await unit.context.transaction.rows(
                "SELECT local_date FROM rounds WHERE couple_id = :couple ORDER BY ordinal", couple=couple
            )
        ]


def app_of(database: Database, house: House) -> Upkeep:
    """Make the app around a database, without its tasks."""
    return Upkeep(database, house, KEEP)


async def test_a_clock_that_steps_an_hour_back_opens_nothing_twice(database: Database, house: House) -> None:
    """The date has its round already; the next one comes at its own time."""
    app = app_of(database, house)
    for moment in (OPENING, OPENING - HOUR, OPENING, OPENING + HOUR):
        due = await app.beat(moment)
        assert due is not None
        assert due > moment
    assert await dates(database) == ["2026-03-02"]
    await app.beat(OPENING + DAY)
    assert await dates(database) == ["2026-03-02", "2026-03-03"]


async def test_a_clock_that_steps_an_hour_forth_opens_early_once(database: Database, house: House) -> None:
    """An hour early is a round; when the clock is put right it is not opened again, and the next is on time."""
    app = app_of(database, house)
    await app.beat(OPENING - HOUR)
    assert await dates(database) == []
    await app.beat(OPENING + HOUR)
    await app.beat(OPENING + timedelta(minutes=5))
    assert await dates(database) == ["2026-03-02"]
    await app.beat(OPENING + DAY)
    assert await dates(database) == ["2026-03-02", "2026-03-03"]


async def test_a_year_ahead_skips_what_was_missed_and_opens_no_storm(
    database: Database, house: House
) -> None:
    """Nobody gets 365 prompts, nor one at midnight: the next evening is the next round."""
    app = app_of(database, house)
    await app.beat(OPENING)
    ahead = OPENING + timedelta(days=365, hours=7)
    due = await app.beat(ahead)
    assert await dates(database) == ["2026-03-02"]
    assert due is not None
    assert ahead < due <= ahead + DAY
    await app.beat(ahead.replace(hour=20))
    assert len(await dates(database)) == 2


async def test_a_year_ahead_by_mistake_and_back_loses_no_evening_for_long(
    database: Database, house: House
) -> None:
    """What was planned a year ahead is noticed an hour after the clock is put right: evenings come again."""
    app = app_of(database, house)
    await app.beat(OPENING + timedelta(days=365, hours=7))
    for hour in range(72):
        await app.beat(OPENING + hour * HOUR)
    assert await dates(database) == ["2026-03-03", "2026-03-04"]


async def test_a_round_that_was_opened_in_a_wrong_year_holds_up_no_evening(
    database: Database, house: House
) -> None:
    """Its date is in the future and stays there; today's rounds come as if it were not."""
    app = app_of(database, house)
    await app.beat(OPENING + timedelta(days=365, hours=7))
    await app.beat(OPENING + timedelta(days=366))
    for hour in range(72):
        await app.beat(OPENING + hour * HOUR)
    assert sorted(await dates(database)) == ["2026-03-03", "2026-03-04", "2027-03-03"]


@pytest.mark.parametrize("gone", ["Mars/Olympus_Mons", "Europe/Nowhere", "../etc/passwd", ""])
async def test_a_zone_that_is_gone_is_read_as_utc(database: Database, house: House, gone: str) -> None:
    """The couple's evening comes at its hour by UTC, and nobody else's stops."""
    await add(database, 2, gone)
    await add(database, 3, "Europe/Dublin")
    await app_of(database, house).beat(OPENING)
    assert [await dates(database, couple) for couple in (1, 2, 3)] == [["2026-03-02"]] * 3
    assert calendar.local_minute(OPENING, gone) == 20 * 60


async def test_a_zone_that_moves_moves_the_next_evening_and_opens_no_second_one(
    database: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New rules count from the next planning on: one round a date, twelve hours apart at least."""
    app = app_of(database, house)
    await app.beat(OPENING)
    known = calendar.zone_named
    monkeypatch.setattr(calendar, "zone_named", lambda name: known("Etc/GMT-3" if name == "UTC" else name))
    openings = [OPENING]
    for step in range(1, 96):
        before = len(await dates(database))
        await app.beat(OPENING + step * HOUR)
        if len(await dates(database)) > before:
            openings.append(OPENING + step * HOUR)
    assert [later.hour for later in openings[2:]] == [17] * len(openings[2:])
    assert all(b - a >= calendar.LEAST_GAP for a, b in itertools.pairwise(openings))
    assert len(set(await dates(database))) == len(await dates(database)) >= 4


async def next_opening(database: Database) -> datetime | None:
    """Tell when the couple's next round opens."""
    async with database.unit(OPENING) as unit:
        return (await unit.couples.get(CoupleId(1))).next_opening


async def waiting(database: Database) -> list[tuple[str, datetime]]:
    """Tell what waits in the outbox, and until when."""
    async with database.unit(OPENING) as unit:
        return [
            (row["kind"], from_micros(row["due_at"]))
            for row in await unit.context.transaction.rows(
                "SELECT kind, due_at FROM outbox WHERE state = 'queued' ORDER BY id"
            )
        ]


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(days=-365 * 50)])
async def test_a_clock_that_was_wrong_lets_no_update_take_effect_twice(
    database: Database, house: House, wrong: timedelta
) -> None:
    """Killed before its batch was confirmed, started in another year: the same updates come, and are known."""
    for before, after in ((OPENING, OPENING + wrong), (OPENING + wrong, OPENING)):
        batch = range(int(before.timestamp()), int(before.timestamp()) + 100)
        async with database.unit(before) as unit:
            assert all([await unit.updates.record(number) for number in batch])
        await app_of(database, house).beat(after)
        async with database.unit(after) as unit:
            assert not any([await unit.updates.record(number) for number in batch])


async def test_what_was_planned_in_a_wrong_year_leaves_when_the_clock_has_gone_right_for_an_hour(
    database: Database, house: House
) -> None:
    """The prompts and what came with them wait for no year; the reminders of that evening are dropped."""
    ahead = OPENING + 365 * DAY
    await app_of(database, house).beat(ahead)
    await app_of(database, house).beat(ahead + DAY)
    assert [kind for kind, _ in await waiting(database)] == [
        *["prompt", "reminder"] * 2,
        *["friend_offer"] * 2,
    ]
    app, morning = app_of(database, house), OPENING - 10 * HOUR
    await app.beat(morning)
    assert len(await waiting(database)) == 6
    await app.beat(morning + HOUR)
    leaving = [(kind, morning + HOUR) for kind in ("prompt", "prompt", "friend_offer", "friend_offer")]
    assert await waiting(database) == leaving


async def test_a_clock_that_is_behind_for_a_moment_moves_nothing(database: Database, house: House) -> None:
    """To it, tonight is half a century ahead: a machine that has just been switched on knows no better."""
    await app_of(database, house).beat(OPENING)
    before, planned = await waiting(database), await next_opening(database)
    assert [kind for kind, _ in before] == ["prompt", "reminder"] * 2
    app = app_of(database, house)
    for moment in (OPENING - 365 * 50 * DAY, OPENING - 365 * 50 * DAY + timedelta(minutes=5), OPENING):
        await app.beat(moment)
    assert await waiting(database) == before
    assert await next_opening(database) == planned
