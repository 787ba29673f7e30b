"""A morning that is read ahead is the same morning, and one couple's trouble is nobody else's."""

from collections.abc import Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.actions import open_rounds
from bot.actions.open_rounds import House
from bot.app import App
from bot.clock import SteppedClock
from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.partner import Partner
from bot.telegram.lexicon import Lexicon
from storage.database import Database
from storage.keyring import Keyring
from storage.sweep import Keep
from storage.unit import Unit

START = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
ZONE = "Europe/Dublin"
COUPLES = 7
DAYS = 12
ROWS = (
    "SELECT couple_id, local_date, prompt, arc, ordinal, swapped, state FROM rounds ORDER BY 1, 5",
    "SELECT kind, chat_id, couple_id, ids, priority, due_at, not_after, state FROM outbox ORDER BY 1, 2, 6, 8",
    "SELECT * FROM couples ORDER BY id",
    "SELECT * FROM seats ORDER BY 1, 2",
    "SELECT * FROM seen_prompts ORDER BY 1, 2",
    "SELECT partner_id, sealed_at, declined, thread FROM turns ORDER BY round_id, seat",
)
KEEP = Keep(timedelta(days=7), timedelta(days=90), timedelta(days=30))


@pytest.fixture(scope="module")
def house() -> House:
    """Read the real prompts once."""
    return House(Lexicon(), ZONE)


async def made(folder: Path) -> Database:
    """Make couples with ids of their own, some of whose partners rest or set another depth."""
    keyring = Keyring.ready(folder / "key" / "keyring.json", folder / "data")
    database = await Database.open(folder / "data", keyring)
    async with database.unit(START) as unit:
        for number in range(1, COUPLES + 1):
            pair = PartnerId(number * 10), PartnerId(number * 10 + 1)
            for partner in pair:
                await unit.partners.add(
                    Partner(
                        id=partner,
                        chat=partner,
                        name=f"P{partner}",
                        language="en",
                        zone=None,
                        depth=1 + number % 3,
                        consented_at=START,
                        resting=number == COUPLES,
                    )
                )
            day = START.date() - timedelta(days=1)
            await unit.couples.add(
                Couple(CoupleId(number), pair, Rhythm(20 * 60, ZONE), START - timedelta(days=1), day, START)
            )
    return database


async def story(folder: Path, house: House) -> list[list[tuple[Any, ...]]]:
    """Let twelve evenings come, and tell what stands in the database."""
    database = await made(folder)
    app = App(database, house, SteppedClock(START), KEEP)
    for day in range(DAYS):
        await app.beat(START + timedelta(days=day, minutes=day % 3))
    async with database.unit(START) as unit:
        found = [[tuple(row) for row in await unit.context.transaction.rows(sql)] for sql in ROWS]
    await database.close()
    return found


async def test_what_is_read_ahead_changes_nothing(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred couples at a time or one by one: the same rounds, messages and openings."""
    at_once = await story(tmp_path / "at_once", house)

    @asynccontextmanager
    async def one_by_one(unit: Unit, couples: Collection[CoupleId]) -> Any:
        del couples
        unit.whole = unit_whole  # type: ignore[attr-defined]
        yield unit

    monkeypatch.setattr(Unit, "morning", one_by_one)
    assert await story(tmp_path / "apart", house) == at_once
    assert len(at_once[0]) == (COUPLES - 1) * DAYS


class unit_whole:  # noqa: N801 (stands where a function does)
    """Nothing to undo."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, *given: object) -> None:
        """End."""


async def test_what_is_wrong_with_one_couple_stops_nobody_elses_morning(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is put off for an hour, nothing of it is kept, and the log names it without a word."""
    database = await made(tmp_path)
    opening = open_rounds.following

    def broken(couple: Couple, now: datetime) -> datetime:
        if couple.id == 3:
            raise ZeroDivisionError("private words")
        return opening(couple, now)

    monkeypatch.setattr(open_rounds, "following", broken)
    await App(database, house, SteppedClock(START), KEEP).beat(START)
    async with database.unit(START) as unit:
        rows = await unit.context.transaction.rows("SELECT couple_id FROM rounds")
        assert {row["couple_id"] for row in rows} == set(range(1, COUPLES)) - {3}
        late = await unit.couples.get(CoupleId(3))
        assert late.next_opening == START + timedelta(hours=1)
        assert replace(late, next_opening=START) == replace(late, next_opening=START, lapses=0)
    await database.close()
    assert "Couple 3 was not opened: ZeroDivisionError" in caplog.text
    assert "private words" not in caplog.text


async def test_a_key_that_does_not_open_stops_nobody_elses_morning(
    tmp_path: Path, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A damaged row is one couple's trouble, and is looked at again an hour later."""
    database = await made(tmp_path)
    async with database.unit(START) as unit:
        await unit.context.transaction.rows("UPDATE partners SET wrapped_key = x'00' WHERE id = 20")
    app = App(database, house, SteppedClock(START), KEEP)
    await app.beat(START)
    async with database.unit(START) as unit:
        rows = await unit.context.transaction.rows("SELECT couple_id FROM rounds")
        late = (await unit.couples.get(CoupleId(2))).next_opening
    await database.close()
    assert {row["couple_id"] for row in rows} == set(range(1, COUPLES)) - {2}
    assert late == START + timedelta(hours=1)
    assert "Couple 2 was not opened: Damaged" in caplog.text
