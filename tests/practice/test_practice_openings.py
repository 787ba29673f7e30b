"""When a round opens: over all zones, through every moving of the clocks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import by_the_clock
import pytest
from by_the_clock import HALF_DAY, MINUTE
from hypothesis import example, given
from hypothesis import strategies as st
from zone_changes import ODD_ZONES, ZONES, changes, different_clocks

from bot.practice import calendar
from bot.practice.calendar import EVERY_DAY, Rhythm
from bot.practice.refusals import Reason, Refusal

DAY = timedelta(days=1)
EVENING = 20 * 60
MORNING = 8 * 60
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

minutes = st.integers(0, 24 * 60 - 1)
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
zones = st.sampled_from(ZONES) | st.sampled_from(ODD_ZONES)


@st.composite
def moments(draw: st.DrawFn, zone: str) -> datetime:
    """Draw an instant from 1970 to 2037, often close to where the zone's clocks are moved."""
    moved = changes(zone, 1970, 2038)
    if draw(st.booleans()) and moved:
        close = draw(st.integers(-3 * 24 * 60, 3 * 24 * 60))
        return draw(st.sampled_from(moved)).moment + close * MINUTE
    return draw(st.datetimes(datetime(1970, 1, 3), datetime(2037, 12, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (the zone is given beside it)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Rhythm, datetime, date, datetime]:
    """Draw a rhythm, the last opening with its local date, and a later now."""
    zone = draw(zones)
    opened = draw(moments(zone))
    later = draw(st.integers(0, 40 * 24 * 60))
    rhythm = Rhythm(draw(minutes), zone, draw(weekdays))
    return rhythm, opened, calendar.local_date(opened, zone), opened + later * MINUTE


def live(rhythm: Rhythm, start: datetime, end: datetime) -> Iterable[tuple[datetime, date]]:
    """Open round after round, each at its hour, for a couple whose last one was long ago."""
    long_ago = start - 9 * DAY
    moment = calendar.next_opening(rhythm, long_ago, calendar.local_date(long_ago, rhythm.zone), start)
    day = calendar.local_date(moment, rhythm.zone)
    while moment < end:
        yield moment, day
        moment = calendar.next_opening(rhythm, moment, day, moment)
        day = calendar.local_date(moment, rhythm.zone)


@given(stories())
def test_the_next_opening_keeps_every_promise_in_any_zone(
    story: tuple[Rhythm, datetime, date, datetime],
) -> None:
    """It is after now, on a later local date, 12 hours after the last, and on an allowed weekday."""
    rhythm, opened, last_date, now = story
    moment = calendar.next_opening(rhythm, opened, last_date, now)
    shown = by_the_clock.wall(moment, rhythm.zone)
    assert moment > now
    assert moment - opened >= HALF_DAY
    assert shown.date() > last_date
    assert shown.weekday() in rhythm.weekdays
    assert moment.tzinfo is UTC


@given(stories())
def test_the_next_opening_is_the_first_that_keeps_them(
    story: tuple[Rhythm, datetime, date, datetime],
) -> None:
    """Clocks read by other code find no earlier opening, and the same one on that date."""
    rhythm, opened, last_date, now = story
    moment = calendar.next_opening(rhythm, opened, last_date, now)
    found = by_the_clock.wall(moment, rhythm.zone).date()
    day = last_date + DAY
    while day < found:
        due = by_the_clock.opening(day, rhythm.minute, rhythm.zone)
        allowed = due is not None and day.weekday() in rhythm.weekdays
        assert not (allowed and due is not None and due > now and due - opened >= HALF_DAY), day
        day += DAY
    assert moment == by_the_clock.opening(found, rhythm.minute, rhythm.zone)


@given(stories())
def test_the_search_ends_soon_from_any_date(story: tuple[Rhythm, datetime, date, datetime]) -> None:
    """No opening is farther than a week and what a skipped day adds: so far the search goes, day by day."""
    rhythm, opened, last_date, now = story
    moment = calendar.next_opening(rhythm, opened, last_date, now)
    reach = 2 if rhythm.weekdays == EVERY_DAY else 9
    assert moment - max(now, opened + HALF_DAY) <= (reach + 7) * DAY
    if rhythm.zone not in ("Pacific/Apia", "Pacific/Fakaofo", "Kwajalein", "Pacific/Kwajalein"):
        assert moment - max(now, opened + HALF_DAY) <= reach * DAY


@pytest.mark.parametrize("years", [1, 50, 500])
def test_a_bot_that_slept_for_years_finds_the_next_opening_at_once(years: int) -> None:
    """The search begins where now is, not where the last round was."""
    now = NOON + years * 365 * DAY
    moment = calendar.next_opening(Rhythm(EVENING, "Europe/Berlin"), NOON, NOON.date(), now)
    assert now < moment <= now + DAY


@given(st.integers(0, 400))
def test_a_clock_that_was_set_back_waits_for_the_date_after_the_last(days: int) -> None:
    """Where now is before the last opening, dates that had a round get no second one."""
    now = NOON - days * DAY
    moment = calendar.next_opening(Rhythm(EVENING, "UTC"), NOON, NOON.date(), now)
    assert moment == datetime(2025, 6, 2, 20, tzinfo=UTC)


def test_every_moving_of_the_clocks_in_the_world_gives_one_round_a_date() -> None:
    """Around each change of each zone from 2019 to 2032, every date shown has one opening, at any hour."""
    for moved, zone in different_clocks(2019, 2033).items():
        for change in moved:
            gap = by_the_clock.wall(change.moment, zone)
            around = {0, 23 * 60 + 59, *((gap.hour * 60 + gap.minute + m) % 1440 for m in (-61, -30, 0, 30))}
            for minute in around:
                lived = list(live(Rhythm(minute, zone), change.moment - 3 * DAY, change.moment + 3 * DAY))
                days = [day for _, day in lived]
                assert all(later - day == DAY for day, later in pairwise(days)), (zone, change, minute)


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_two_simulated_years_bring_one_opening_each_local_date(zone: str) -> None:
    """Opening after opening, no date has two, and only a date that the clocks skip has none."""
    start = datetime(2024, 1, 1, 11, tzinfo=UTC)
    for minute in (0, 150, EVENING, 23 * 60 + 45):
        days = [day for _, day in live(Rhythm(minute, zone), start, start + 730 * DAY)]
        assert days == [days[0] + n * DAY for n in range(len(days))]
        assert len(days) >= 729


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Pacific/Kanton", date(1994, 12, 31)),
    ],
)
@pytest.mark.parametrize("minute", [0, 1, 150, MORNING, EVENING, 23 * 60 + 59])
def test_a_day_that_a_zone_skipped_has_no_round_and_its_neighbours_have_one(
    zone: str, skipped: date, minute: int
) -> None:
    """The date that no clock showed is passed over; nothing is opened twice in its stead."""
    assert not by_the_clock.exists(skipped, zone)
    start = datetime(skipped.year, skipped.month, skipped.day, tzinfo=UTC) - 4 * DAY
    days = [day for _, day in live(Rhythm(minute, zone), start, start + 8 * DAY)]
    expected = [days[0] + n * DAY for n in range(len(days) + 1)]
    assert days == [day for day in expected if day != skipped][: len(days)]
    assert skipped - DAY in days
    assert skipped + DAY in days


