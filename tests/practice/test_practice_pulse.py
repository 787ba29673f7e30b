"""A private pulse: when one is asked, what a tap does, and what becomes of a clock that is wrong."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.calendar import local_date, local_minute
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.pulse import (
    ASKED,
    LONGEST_AHEAD,
    WEEK,
    Plan,
    Pulse,
    anew,
    planned,
    tap,
    week_asked,
    week_of,
)
from bot.practice.refusals import Refusal

ME = PartnerId(1)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
ZONES = st.sampled_from(["UTC", "Europe/Dublin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (UTC it is)
PLANS = st.builds(Plan, st.just(ME), st.integers(0, 6), st.integers(0, 1439))
FRESH = Pulse(ME, CoupleId(2), date(2026, 3, 2), NOW)


@given(PLANS, ZONES, MOMENTS)
def test_the_question_comes_at_ones_own_hour_within_a_week(plan: Plan, zone: str, now: datetime) -> None:
    """On the weekday and at the minute that one's own clock shows, but for an hour that it skips."""
    due = planned(plan, zone, now).due
    assert due is not None
    assert now < due <= now + WEEK + timedelta(hours=2)
    assert local_date(due, zone).weekday() == plan.weekday
    assert (local_minute(due, zone) - plan.minute) % 1440 in (0, 60)


@given(PLANS, ZONES, MOMENTS, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439)), max_size=12))
def test_no_week_is_asked_about_twice_whatever_one_chooses(
    plan: Plan, zone: str, now: datetime, choices: list[tuple[int, int]]
) -> None:
    """However often day and hour are changed meanwhile."""
    weeks: list[date] = []
    plan = planned(plan, zone, now)
    for weekday, minute in choices:
        now = plan.due or now
        asked = week_asked(plan, zone, now)
        assert asked is not None
        weeks.append(asked)
        chosen = Plan(ME, weekday, minute, asked=asked)
        plan = planned(chosen, zone, now)
        assert plan.due is not None
        assert now < plan.due <= now + LONGEST_AHEAD
    assert weeks == sorted(set(weeks))


def test_a_week_that_was_asked_about_is_not_asked_about_again() -> None:
    """An hour that is moved later within it waits for the next."""
    plan = planned(Plan(ME, asked=date(2026, 3, 2)), "UTC", NOW)
    assert plan.due == datetime(2026, 3, 15, 18, 0, tzinfo=UTC)


def test_a_clock_that_was_ahead_silences_nobody() -> None:
    """A week that is still to come has been asked about by a clock that was wrong."""
    plan = planned(Plan(ME, asked=date(2027, 1, 4)), "UTC", NOW)
    assert plan.due == datetime(2026, 3, 8, 18, 0, tzinfo=UTC)


def test_an_hour_that_was_missed_is_let_be() -> None:
    """By six hours, as an opening; and so is one that has not come."""
    due = datetime(2026, 3, 8, 18, 0, tzinfo=UTC)
    plan = Plan(ME, due=due)
    assert week_asked(plan, "UTC", due) == date(2026, 3, 2)
    assert week_asked(plan, "UTC", due + timedelta(hours=6)) == date(2026, 3, 2)
    assert week_asked(plan, "UTC", due + timedelta(hours=6, seconds=1)) is None
    assert week_asked(plan, "UTC", due - timedelta(seconds=1)) is None


def test_who_does_not_want_to_be_asked_is_not() -> None:
    """And the hour stays, for whoever does again."""
    off = planned(Plan(ME, minute=600, asks=False, due=NOW), "UTC", NOW)
    assert (off.due, off.minute) == (None, 600)


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 7)), max_size=12))
def test_taps_come_in_their_order_and_an_old_one_changes_nothing(taps: list[tuple[int, int]]) -> None:
    """Whatever buttons are forged: what is given is what was offered, each once."""
    pulse = FRESH
    for question, value in taps:
        before = pulse.given
        with suppress(Refusal):
            pulse = tap(pulse, question, value, NOW)
        offered = question == len(before) < len(ASKED) and 1 <= value <= 5
        assert pulse.given == ((*before, value) if offered else before)
    assert len(pulse.given) <= len(ASKED)
    assert all(1 <= value <= 5 for value in pulse.given)
    assert pulse.complete is (len(pulse.given) == len(ASKED))


def test_a_week_begun_again_is_empty_and_no_repr_shows_a_tap() -> None:
    """No traceback shows what was tapped."""
    pulse = tap(FRESH, 0, 4, NOW)
    assert pulse.given == (4,)
    assert anew(pulse).given == ()
    assert "given" not in repr(pulse)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_week_is_its_monday(day: date) -> None:
    """And all of its days are of it."""
    monday = week_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert week_of(monday) == monday


@pytest.mark.parametrize(("weekday", "minute"), [(7, 0), (-1, 0), (0, 1440), (0, -1)])
def test_a_plan_is_of_a_day_and_an_hour(weekday: int, minute: int) -> None:
    """A forged button plans nothing."""
    with pytest.raises(Refusal):
        Plan(ME, weekday, minute)
