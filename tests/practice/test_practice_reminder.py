"""The one reminder of a round, and when it falls due."""

from datetime import date, datetime, timedelta

import pytest
from by_the_clock import HALF_DAY, HOUR, MINUTE
from hypothesis import given
from hypothesis import strategies as st
from nights import BERLIN, NIGHT, STEADY, at, minutes, nights, quiet_at, windows_around
from zone_changes import ODD_ZONES, different_clocks

from bot.practice import calendar
from bot.practice.calendar import Quiet

DAY = timedelta(days=1)


@given(nights())
def test_a_reminder_comes_twelve_hours_after_the_opening(night: tuple[datetime, Quiet, str]) -> None:
    """Where that is not a quiet time."""
    opened, quiet, zone = night
    if not quiet_at(opened + HALF_DAY, quiet, zone):
        assert calendar.reminder_at(opened, opened, quiet, zone) == opened + HALF_DAY


@given(minutes, st.integers(1, 12 * 60), st.data(), st.sampled_from(STEADY))
def test_a_reminder_that_quiet_hours_would_hold_comes_just_before_them(
    start: int, length: int, data: st.DataObject, zone: str
) -> None:
    """It is due a minute before they begin; only where that is within an hour of the prompt, at their end."""
    quiet = Quiet(start, (start + length) % 1440)
    begins = calendar.instant(date(2025, 6, 2), start, zone)
    opened = begins + data.draw(st.integers(0, length - 1)) * MINUTE - HALF_DAY
    reminder = calendar.reminder_at(opened, opened, quiet, zone)
    before = begins - MINUTE
    assert reminder == (before if before - opened >= HOUR else begins + length * MINUTE)
    assert reminder == before or length > 11 * 60


@given(nights(), st.integers(0, 12 * 60))
def test_quiet_hours_never_swallow_the_reminder(night: tuple[datetime, Quiet, str], held: int) -> None:
    """Each round has its one reminder, an hour or more after its prompt, at no quiet time."""
    opened, quiet, zone = night
    reached = opened + held * MINUTE
    reminder = calendar.reminder_at(opened, reached, quiet, zone)
    assert not quiet_at(reminder, quiet, zone)
    assert reminder >= reached + HOUR
    assert reminder - opened <= DAY + 2 * HOUR or zone in ODD_ZONES


def test_long_quiet_hours_just_after_the_opening_put_the_reminder_at_their_end() -> None:
    """Prompt at 20:30, quiet from 21:00 to 9:00: a minute before nine is too soon: nine in the morning."""
    quiet = Quiet(21 * 60, 9 * 60)
    opened = at("2025-06-01T20:30")
    assert calendar.reminder_at(opened, opened, quiet, BERLIN) == at("2025-06-02T09:00")


@pytest.mark.parametrize(
    ("opened", "reminded"),
    [
        ("2025-06-01T08:00", "2025-06-01T20:00"),
        ("2025-06-01T12:30", "2025-06-01T21:59"),
        ("2025-06-01T19:00", "2025-06-01T21:59"),
        ("2025-06-01T20:00", "2025-06-02T08:00"),
    ],
)
def test_the_usual_hours_have_these_reminders(opened: str, reminded: str) -> None:
    """Morning, noon and evening, with the quiet hours that everybody starts with."""
    assert calendar.reminder_at(at(opened), at(opened), NIGHT, BERLIN) == at(reminded)


def test_a_prompt_that_was_held_is_not_reminded_of_in_the_same_minute() -> None:
    """Twelve quiet hours hold a prompt right up to its reminder's time: that comes an hour later."""
    quiet = Quiet(22 * 60, 10 * 60)
    opened = at("2025-06-01T22:00")
    reached = calendar.deliver_at(opened, quiet, BERLIN)
    assert reached == opened + HALF_DAY
    assert calendar.reminder_at(opened, reached, quiet, BERLIN) == reached + HOUR


def test_no_moving_of_the_clocks_in_the_world_puts_a_reminder_into_quiet_hours() -> None:
    """Around each change of each zone from 2019 to 2032, in windows at, over and beside the gap or fold."""
    for moved, zone in different_clocks(2019, 2033).items():
        for change in moved:
            for quiet in windows_around(change, zone):
                for ago in range(-150, 151, 50):
                    opened = change.moment + ago * MINUTE - HALF_DAY
                    reminder = calendar.reminder_at(opened, opened, quiet, zone)
                    assert not quiet_at(reminder, quiet, zone), (zone, change, quiet, ago)
