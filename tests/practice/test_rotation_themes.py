"""Themes, guesses, light and quick ones keep their law over years of the whole library."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_year import START, SyntheticCard
from whole_library import BY_ID, CARDS, LIBRARY, OPENED, Day, live

from bot.practice.circumstances import ChoiceReason, Circumstances, Past, move_on
from bot.practice.day import GUESS_EVERY, THEME_RESTS_DAYS
from bot.practice.rotation import QUICK_AGAIN, NoPromptFitsError, choose

TWO_YEARS = 730
LIVES = {
    "all themes": live(TWO_YEARS, Circumstances(2, START, 1, opened=OPENED)),
    "all themes, another couple": live(TWO_YEARS, Circumstances(2, START, 2, opened=OPENED)),
    "all themes, lapsing": live(TWO_YEARS, Circumstances(2, START, 3, opened=OPENED), lapses=0.15),
    "the deepest": live(TWO_YEARS, Circumstances(3, START, 4, opened=OPENED)),
    "as it begins": live(400, Circumstances(1, START, 5)),
    "as it begins, another couple": live(400, Circumstances(1, START, 6)),
    "parents apart": live(
        400, Circumstances(1, START, 7, opened={"children", "distance"}), quick=lambda day: day % 7 in (1, 3)
    ),
}
any_life = pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)


@any_life
def test_nothing_comes_twice(life: list[Day]) -> None:
    """730 days at depth 2 with all themes; 400 at depth 1 with none of those that need a yes.

    Quick ones do, where two have had all sixty and still have busy days.
    """
    times = Counter(day.card.id for day in life if not day.card.quick)
    assert [prompt for prompt, number in times.items() if number > 1] == []


@any_life
def test_no_theme_comes_twice_in_three_days(life: list[Day]) -> None:
    """Whatever else the day asks for."""
    for start in range(len(life) - 2):
        themes = [day.card.theme for day in life[start : start + 3] if day.card.theme]
        assert len(themes) == len(set(themes))


@any_life
def test_an_arc_leaves_room_for_other_things(life: list[Day]) -> None:
    """Three days in a row at most, and four of any seven; and still it comes to its end."""
    arcs = [day.choice.arc for day in life]
    assert all(not all(arcs[start : start + 4]) for start in range(len(arcs) - 3))
    assert all(sum(map(bool, arcs[start : start + 7])) <= 4 for start in range(len(arcs) - 6))
    over = [day.choice.arc_over for day in life if day.choice.arc_over]
    assert len(over) >= 3
    for arc in over:
        days = [number for number, of in enumerate(arcs) if of == arc]
        assert days[-1] - days[0] <= 21


@any_life
def test_there_are_two_guesses_in_any_ten_rounds(life: list[Day]) -> None:
    """An arc waits a day for one."""
    guesses = [day.card.form == "guess" for day in life]
    assert all(sum(guesses[start : start + 10]) >= 2 for start in range(len(guesses) - 9))


@any_life
def test_after_a_hard_one_comes_one_for_smiling(life: list[Day]) -> None:
    """Or a guess that is due, or the next of an arc; an easy one in any case."""
    after = [day for before, day in pairwise(life) if before.hard]
    in_a_year = [day for day in after if day.today - life[0].today < timedelta(days=365)]
    assert all(day.card.depth == 1 and not day.hard for day in after)
    assert all(day.card.light or day.card.form == "guess" or day.choice.arc for day in in_a_year)
    assert sum(day.card.light for day in after) >= len(after) * 0.7


def test_a_theme_that_needs_a_yes_stays_away_without_it() -> None:
    """All of them where the two have said nothing; the others where they opened one."""
    assert not any(day.card.by_consent for day in LIVES["as it begins"])
    met = {day.card.theme for day in LIVES["parents apart"] if day.card.by_consent}
    assert met == {"children", "distance"}
    assert {day.card.theme for day in LIVES["all themes"]} >= set(LIBRARY.themes)


def test_a_couple_whose_every_theme_is_closed_gets_a_prompt_each_day() -> None:
    """For years: what was seen longest ago comes again, and still nothing that they didn't open."""
    life = live(1000, Circumstances(1, START, 8))
    assert not any(day.card.by_consent for day in life)
    assert life[-1].choice.reason is ChoiceReason.LONGEST_UNSEEN
    last: dict[str, date] = {}
    for day in life:
        assert (day.today - last.get(day.card.id, date.min)).days > 300
        last[day.card.id] = day.today


def test_a_quick_one_comes_on_busy_days_and_no_others() -> None:
    """And after two rounds that lapsed."""
    life = LIVES["parents apart"]
    wanted = [day for number, day in enumerate(life) if day.quick and number]
    assert all(day.card.quick for day in wanted[:60])
    assert not any(day.card.quick for day in life if not day.quick)
    lapsing = LIVES["all themes, lapsing"]
    two = [
        day.card.quick
        for one, two, day in zip(lapsing, lapsing[1:], lapsing[2:], strict=False)
        if one.lapsed and two.lapsed
    ]
    assert all(two)
    assert sum(day.card.quick for day in lapsing) == sum(two) > 0


