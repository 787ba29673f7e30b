"""When a government changes a zone's clocks: what was planned by the old rules is planned anew."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import by_the_clock
import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st
from zone_changes import ODD_ZONES, ZONES

from bot import zones
from bot.actions.open_rounds import House
from bot.messages import Message, MessageKind, Priority
from bot.practice import calendar
from bot.practice.calendar import EVERY_DAY, MISSED_AFTER, Quiet, Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round, Turn
from bot.practice.shelf import Card
from bot.upkeep import Upkeep
from storage.database import Database
from storage.instants import from_micros
from storage.keyring import Keyring
from storage.sweep import Keep

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 29, 6, tzinfo=UTC)
EVENING = 20 * 60
BERLIN = "Europe/Berlin"
COUPLES = 250
A_PARTNER = partial(Partner, name="P", language="en", zone=None, depth=1, consented_at=NOW - DAY)
PACKAGE = Path(tzdata.__file__).parent / "zoneinfo"

instants = st.datetimes(datetime(2026, 11, 1), datetime(2029, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis wants plain bounds)
zone_names = st.sampled_from(ZONES) | st.sampled_from(ODD_ZONES)
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Rhythm, datetime, datetime]:
    """Draw a rhythm, the last opening and a later now, in the coming three years."""
    opened = draw(instants)
    rhythm = Rhythm(draw(st.integers(0, 1439)), draw(zone_names), draw(weekdays))
    return rhythm, opened, opened + timedelta(minutes=draw(st.integers(0, 3 * 24 * 60)))


@given(plans())
def test_a_plan_that_the_rules_still_hold_stays(plan: tuple[Rhythm, datetime, datetime]) -> None:
    """In any zone: looking again moves nothing, however often the bot starts."""
    rhythm, opened, now = plan
    last = calendar.local_date(opened, rhythm.zone)
    planned = calendar.next_opening(rhythm, opened, last, now)
    assert calendar.planned_anew(rhythm, planned, opened, last, now) == planned


@given(plans(), zone_names)
def test_a_plan_by_other_rules_comes_to_the_couples_hour(
    plan: tuple[Rhythm, datetime, datetime], before: str
) -> None:
    """Whatever the rules were: on an allowed day at the hour as it now is, once, none left out."""
    rhythm, opened, now = plan
    old = Rhythm(rhythm.minute, before, rhythm.weekdays)
    planned = calendar.next_opening(old, opened, calendar.local_date(opened, before), now)
    last = calendar.local_date(opened, rhythm.zone)
    due = calendar.planned_anew(rhythm, planned, opened, last, now)
    day = by_the_clock.wall(due, rhythm.zone).date()
    assert due == by_the_clock.opening(day, rhythm.minute, rhythm.zone)
    assert due > now - MISSED_AFTER
    if due != planned:
        assert day > last
        assert day.weekday() in rhythm.weekdays
        assert due == calendar.next_opening(rhythm, opened, last, now - MISSED_AFTER)


def test_an_opening_that_is_due_is_left_to_be_opened() -> None:
    """It may be late already; planning it anew would leave the day without a round."""
    rhythm = Rhythm(EVENING, BERLIN)
    due = NOW - timedelta(hours=1)
    assert calendar.planned_anew(rhythm, due, NOW - DAY, (NOW - DAY).date(), NOW) == due


def test_an_hour_that_has_just_passed_by_the_new_rules_is_due_at_once() -> None:
    """Planned for 21:00 as it now is, half past eight: today's round comes now, not tomorrow's."""
    rhythm = Rhythm(EVENING, BERLIN)
    half_past_eight = calendar.instant(NOW.date(), 20 * 60 + 30, BERLIN)
    planned = calendar.instant(NOW.date(), 21 * 60, BERLIN)
    due = calendar.planned_anew(rhythm, planned, NOW - DAY, (NOW - DAY).date(), half_past_eight)
    assert due == calendar.instant(NOW.date(), EVENING, BERLIN)
    assert not calendar.missed(due, half_past_eight)


@pytest.fixture
def other_rules(tmp_path: Path) -> Iterator[Path]:
    """Keep a machine's newer zone files, by which Berlin's clocks are Moscow's."""
    folder = tmp_path / "zones"
    (folder / "Europe").mkdir(parents=True)
    (folder / "Europe" / "Berlin").write_bytes((PACKAGE / "Europe" / "Moscow").read_bytes())
    yield folder
    zones.settle()


@asynccontextmanager
async def opened(path: Path, key_file: Path) -> AsyncIterator[Database]:
    """Open the database, and close it whatever comes."""
    database = await Database.open(path, Keyring.ready(key_file, path))
    try:
        yield database
    finally:
        await database.close()


class NoPrompts:
    """No words at all: nothing is due."""

    def cards(self, *languages: str) -> list[Card]:
        """Give none."""
        del languages
        return []