def test_a_skipped_friday_does_not_open_on_saturday() -> None:
    """For a couple that practises on Fridays: Samoa had none in that week, so the next is a week later."""
    rhythm = Rhythm(MORNING, "Pacific/Apia", frozenset({4}))
    opened = calendar.instant(date(2011, 12, 23), MORNING, rhythm.zone)
    moment = calendar.next_opening(rhythm, opened, date(2011, 12, 23), opened)
    assert by_the_clock.wall(moment, rhythm.zone) == datetime(2012, 1, 6, 8)  # noqa: DTZ001 (a wall clock's)


@pytest.mark.parametrize("weekday", [5, 6])
def test_a_gap_that_ends_at_midnight_keeps_each_weekday_its_own(weekday: int) -> None:
    """Nuuk skips 23:30 on a Saturday in March: that date still opens, before the gap, on Saturday."""
    rhythm = Rhythm(23 * 60 + 30, "America/Nuuk", frozenset({weekday}))
    opened = calendar.instant(date(2025, 3, 26), rhythm.minute, rhythm.zone)
    moment = calendar.next_opening(rhythm, opened, date(2025, 3, 26), opened)
    shown = by_the_clock.wall(moment, rhythm.zone)
    assert shown.weekday() == weekday
    assert (shown.date(), shown.hour) == (
        (date(2025, 3, 29), 22) if weekday == 5 else (date(2025, 3, 30), 23)
    )


def test_an_hour_that_spring_skips_opens_after_the_gap() -> None:
    """2:30 in Berlin on the last Sunday of March is 3:30."""
    moment = calendar.instant(date(2025, 3, 30), 150, "Europe/Berlin")
    assert by_the_clock.wall(moment, "Europe/Berlin").time().isoformat() == "03:30:00"


def test_an_hour_that_autumn_repeats_opens_the_first_time() -> None:
    """2:30 in Berlin on the last Sunday of October comes twice; the round opens once, in summer time."""
    rhythm = Rhythm(150, "Europe/Berlin")
    before = datetime(2025, 10, 25, 0, 30, tzinfo=UTC)
    moment = calendar.next_opening(rhythm, before, date(2025, 10, 25), before)
    assert moment == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    following = calendar.next_opening(rhythm, moment, date(2025, 10, 26), moment)
    assert calendar.local_date(following, rhythm.zone) == date(2025, 10, 27)


