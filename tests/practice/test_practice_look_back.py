"""What comes up again after a month or a year, and what never does."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, NOW, a_complete_round, a_couple, a_round, in_state

from bot.practice.ids import RoundId
from bot.practice.look_back import AROUND, EVERY, Ago, LookBack, choose, is_due, may_come_up, spans
from bot.practice.round import Round, RoundState

DAYS = st.dates(date(2021, 1, 1), date(2040, 12, 31))


def on(day: date, number: int = 1) -> Round:
    """Make a round of a day that is complete."""
    return replace(a_complete_round(), id=RoundId(number), local_date=day)


def drawn(day: date) -> Round:
    """Make one that the lot lets come up."""
    return next(made for n in range(1, 60) if choose([made := on(day, n)], (), later(day)) is not None)


def later(day: date) -> date:
    """Give a day on which a round of another is a month old."""
    return next(
        day + timedelta(days=n) for n in range(28, 32) if spans(day + timedelta(days=n))[Ago.MONTH][0] <= day
    )


@pytest.mark.parametrize(
    ("today", "month", "year"),
    [
        (date(2026, 3, 31), date(2026, 2, 28), date(2025, 3, 31)),
        (date(2024, 2, 29), date(2024, 1, 29), date(2023, 2, 28)),
        (date(2026, 1, 15), date(2025, 12, 15), date(2025, 1, 15)),
        (date(2025, 12, 31), date(2025, 11, 30), date(2024, 12, 31)),
    ],
)
def test_a_month_and_a_year_are_of_the_calendar(today: date, month: date, year: date) -> None:
    """The same day of the month before, or its last; and three days around it."""
    assert spans(today) == {
        Ago.YEAR: (year - AROUND, year + AROUND),
        Ago.MONTH: (month - AROUND, month + AROUND),
    }


@given(st.lists(st.integers(0, 60), max_size=80), DAYS)
def test_nothing_comes_up_twice_in_a_month(gaps: list[int], start: date) -> None:
    """Whatever the days on which they look, 31 days are between two times; and nothing before there is a month."""
    couple, now, day, times = a_couple(), NOW, start, []
    for gap in gaps:
        now, day = now + timedelta(days=gap), day + timedelta(days=gap)
        if is_due(couple, start, now, day):
            assert day - start >= timedelta(days=25)
            couple = replace(couple, looked_back_at=now)
            times.append(now)
    assert all(after - before >= EVERY for before, after in pairwise(times))
    assert not is_due(replace(couple, looked_back_at=None), None, now, day)


@pytest.mark.parametrize("state", RoundState)
def test_only_what_was_revealed_comes_up(state: RoundState) -> None:
    """Not what is open, lapsed, or closed by an end."""
    assert may_come_up(in_state(state)) is (state.value in ("revealed", "complete"))


@pytest.mark.parametrize("who", [ADA, BEN])
def test_what_one_finds_heavy_does_not_come_up(who: int) -> None:
    """Whoever of the two has marked it; nor a card that is heavy by itself, whoever had it."""
    shown = drawn(date(2026, 3, 2))
    assert may_come_up(shown)
    turn = next(turn for turn in shown.turns if turn.partner == who)
    assert not may_come_up(shown.with_turn(replace(turn, heavy=True)))
    assert not may_come_up(shown, {shown.prompt})
    other = shown.with_turn(replace(turn, answered="another"))
    assert not may_come_up(other, {"another"})


def test_a_year_goes_before_a_month_and_the_nearest_day_first() -> None:
    """And what is a day too far away does not come up."""
    today = date(2026, 3, 20)
    year, month, near = (drawn(day) for day in (date(2025, 3, 17), date(2026, 2, 23), date(2026, 2, 19)))
    assert choose([month, near, year], (), today) == LookBack(year, Ago.YEAR)
    assert choose([month, near], (), today) == LookBack(near, Ago.MONTH)
    assert choose([drawn(date(2026, 2, 24)), drawn(date(2026, 2, 16)), a_round()], (), today) is None


def test_a_third_never_comes_up_by_lot() -> None:
    """So that it tells nothing of the other that one does not: the same round always, and about one in three."""
    day = date(2026, 3, 2)
    never = sum(choose([on(day, number)], (), later(day)) is None for number in range(900))
    assert 250 < never < 350
