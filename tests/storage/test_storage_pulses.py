"""What was tapped about a week is sealed under its writer's key, and the other's is read by the one rule alone."""

from dataclasses import replace
from datetime import date, timedelta

from storage_house import DAY, NOW, House, a_couple

from bot.practice.couple import Couple
from bot.practice.growth import Both
from bot.practice.ids import PartnerId
from bot.practice.pulse import WEEK, Plan, Pulse
from storage.database import Database
from storage.unit import Unit

MONDAY = date(2026, 2, 23)


def a_week(couple: Couple, who: PartnerId, number: int, *taps: int, hours: int = 0) -> Pulse:
    """Make up what somebody tapped about a week."""
    return Pulse(who, couple.id, MONDAY + WEEK * number, NOW + timedelta(hours=hours), taps)


async def test_a_plan_and_a_week_come_back_as_they_were(database: Database) -> None:
    """Saved twice, the newer stands; nobody else's is touched."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        plan = Plan(one.id, 3, 615, dark=True, asked=MONDAY, due=NOW + DAY)
        for saved in (Plan(one.id, due=NOW), plan):
            await unit.pulses.save_plan(saved)
        for pulse in (a_week(couple, one.id, 0, 4), a_week(couple, one.id, 0, 4, 2, 5)):
            await unit.pulses.save(pulse)
    async with database.unit(NOW) as unit:
        assert await unit.pulses.plan(one.id) == plan
        assert await unit.pulses.plan(two.id) is None
        assert await unit.pulses.tapped(one.id, MONDAY) == a_week(couple, one.id, 0, 4, 2, 5)
        assert await unit.pulses.tapped(one.id, MONDAY + WEEK) is None
        assert list(await unit.pulses.of(two.id)) == []


async def test_the_earliest_hour_comes_first(database: Database) -> None:
    """Who is not asked has none; and a beat hears of the earliest along with openings and rounds."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        _, three, _ = await a_couple(unit)
        plans = [Plan(one.id, due=NOW), Plan(two.id, due=NOW - DAY), Plan(three.id, asks=False)]
        for plan in plans:
            await unit.pulses.save_plan(plan)
    async with database.unit(NOW) as unit:
        assert await unit.pulses.due(NOW, 9) == [plans[1], plans[0]]
        assert await unit.pulses.due(NOW, 1) == [plans[1]]
        assert await unit.pulses.due_after(NOW - DAY, 9) == [plans[0]]
        assert await unit.pulses.next_due() == NOW - DAY
        assert (await unit.next_due()).pulse == NOW - DAY


async def some_weeks(unit: Unit) -> tuple[Couple, PartnerId, PartnerId]:
    """Let two answer four weeks, of which the first was before they agreed; and a fifth by one alone."""
    couple, one, two = await a_couple(unit)
    for number in range(4):
        for who, tap in ((one.id, 4), (two.id, 2)):
            await unit.pulses.save(a_week(couple, who, number, tap, tap, tap, hours=number))
    await unit.pulses.save(a_week(couple, one.id, 4, 5, 5, 5, hours=4))
    return couple, one.id, two.id


async def test_both_lines_are_read_only_while_both_agree(database: Database) -> None:
    """Only weeks after both had; in the order of their seats; nothing once one has not, or the couple has ended."""
    later = NOW + timedelta(minutes=30)
    async with database.unit(NOW) as unit:
        couple, _, _ = await some_weeks(unit)
        for since in ((None, None), (NOW, None), (None, NOW)):
            assert await unit.pulses.both(replace(couple, lines_since=since)) is None
        agreed = replace(couple, lines_since=(NOW, later))
        assert await unit.pulses.both(agreed) == Both(MONDAY + WEEK, ((4.0, 2.0),) * 3)
        assert await unit.pulses.both(replace(agreed, parted_at=NOW)) is None
        await unit.couples.save(agreed)
    async with database.unit(NOW) as unit:
        assert (await unit.couples.get(couple.id)).lines_since == (NOW, later)


async def test_weeks_with_somebody_else_are_in_nobody_s_lines(database: Database) -> None:
    """Joining again is a new couple."""
    async with database.unit(NOW) as unit:
        _, one, two = await some_weeks(unit)
        again, *_ = await a_couple(unit)
        both = replace(again, partners=(one, two), lines_since=(NOW, NOW))
        assert await unit.pulses.both(both) is None


async def test_no_tap_stands_in_the_clear_and_forgetting_destroys_all(
    database: Database, house: House
) -> None:
    """A row tells that somebody was asked in a week, and nothing of what they tapped."""
    async with database.unit(NOW) as unit:
        couple, one, two = await some_weeks(unit)
        await unit.pulses.save_plan(Plan(one, due=NOW))
    rows = house.outside("SELECT body FROM pulses WHERE partner_id = ?", one)
    assert len({bytes(body) for (body,) in rows}) == len(rows) == 5
    assert not any(b"4 4 4" in bytes(body) for (body,) in rows)
    async with database.unit(NOW) as unit:
        await unit.partners.forget(one)
    for table in ("pulses", "pulse_plans"):
        assert house.outside(f"SELECT count(*) FROM {table} WHERE partner_id = ?", one) == [(0,)]  # noqa: S608 (named above)
    async with database.unit(NOW) as unit:
        assert len(await unit.pulses.of(two)) == 4
        assert await unit.pulses.both(replace(couple, lines_since=(NOW, NOW))) is None