def test_an_hour_moved_on_the_same_day_waits_for_the_next_date() -> None:
    """One prompt a day, however often the hour is moved."""
    zone = "Europe/Berlin"
    opened = calendar.instant(date(2025, 6, 1), MORNING, zone)
    noon = opened + 4 * by_the_clock.HOUR
    moment = calendar.next_opening(Rhythm(EVENING, zone), opened, date(2025, 6, 1), noon)
    assert calendar.local_date(moment, zone) == date(2025, 6, 2)
    early = calendar.next_opening(Rhythm(60, zone), moment, date(2025, 6, 2), moment)
    assert early - moment >= HALF_DAY, "one in the morning is too soon after eight in the evening"
    assert calendar.local_date(early, zone) == date(2025, 6, 4)


def test_the_date_is_the_couples_own_and_not_that_of_utc() -> None:
    """New York's evening is already tomorrow in UTC: tomorrow's round comes tomorrow, not at eight tonight."""
    zone = "America/New_York"
    rhythm = Rhythm(MORNING, zone)
    opened = calendar.instant(date(2025, 6, 1), MORNING, zone)
    evening = datetime(2025, 6, 2, 0, 0, 1, tzinfo=UTC)
    assert calendar.local_date(evening, zone) == date(2025, 6, 1)
    moment = calendar.next_opening(rhythm, opened, date(2025, 6, 1), evening)
    assert by_the_clock.wall(moment, zone) == datetime(2025, 6, 2, 8)  # noqa: DTZ001 (a wall clock's)
    assert calendar.local_date(moment, zone) == date(2025, 6, 2)


@given(st.data())
def test_a_zone_that_changes_in_the_middle_never_brings_two_rounds_of_one_date(data: st.DataObject) -> None:
    """Whatever the couple sets between two openings, dates grow, 12 hours pass, and none waits for ever."""
    rhythm = Rhythm(data.draw(minutes), data.draw(zones))
    moment = data.draw(st.datetimes(datetime(2011, 12, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (Hypothesis wants plain bounds)
    day = calendar.local_date(moment, rhythm.zone)
    for _ in range(data.draw(st.integers(1, 6))):
        due = calendar.next_opening(rhythm, moment, day, moment)
        if data.draw(st.booleans()):
            now = moment + data.draw(st.floats(0, 0.999)) * (due - moment)
            rhythm = Rhythm(data.draw(minutes), data.draw(zones), data.draw(weekdays))
            due = calendar.next_opening(rhythm, moment, day, now)
            assert due > now
        assert due - moment >= HALF_DAY
        assert due - moment <= 18 * DAY
        assert calendar.local_date(due, rhythm.zone) > day
        moment, day = due, calendar.local_date(due, rhythm.zone)


@given(st.integers(0, 48 * 3600))
@example(6 * 3600)
@example(6 * 3600 + 1)
def test_an_opening_older_than_six_hours_is_missed(seconds: int) -> None:
    """Six hours late is still made; later than that is skipped, not sent at midnight."""
    assert calendar.missed(NOON, NOON + timedelta(seconds=seconds)) is (seconds > 6 * 3600)


@given(st.integers())
def test_a_minute_that_no_clock_shows_is_refused(minute: int) -> None:
    """The couple's hour is a minute from 0 to 1439; another is refused as a bad hour."""
    if 0 <= minute < 24 * 60:
        assert Rhythm(minute, "UTC").minute == minute
        return
    with pytest.raises(Refusal) as refused:
        Rhythm(minute, "UTC")
    assert refused.value.reason is Reason.BAD_HOUR


@pytest.mark.parametrize("days", [frozenset(), frozenset({7}), frozenset({-1, 3})])
def test_a_week_without_a_day_is_refused(days: frozenset[int]) -> None:
    """The last weekday cannot be taken away, and there is no eighth."""
    with pytest.raises(Refusal) as refused:
        Rhythm(MORNING, "UTC", days)
    assert refused.value.reason is Reason.NO_DAY_LEFT


@given(st.sampled_from(ZONES), minutes, st.dates(date(1971, 1, 1), date(2037, 1, 1)))
def test_an_instant_shows_what_it_was_made_of(zone: str, minute: int, day: date) -> None:
    """Where the clocks show the time at all, date and minute come back from the instant."""
    if by_the_clock.shows(day, minute, zone):
        moment = calendar.instant(day, minute, zone)
        assert (calendar.local_date(moment, zone), calendar.local_minute(moment, zone)) == (day, minute)
        assert moment == by_the_clock.shows(day, minute, zone)[0]
