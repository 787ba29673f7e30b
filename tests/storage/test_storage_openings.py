"""A hundred couples opened at once are each opened as if alone, and one couple's trouble is nobody else's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_words import whole_words

from bot import upkeep
from bot.actions.open_rounds import House
from bot.practice import rotation
from bot.practice import round as rounds
from bot.practice.calendar import Rhythm
from bot.practice.circumstances import Choice, Circumstances
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.opening import following
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.round import WRITABLE
from bot.practice.shelf import Card
from bot.upkeep import Upkeep
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
    "SELECT partner_id, sealed_at, declined, thread FROM turns ORDER BY partner_id, round_id",
    "SELECT id, depth, resting, expecting FROM partners ORDER BY id",
)
KEEP = Keep(timedelta(days=7), timedelta(days=90), timedelta(days=30))


@pytest.fixture(scope="module")
def house() -> House:
    """Read the real prompts once."""
    return House(whole_words(), ZONE)


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


async def story(folder: Path, house: House, days: Sequence[Mapping[int, str]]) -> list[list[tuple[Any, ...]]]:
    """Let evenings come, and what people do between them; tell what stands in the database."""
    database = await made(folder)
    running = Upkeep(database, house, KEEP)
    for day, acts in enumerate(days):
        now = START + timedelta(days=day, minutes=day % 3)
        await running.beat(now)
        async with database.unit(now + timedelta(hours=1)) as unit:
            for number, act in acts.items():
                await do(unit, CoupleId(number), act)
    async with database.unit(START) as unit:
        found = [[tuple(row) for row in await unit.context.transaction.rows(sql)] for sql in ROWS]
    await database.close()
    return found


async def do(unit: Unit, id_: CoupleId, act: str) -> None:
    """Do what a couple does between two evenings."""
    couple = await unit.couples.get(id_)
    newest = await unit.rounds.latest(id_)
    match act:
        case "one seals" | "both seal" if newest is not None and newest.state in WRITABLE:
            for partner in couple.partners[: 1 if act == "one seals" else 2]:
                if not newest.turn(partner).sealed:
                    newest = rounds.seal(newest, partner, unit.now)
            await unit.rounds.save(newest)
        case "takes two days off":
            rhythm = replace(couple.rhythm, weekdays=frozenset({0, 2, 3, 5, 6}))
            await unit.couples.save(replace(couple, rhythm=rhythm))
        case "sees a day again" if newest is not None and couple.next_opening is not None:
            day = newest.local_date - timedelta(days=1)
            await unit.couples.save(replace(couple, last_date=day, next_opening=unit.now))
        case "parts":
            await unit.couples.save(replace(couple, parted_at=unit.now, next_opening=None))
        case _:
            await choose(unit, couple, act)


async def choose(unit: Unit, couple: Couple, act: str) -> None:
    """Do what the first of the two does for themselves."""
    one = await unit.partners.get(couple.partners[0])
    match act:
        case "rests":
            await unit.partners.save(replace(one, resting=True))
        case "comes back" if couple.parted_at is None:
            await unit.partners.save(replace(one, resting=False))
            due = couple.next_opening or following(couple, unit.now)
            await unit.couples.save(replace(couple, next_opening=due))
        case "goes deeper":
            await unit.partners.save(replace(one, depth=3))
        case "is asked for a city":
            await unit.partners.save(replace(one, expectation=Expectation(Expecting.CITY)))


ACTS = (
    "one seals", "both seal", "rests", "comes back", "goes deeper", "is asked for a city",
    "takes two days off", "sees a day again", "parts",
)  # fmt: skip
lives = st.lists(
    st.dictionaries(st.integers(1, COUPLES), st.sampled_from(ACTS), max_size=COUPLES), min_size=2, max_size=8
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=lives)
async def test_one_couple_at_a_time_is_a_hundred_at_once(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch, days: Sequence[Mapping[int, str]]
) -> None:
    """The same rounds, turns, messages, plans and choices, to the last row."""
    found = []
    for at_once in (1, 3, 100):
        monkeypatch.setattr(upkeep, "DUE_AT_ONCE", at_once)
        with TemporaryDirectory(dir=tmp_path) as folder:
            found.append(await story(Path(folder), house, days))
    assert found[0] == found[2]
    assert found[1] == found[2]


async def test_twelve_evenings_bring_twelve_rounds(tmp_path: Path, house: House) -> None:
    """To each couple of which nobody rests."""
    rounds_of, *_ = await story(tmp_path, house, [{}] * DAYS)
    assert len(rounds_of) == (COUPLES - 1) * DAYS


async def test_what_is_wrong_with_one_couple_stops_nobody_elses_morning(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is put off for an hour, nothing of it is kept, and the log names it without a word."""
    database = await made(tmp_path)
    choose = rotation.choose

    def broken(cards: Collection[Card], circumstances: Circumstances) -> Choice:
        if circumstances.seed == 3:
            raise ZeroDivisionError("private words")
        return choose(cards, circumstances)

    monkeypatch.setattr(rotation, "choose", broken)
    await Upkeep(database, house, KEEP).beat(START)
    async with database.unit(START) as unit:
        rows = await unit.context.transaction.rows("SELECT couple_id FROM rounds")
        assert {row["couple_id"] for row in rows} == set(range(1, COUPLES)) - {3}
        late = await unit.couples.get(CoupleId(3))
        assert late.next_opening == START + timedelta(hours=1)
        assert replace(late, next_opening=START) == replace(late, next_opening=START, lapses=0)
    await database.close()
    assert "Couple 3 was not opened: ZeroDivisionError" in caplog.text
    assert "private words" not in caplog.text


@pytest.mark.parametrize("partner", [20, 21])
async def test_a_key_that_does_not_open_stops_nobody_elses_morning(
    tmp_path: Path, house: House, caplog: pytest.LogCaptureFixture, partner: int
) -> None:
    """A damaged row, of either of the two, is one couple's trouble, and is looked at again an hour later."""
    database = await made(tmp_path)
    async with database.unit(START) as unit:
        damage = "UPDATE partners SET wrapped_key = x'00' WHERE id = :partner RETURNING 1"
        assert await unit.context.transaction.rows(damage, partner=partner)
    running = Upkeep(database, house, KEEP)
    await running.beat(START)
    async with database.unit(START) as unit:
        rows = await unit.context.transaction.rows("SELECT couple_id FROM rounds")
        late = (await unit.couples.get(CoupleId(2))).next_opening
    await database.close()
    assert {row["couple_id"] for row in rows} == set(range(1, COUPLES)) - {2}
    assert late == START + timedelta(hours=1)
    assert "Couple 2 was not opened: Damaged" in caplog.text
