"""What a couple passes over becomes rarer for both, and what comes after a round's day has no say in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, LATER, NOW, a_couple, a_partner, a_round
from whole_library import BY_ID, CARDS

from bot.practice import opening
from bot.practice import round as rules
from bot.practice.circumstances import Past
from bot.practice.day import THEME_RESTS_DAYS
from bot.practice.ids import PartnerId, RoundId
from bot.practice.opening import Facts
from bot.practice.round import Round

Act = Callable[[Round, PartnerId], Round]
ACTS: Mapping[str, Act] = {
    "swap": lambda round_, who: rules.swap(round_, who, "listening-2"),
    "decline": rules.decline,
    "write": rules.write,
}
acts = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from([ADA, BEN])), max_size=5)


@given(acts, acts)
def test_each_of_the_two_counts_once_and_only_while_the_day_lasts(
    today: list[tuple[str, PartnerId]], late: list[tuple[str, PartnerId]]
) -> None:
    """Another card counts whatever follows; "not today" until one writes; a late act changes nothing."""
    round_ = a_round()
    for name, who in today:
        if name != "swap" or round_.turn(who).swaps < rules.MOST_SWAPS:
            round_ = ACTS[name](round_, who)
    expected = sum(turn.swaps > 0 or turn.declined for turn in round_.turns)
    assert rules.passed_over(round_) == expected
    round_ = rules.next_opens(round_, LATER)
    for name, who in late:
        if name != "swap" or round_.turn(who).swaps < rules.MOST_SWAPS:
            round_ = ACTS[name](round_, who)
    assert rules.passed_over(round_) == expected


@pytest.mark.parametrize("passed", [0, 1, 2])
def test_a_theme_that_is_passed_over_comes_less_often(passed: int) -> None:
    """Whoever of the two it was: opening after opening, each card of the theme comes later than the one before."""
    facts = Facts(a_couple(), (a_partner(ADA), a_partner(BEN)))
    days: list[date] = []
    past: list[Past] = []
    seen: dict[str, datetime] = {}
    now = NOW
    for number in range(120):
        opened = opening.first(replace(facts, past=past[:60], seen=seen), CARDS, now, RoundId(number))
        assert opened.round is not None
        prompt = opened.round.prompt
        theme = BY_ID[prompt].theme
        if theme == "fun":
            days.append(opened.round.local_date)
        past.insert(0, Past(prompt, opened.round.local_date, passed=passed if theme == "fun" else 0))
        seen[prompt] = now
        now += timedelta(days=1)
    for times, (earlier, later) in enumerate(pairwise(days), 1):
        counted = min(passed * times, len(THEME_RESTS_DAYS) - 1)
        assert (later - earlier).days >= THEME_RESTS_DAYS[counted] or (later - days[0]).days > 60
    assert len(days) >= 3
