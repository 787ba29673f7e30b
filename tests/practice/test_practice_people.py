"""A couple and its partners: when it rests, how deep it goes, who is in it; and the ids of all."""

from dataclasses import is_dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import pairwise, product
from pkgutil import iter_modules
from random import getrandbits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, EVE, NOW, a_couple, a_partner

from bot import practice
from bot.practice import ids
from bot.practice.couple import OFFER_AFTER, CoupleState, depth_of, state_of
from bot.practice.partner import DEPTHS, MAX_NAME, Expecting, Partner
from bot.practice.refusals import Reason, Refusal

BIGGEST = 2**63  # what a database's integer holds


@pytest.mark.parametrize("rests", [*product((False, True), repeat=4)])
def test_a_couple_rests_while_either_does_whatever_the_cause(rests: tuple[bool, ...]) -> None:
    """By choice or out of reach, one is enough, and only both being back makes it active."""
    one = replace(a_partner(ADA), resting=rests[0], reachable=not rests[1])
    other = replace(a_partner(BEN), resting=rests[2], reachable=not rests[3])
    expected = CoupleState.RESTING if any(rests) else CoupleState.ACTIVE
    assert state_of(a_couple(), (one, other)) is expected
    assert state_of(replace(a_couple(), parted_at=NOW), (one, other)) is CoupleState.PARTED


def test_three_lapsed_rounds_in_a_row_are_enough_to_offer_a_slower_rhythm() -> None:
    """Not one and not two: a quiet day or a weekend away asks for nothing."""
    assert sorted(OFFER_AFTER) == [3, 10, 30]


def test_nobody_lifts_the_others_rest() -> None:
    """One comes back, and the couple rests on: each rest is its partner's own."""
    both = (replace(a_partner(ADA), resting=True), replace(a_partner(BEN), resting=True))
    back = (replace(both[0], resting=False), both[1])
    assert state_of(a_couple(), back) is CoupleState.RESTING
    assert both[1].resting


@pytest.mark.parametrize(("one", "other"), [*product(DEPTHS, DEPTHS)])
def test_the_couples_depth_is_the_lower_of_both_choices(one: int, other: int) -> None:
    """Nobody is taken deeper than they chose, whoever asks."""
    pair = (replace(a_partner(ADA), depth=one), replace(a_partner(BEN), depth=other))
    assert depth_of(pair) == min(one, other) == depth_of((pair[1], pair[0]))


def test_a_couple_knows_the_other_of_each_and_no_third() -> None:
    """Ada's other is Ben, Ben's is Ada, and nobody else has one."""
    assert (a_couple().other(ADA), a_couple().other(BEN)) == (BEN, ADA)
    with pytest.raises(Refusal) as refused:
        a_couple().other(EVE)
    assert refused.value.reason is Reason.NOT_YOURS


def test_what_everybody_starts_with_is_gentle() -> None:
    """Depth 1, covered, protected, reminded, quiet from ten to eight, expecting nothing."""
    ada = a_partner(ADA)
    assert (ada.depth, ada.cover, ada.protect, ada.reminders, ada.away) == (1, True, True, True, False)
    assert (ada.quiet.start, ada.quiet.end) == (22 * 60, 8 * 60)
    assert ada.expectation.what is Expecting.NOTHING
    assert (DEPTHS, MAX_NAME) == ((1, 2, 3), 40)


def test_a_name_is_not_shown_in_a_traceback() -> None:
    """Names are private as words are: a partner's line in a log has ids alone."""
    ada = Partner(ADA, 100, "Adelheid", "en", NOW, username="adelheid_secret")
    assert "delheid" not in repr(ada)
    assert "delheid" not in f"{ada}"


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2019, 1, 1), datetime(2298, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (Hypothesis wants plain bounds)
            st.integers(-(2**70), 2**70),
        ),
        max_size=40,
    )
)
def test_ids_grow_and_fit_whatever_the_clock_and_the_noise_say(
    asked: list[tuple[datetime, int]],
) -> None:
    """Also before 2020, and when the clock steps back by centuries: above the last, below 2**63."""
    last, made = 0, []
    for now, noise in asked:
        last = ids.mint(now, last, noise)
        made.append(last)
    assert all(earlier < later for earlier, later in pairwise(made))
    assert all(0 < one < BIGGEST for one in made)


def test_twenty_thousand_ids_of_one_instant_are_all_different() -> None:
    """And growing, and hardly ahead of the clock, so that the next second's ids follow on them."""
    last, made = 0, []
    for _ in range(20_000):
        last = ids.mint(NOW, last, getrandbits(64))
        made.append(last)
    assert sorted(set(made)) == made
    assert ids.mint(NOW + timedelta(seconds=1), 0, 0) > made[-1]
    assert made[-1] < BIGGEST


@given(st.integers(0, 2**64), st.integers(0, 10**9))
def test_ids_tell_when_they_were_made(noise: int, milliseconds: int) -> None:
    """To the millisecond since 2020, whatever the noise, so that a table's newest rows stand side by side."""
    made_at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    made = ids.mint(made_at, -1, noise)
    assert made >> 20 == milliseconds
    assert made % 2**20 == noise % 2**20


def test_no_rule_can_change_what_it_was_given() -> None:
    """Every value of the practice is frozen, so that a refusal leaves behind exactly what was there."""
    values = []
    for module in iter_modules(practice.__path__, "bot.practice."):
        found = vars(import_module(module.name)).values()
        values += [one for one in found if isinstance(one, type) and is_dataclass(one)]
    assert len(values) >= 10
    assert all(value.__dataclass_params__.frozen for value in values)  # type: ignore[attr-defined]