def test_two_who_prefer_quick_ones_get_them_again_after_three_months() -> None:
    """And never sooner."""
    life = live(200, Circumstances(1, START, 9), quick=lambda _: True)
    last: dict[str, date] = {}
    for day in life:
        assert day.today - last.get(day.card.id, date.min) >= QUICK_AGAIN
        last[day.card.id] = day.today
    assert sum(day.card.quick for day in life) >= 120


@pytest.mark.parametrize("times", range(6))
def test_a_theme_that_they_pass_over_becomes_rarer(times: int) -> None:
    """For both alike; it does not vanish."""
    life = live(400, Circumstances(2, START, 10, opened=OPENED, passed_over={"fun": times}))
    days = [day.today for day in life if day.card.theme == "fun"]
    rest = THEME_RESTS_DAYS[min(times, 3)]
    assert len(days) >= 3
    assert all((later - earlier).days >= rest for earlier, later in pairwise(days))


def test_a_theme_that_both_wish_for_comes_every_third_day() -> None:
    """For a week, and within the law."""
    now = Circumstances(1, START, 3, wished="rituals")
    came = []
    for _ in range(9):
        choice = choose(CARDS, now)
        came.append(BY_ID[choice.prompt_id].theme == "rituals")
        now = move_on(now, choice)
    assert sum(came) >= 2


def test_a_theme_that_left_the_library_does_not_disturb() -> None:
    """Opened, wished for or passed over long ago."""
    gone = Circumstances(1, START, 1, opened={"gone"}, wished="gone", passed_over={"gone": 9})
    assert choose(CARDS, gone) == choose(CARDS, Circumstances(1, START, 1))


@st.composite
def any_cards(draw: st.DrawFn) -> tuple[SyntheticCard, ...]:
    """Draw any small library of themed, light, quick and guessing cards."""
    card = st.builds(
        SyntheticCard,
        id=st.just(""),
        way=st.sampled_from(("listening", "daily", "perspective", "repair")),
        depth=st.integers(1, 3),
        heavy=st.booleans(),
        light=st.booleans(),
        form=st.sampled_from((None, "guess", "ask")),
        quick=st.booleans(),
        theme=st.sampled_from((None, "a", "b", "c")),
    )
    cards = draw(st.lists(card, min_size=1, max_size=20))
    closed = draw(st.frozensets(st.sampled_from("abc")))
    return tuple(
        replace(card, id=f"card-{number}", by_consent=card.theme in closed)
        for number, card in enumerate(cards)
    )


@given(
    any_cards(),
    st.frozensets(st.sampled_from("abc")),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 4)), min_size=1, max_size=30),
)
def test_any_library_gives_something_whenever_anything_fits(
    cards: tuple[SyntheticCard, ...],
    opened: frozenset[str],
    passed_over: dict[str, int],
    days: list[tuple[bool, bool, int]],
) -> None:
    """And never what is closed or too deep; a theme too soon only where all else unseen is of such a theme."""
    now = Circumstances(2, START, 1, opened=opened, passed_over=passed_over)
    by_id = {card.id: card for card in cards}
    fits = [c for c in cards if c.depth <= 2 and (not c.by_consent or c.theme in opened)]
    for lapsed, quick, later in days:
        now = replace(now, quick=quick)
        if not fits:
            with pytest.raises(NoPromptFitsError):
                choose(cards, now)
            return
        choice = choose(cards, now)
        card = by_id[choice.prompt_id]
        assert card in fits
        _assert_theme_rested(card, fits, now)
        now = move_on(now, choice, lapsed=lapsed, days=later)


def _assert_theme_rested(card: SyntheticCard, fits: list[SyntheticCard], now: Circumstances) -> None:
    by_id = {card.id: card for card in fits}
    lately = {
        by_id[past.prompt_id].theme
        for past in now.recent
        if now.today - past.on < timedelta(days=3) and past.prompt_id in by_id
    }
    if card.theme is None or card.theme not in lately or card.id in now.seen:
        return
    rested = [
        other
        for other in fits
        if other.quick == card.quick
        and other.id not in now.seen
        and other.theme not in lately
        and (other.theme is None or not now.passed_over.get(other.theme))
        and not (other.heavy or other.way == "repair")
    ]
    assert rested == []


@given(st.lists(st.booleans(), min_size=GUESS_EVERY, max_size=40), st.integers(0, 99))
def test_a_guess_is_due_by_what_came_and_not_by_the_calendar(rounds: list[bool], seed: int) -> None:
    """Any past: four rounds without one bring one, as long as there is one."""
    guesses = [card.id for card in CARDS if card.form == "guess" and card.depth == 1][:40]
    others = [card.id for card in CARDS if card.form != "guess" and card.depth == 1][:40]
    recent = [
        Past((guesses if guess else others)[number], START - timedelta(days=number + 1))
        for number, guess in enumerate(rounds)
    ]
    seen = {past.prompt_id: past.on for past in recent}
    choice = choose(CARDS, Circumstances(1, START, seed, seen, recent))
    if not any(rounds[: GUESS_EVERY - 1]):
        assert BY_ID[choice.prompt_id].form == "guess"