async def start(path: Path, key_file: Path, now: datetime) -> list[datetime | None]:
    """Start the bot's heart for one beat; tell the couples' next openings."""
    async with opened(path, key_file) as database:
        await Upkeep(database, House(NoPrompts(), "UTC"), Keep()).beat(now)
        async with database.unit(now) as work:
            couples = await work.couples.many([CoupleId(number) for number in range(1, COUPLES + 1)])
    return [couple.next_opening for couple in couples]


async def test_openings_follow_the_data_between_two_starts(
    tmp_path: Path, other_rules: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """250 couples, in three batches: by the new data each opens at its hour, and once it has been looked at."""
    caplog.set_level("INFO")
    path, key_file = tmp_path / "data", tmp_path / "keys" / "keyring.json"
    async with opened(path, key_file) as database, database.unit(NOW) as work:
        for number in range(1, COUPLES + 1):
            pair = PartnerId(number * 10), PartnerId(number * 10 + 1)
            for partner in pair:
                await work.partners.add(A_PARTNER(id=partner, chat=partner))
            rhythm = Rhythm(EVENING + number % 60, BERLIN if number % 2 else "Asia/Tokyo", EVERY_DAY)
            due = calendar.next_opening(rhythm, NOW - DAY, (NOW - DAY).date(), NOW)
            await work.couples.add(Couple(CoupleId(number), pair, rhythm, NOW - DAY, (NOW - DAY).date(), due))
    before = await start(path, key_file, NOW)
    assert await start(path, key_file, NOW) == before
    reset_tzpath(to=[str(other_rules)])
    ZoneInfo.clear_cache()
    monkeypatch.setattr(zones, "RELEASE", zones.Release("2099a", str(other_rules)))
    after = await start(path, key_file, NOW)
    moved = [(old - new) for old, new in zip(before, after, strict=True) if old and new]
    assert sorted(set(moved)) == [timedelta(0), timedelta(hours=2)]
    assert moved.count(timedelta(hours=2)) == COUPLES // 2
    caplog.clear()
    assert await start(path, key_file, NOW) == after
    assert not caplog.messages


async def test_what_waits_for_a_clock_follows_the_data(
    tmp_path: Path, other_rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reminder before the night, and what the night holds: each at the hour that the clock will really show."""
    path, key_file = tmp_path / "data", tmp_path / "keys" / "keyring.json"
    night = calendar.instant(NOW.date(), 23 * 60, BERLIN)  # by the new rules 1 o'clock
    rhythm = Rhythm(15 * 60, BERLIN)
    opened_at = calendar.instant(NOW.date(), 15 * 60, BERLIN)
    async with opened(path, key_file) as database, database.unit(night) as work:
        pair = PartnerId(10), PartnerId(11)
        for partner in pair:
            await work.partners.add(A_PARTNER(id=partner, chat=partner, quiet=Quiet(0, 8 * 60)))
        due = calendar.next_opening(rhythm, opened_at, NOW.date(), night)
        await work.couples.add(Couple(CoupleId(1), pair, rhythm, opened_at, NOW.date(), due))
        turns = Turn(pair[0]), Turn(pair[1])
        await work.rounds.add(Round(RoundId(5), CoupleId(1), "good-1", NOW.date(), opened_at, turns))
        held = Message(MessageKind.REVEAL_FRAME, 10, pair[0], round=RoundId(5), due=NOW + DAY)
        for partner in pair:
            remind = calendar.reminder_at(opened_at, opened_at, Quiet(0, 8 * 60), BERLIN)
            reminder = Message(MessageKind.REMINDER, partner, partner, round=RoundId(5), due=remind)
            await work.outbox.put(replace(reminder, priority=Priority.MORNING))
        await work.outbox.put(replace(held, priority=Priority.EVENT), replace(held, priority=Priority.EVENT))
    reset_tzpath(to=[str(other_rules)])
    ZoneInfo.clear_cache()
    monkeypatch.setattr(zones, "RELEASE", zones.Release("2099a", str(other_rules)))
    async with opened(path, key_file) as database:
        await Upkeep(database, House(NoPrompts(), "UTC"), Keep()).beat(night)
        async with database.unit(night) as work:
            rows = await work.context.transaction.rows(
                "SELECT kind, due_at FROM outbox WHERE state = 'queued' ORDER BY due_at, id"
            )
    morning = calendar.instant(NOW.date() + DAY, 8 * 60, BERLIN)
    found = [(row["kind"], from_micros(row["due_at"])) for row in rows]
    assert [moment for kind, moment in found if kind == "reveal_frame"] == [morning, morning]
    assert [moment for kind, moment in found if kind == "reminder"] == [
        calendar.reminder_at(opened_at, night, Quiet(0, 8 * 60), BERLIN)
    ] * 2
