"""Quiet hours, and what they hold."""

from datetime import date, datetime, timedelta

import by_the_clock
import pytest
from by_the_clock import HALF_DAY, HOUR, MINUTE
from hypothesis import assume, example, given
from hypothesis import strategies as st
from nights import BERLIN, NIGHT, at, minutes, nights, quiet_at, windows_around
from zone_changes import ODD_ZONES, changes, different_clocks

from bot.practice import calendar
from bot.practice.calendar import Quiet
from bot.practice.refusals import Reason, Refusal

DAY = timedelta(days=1)


@given(nights())
def test_nothing_is_delivered_in_quiet_hours(night: tuple[datetime, Quiet, str]) -> None:
    """Whatever the clocks do that night, the reader's clock shows no quiet time at the delivery."""
    moment, quiet, zone = night
    due = calendar.deliver_at(moment, quiet, zone)
    assert not quiet_at(due, quiet, zone)
    assert due >= moment
    assert due - moment <= HALF_DAY + 2 * HOUR or zone in ODD_ZONES


@given(nights())
def test_what_is_due_outside_quiet_hours_is_not_held(night: tuple[datetime, Quiet, str]) -> None:
    """A message is held only where the reader's clock shows a quiet time."""
    moment, quiet, zone = night
    if not quiet_at(moment, quiet, zone):
        assert calendar.deliver_at(moment, quiet, zone) == moment
        assert calendar.quiet_end(moment, quiet, zone) is None


@given(nights())
def test_what_is_held_is_held_to_the_end_and_no_longer(night: tuple[datetime, Quiet, str]) -> None:
    """All the time until the delivery is quiet, but for what a moving of the clocks puts between."""
    moment, quiet, zone = night
    due = calendar.deliver_at(moment, quiet, zone)
    moved = [change for change in changes(zone, 1970, 2038) if moment - DAY < change.moment < due + DAY]
    assume(not moved)
    if due > moment:
        assert quiet_at(due - timedelta(microseconds=1), quiet, zone)
        assert quiet_at(moment + (due - moment) / 2, quiet, zone)


def test_quiet_hours_hold_through_every_moving_of_the_clocks_in_the_world() -> None:
    """Around each change of each zone from 2019 to 2032, in windows at, over and beside the gap or fold."""
    for moved, zone in different_clocks(2019, 2033).items():
        for change in moved:
            for quiet in windows_around(change, zone):
                for ago in range(-150, 151, 25):
                    moment = change.moment + ago * MINUTE
                    due = calendar.deliver_at(moment, quiet, zone)
                    assert not quiet_at(due, quiet, zone), (zone, change, quiet, ago)


@given(nights(), st.integers(-60 * 60, 24 * 3600))
def test_a_reply_within_fifteen_minutes_of_an_own_act_is_never_held(
    night: tuple[datetime, Quiet, str], seconds: int
) -> None:
    """Who has just acted is awake; a quarter of an hour later quiet hours count again."""
    moment, quiet, zone = night
    due = calendar.deliver_at(moment, quiet, zone, moment - timedelta(seconds=seconds))
    if abs(seconds) <= 15 * 60:
        assert due == moment
    else:
        assert due == calendar.deliver_at(moment, quiet, zone)


def test_an_act_in_the_future_does_not_lift_quiet_hours() -> None:
    """A clock that was set back leaves an act behind that has yet to come: it proves nothing."""
    night = at("2025-06-02T03:00")
    assert calendar.deliver_at(night, NIGHT, BERLIN, night + DAY) == at("2025-06-02T08:00")


@pytest.mark.parametrize(
    ("due", "reaches"),
    [
        ("2025-06-01T21:59", "2025-06-01T21:59"),
        ("2025-06-01T22:00", "2025-06-02T08:00"),
        ("2025-06-02T00:00", "2025-06-02T08:00"),
        ("2025-06-02T07:59", "2025-06-02T08:00"),
        ("2025-06-02T08:00", "2025-06-02T08:00"),
    ],
)
def test_quiet_hours_go_over_midnight(due: str, reaches: str) -> None:
    """From ten in the evening up to eight in the morning, the end not included."""
    assert calendar.deliver_at(at(due), NIGHT, BERLIN) == at(reaches)


def test_a_beginning_that_spring_skips_is_quiet_from_the_gap_on() -> None:
    """Quiet from 2:30, where clocks go from 2:00 to 3:00: a quarter past three is quiet."""
    quiet = Quiet(150, 480)
    quarter_past_three = at("2025-03-30T03:15")
    assert calendar.deliver_at(quarter_past_three, quiet, BERLIN) == at("2025-03-30T08:00")


def test_an_end_that_autumn_repeats_is_quiet_both_times() -> None:
    """Quiet up to 2:30, where 2:15 comes twice: the second 2:15 is held up to the second 2:30."""
    quiet = Quiet(1320, 150)
    first, second = by_the_clock.shows(date(2025, 10, 26), 135, BERLIN)
    ends = by_the_clock.shows(date(2025, 10, 26), 150, BERLIN)
    assert [calendar.deliver_at(moment, quiet, BERLIN) for moment in (first, second)] == ends


@given(st.integers(), st.integers())
def test_quiet_hours_are_of_the_clock_and_at_most_twelve(start: int, end: int) -> None:
    """Minutes that no clock shows, and more than twelve hours, are refused."""
    fits = 0 <= start < 1440 and 0 <= end < 1440 and (end - start) % 1440 <= 720
    if fits:
        assert Quiet(start, end).minutes == (end - start) % 1440
        return
    with pytest.raises(Refusal) as refused:
        Quiet(start, end)
    assert refused.value.reason is Reason.BAD_QUIET


@given(minutes, minutes)
@example(1320, 600)
@example(1320, 601)
def test_more_than_twelve_quiet_hours_are_refused(start: int, end: int) -> None:
    """Twelve hours are allowed and a minute more is not; equal ends mean none."""
    if (end - start) % 1440 <= 720:
        assert Quiet(start, end).minutes == (end - start) % 1440
    else:
        with pytest.raises(Refusal):
            Quiet(start, end)


@given(nights())
def test_equal_ends_mean_no_quiet_hours(night: tuple[datetime, Quiet, str]) -> None:
    """From eight up to eight nothing is held."""
    moment, quiet, zone = night
    assert calendar.deliver_at(moment, Quiet(quiet.start, quiet.start), zone) == moment
