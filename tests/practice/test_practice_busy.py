"""Two preferences for quick prompts make one: either's busy day, or both always."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, a_partner

from bot.practice import busy
from bot.practice.refusals import Reason, Refusal

DAYS = st.frozensets(st.integers(0, 6), max_size=busy.MOST_BUSY)
MONDAY = date(2026, 3, 2)


@given(DAYS, DAYS, st.integers(0, 6), st.sampled_from([(False, False), (True, False), (True, True)]))
def test_a_day_is_quick_where_either_calls_it_busy_or_both_prefer_that(
    one: frozenset[int], two: frozenset[int], day: int, quick: tuple[bool, bool]
) -> None:
    """Who of the two it is makes no difference."""
    ada = replace(a_partner(ADA), busy=one, quick=quick[0])
    ben = replace(a_partner(BEN), busy=two, quick=quick[1])
    wanted = busy.wants_quick((ada, ben), MONDAY + timedelta(days=day))
    assert wanted is (all(quick) or day in one or day in two)
    assert wanted is busy.wants_quick((ben, ada), MONDAY + timedelta(days=day))


@given(st.lists(st.integers(0, 6)))
def test_no_two_can_call_every_day_busy(presses: list[int]) -> None:
    """Whatever is pressed: three days each at most, and a second press takes one out."""
    ada = a_partner(ADA)
    for day in presses:
        before = ada.busy
        with suppress(Refusal):
            ada = busy.turn_day(ada, day)
        expected = before ^ {day}
        assert ada.busy == (expected if len(expected) <= busy.MOST_BUSY else before)
    assert len(ada.busy) <= busy.MOST_BUSY < 7 / 2


def test_a_fourth_day_is_refused() -> None:
    """And the three stay."""
    ada = replace(a_partner(ADA), busy=frozenset({0, 2, 4}))
    with pytest.raises(Refusal) as refused:
        busy.turn_day(ada, 6)
    assert refused.value.reason is Reason.TOO_BUSY
    assert busy.turn_day(ada, 4).busy == {0, 2}
