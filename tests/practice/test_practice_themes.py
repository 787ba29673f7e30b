"""Themes by consent: what both opened comes, a no can't be read off, and a wish needs two."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, NOW, a_partner

from bot.practice import themes
from bot.practice.partner import Pair
from bot.practice.refusals import Reason, Refusal

NAMES = ("touch", "desire", "faith")
DAY = timedelta(days=1)
WEEK = themes.WISH_LASTS

acts = st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(NAMES)), max_size=12)


def _live(pair: Pair, acts_: list[tuple[bool, bool, str]]) -> Pair:
    """Let the two open and close themes: whose act, opened or closed, which."""
    one, two = pair
    for first, opens, theme in acts_:
        me, other = (one, two) if first else (two, one)
        me, other = themes.open_theme(me, other, theme) if opens else (themes.close_theme(me, theme), other)
        one, two = (me, other) if first else (other, me)
    return one, two


@given(acts)
def test_a_theme_comes_only_where_both_have_opened_it(lived: list[tuple[bool, bool, str]]) -> None:
    """The last word of each counts, whatever came before."""
    last = {(first, theme): opens for first, opens, theme in lived}
    both = {theme for theme in NAMES if last.get((True, theme)) and last.get((False, theme))}
    assert themes.opened(_live((a_partner(ADA), a_partner(BEN)), lived)) == both


@given(acts, acts)
def test_what_the_other_closes_can_not_be_seen(
    before: list[tuple[bool, bool, str]], after: list[tuple[bool, bool, str]]
) -> None:
    """Whatever two have lived, and go on to live: one who closes themes looks like one who does nothing."""
    pair = _live((a_partner(ADA), a_partner(BEN)), before)
    theirs_closed = [(False, False, theme) for theme in NAMES]
    known = pair[0].shared  # a yes to any other may be the second one, which shows
    mine = [act for act in after if act[0] and (not act[1] or act[2] in known)]
    quiet, closing = _live(pair, mine), _live(pair, [*theirs_closed, *mine])
    assert themes.shown(quiet[0]) == themes.shown(closing[0])
    assert not themes.opened(closing)


@given(acts)
def test_nothing_is_shown_as_opened_by_both_that_never_was(lived: list[tuple[bool, bool, str]]) -> None:
    """At the moment when it first shows, both had said yes."""
    pair = (a_partner(ADA), a_partner(BEN))
    ever: set[str] = set()
    for act in lived:
        pair = _live(pair, [act])
        ever |= themes.opened(pair)
        assert themes.shown(pair[0]) | themes.shown(pair[1]) <= ever


days = st.integers(0, 20).map(lambda number: NOW + number * DAY)


@given(days, days, days, st.sampled_from(NAMES))
def test_a_wish_holds_where_both_had_it_within_a_week_and_for_a_week(
    one: datetime, two: datetime, now: datetime, theirs: str
) -> None:
    """Order does not matter, and another theme of the other's is none."""
    ada = themes.wish(a_partner(ADA), "faith", one)
    ben = themes.wish(a_partner(BEN), theirs, two)
    holds = theirs == "faith" and abs(one - two) < WEEK and now - max(one, two) < WEEK
    assert (themes.wished((ada, ben), now) == "faith") is holds
    assert themes.wished((ada, ben), now) == themes.wished((ben, ada), now)
    assert themes.wished((ada, a_partner(BEN)), now) is None


def test_one_asks_once_a_week() -> None:
    """A second wish within seven days is refused, and taken again after them."""
    ada = themes.wish(a_partner(ADA), "fun", NOW)
    with pytest.raises(Refusal) as refused:
        themes.wish(ada, "dreams", NOW + WEEK - timedelta(seconds=1))
    assert refused.value.reason is Reason.WISHED_LATELY
    assert themes.wish(ada, "dreams", NOW + WEEK).wish == "dreams"


@pytest.mark.parametrize(("theme", "after"), [("dreams", DAY), ("fun", WEEK)])
def test_a_wish_that_is_over_or_another_can_not_be_joined(theme: str, after: timedelta) -> None:
    """Neither what was never asked for, nor what was asked for a week ago."""
    ada = themes.wish(a_partner(ADA), "fun", NOW)
    with pytest.raises(Refusal) as refused:
        themes.join_wish(a_partner(BEN), ada, theme, NOW + after)
    assert refused.value.reason is Reason.WISH_OVER


def test_nothing_of_it_meets_the_next_couple() -> None:
    """A yes was for one other person."""
    ada, _ = themes.open_theme(themes.wish(a_partner(ADA), "fun", NOW), a_partner(BEN), "touch")
    assert themes.afresh(replace(ada, shared=frozenset(NAMES))) == a_partner(ADA)
