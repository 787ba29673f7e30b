"""The rotation keeps its law, day by day, for any library and any couple."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_year import START, Day, SyntheticCard, live, synthetic_library

from bot.practice.circumstances import Choice, ChoiceReason, Circumstances, Past, move_on
from bot.practice.day import WEEK
from bot.practice.rotation import ARC_GAP, NoPromptFitsError, choose, sides_swapped
from bot.practice.shelf import Card
from prompts.deck import load_library
from prompts.source import FALLBACK, ROOT

ENOUGH = 400
DAYS = 400
WAYS = ("listening", "perspective", "validation", "roots", "good", "daily", "repair")


def library() -> Sequence[Card]:
    """Take the real prompts when there are enough of them, else synthetic ones."""
    if (ROOT / FALLBACK / "decks").exists():
        real: list[Card] = [*load_library().prompts.values()]
        if len(real) >= ENOUGH:
            return real
    return synthetic_library()


CARDS = tuple(library())
LIVES = {
    "steady": live(CARDS, 1, DAYS),
    "lapsing": live(CARDS, 2, DAYS, lapses=0.2),
    "lapsing and leaving": live(CARDS, 3, DAYS, lapses=0.3, leaves=0.1),
    "growing deeper": live(CARDS, 4, DAYS, depth=lambda day: min(3, 1 + day // 40), lapses=0.1, leaves=0.05),
    "up and down": live(CARDS, 5, DAYS, depth=lambda day: 2 if day % 90 > 75 else 3, lapses=0.1, leaves=0.03),
}
any_life = pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)


@any_life
def test_four_hundred_days_bring_no_prompt_twice(life: list[Day]) -> None:
    """Under lapses, changes of depth and arcs left."""
    ids = [day.choice.prompt_id for day in life]
    assert len(set(ids)) == len(ids) == DAYS


@any_life
def test_no_two_heavy_days_follow_each_other(life: list[Day]) -> None:
    """Not even across arcs."""
    assert not [day for before, day in pairwise(life) if before.card.heavy and day.card.heavy]


@any_life
def test_after_a_lapse_or_a_hard_one_comes_a_light_one(life: list[Day]) -> None:
    """A light one is of depth 1, not heavy and not repair."""
    for before, day in pairwise(life):
        hard = before.card.heavy or before.card.depth == 3 or before.card.way == "repair"
        if before.lapsed or hard:
            assert (day.card.depth, day.card.heavy) == (1, False), day.choice
            assert day.card.way != "repair"


@any_life
def test_repair_comes_at_most_once_in_ten_days(life: list[Day]) -> None:
    """And it does come: as often as its share of the library lets it."""
    days = [day.circumstances.today for day in life if day.card.way == "repair"]
    assert len(days) > 15
    assert all((later - earlier).days >= 10 for earlier, later in pairwise(days))


@any_life
def test_the_way_changes_from_day_to_day_outside_of_arcs(life: list[Day]) -> None:
    """A week without an arc has at least four ways; no more than one in eighty days keeps the last way."""
    same = [day for before, day in pairwise(life) if before.card.way == day.card.way and not day.choice.arc]
    assert len(same) <= DAYS // 80
    for start in range(DAYS - WEEK):
        week = life[start : start + WEEK]
        if not any(day.choice.arc for day in week):
            assert len({day.card.way for day in week}) >= 4


@any_life
def test_two_or_three_a_week_are_two_sided(life: list[Day]) -> None:
    """On average, since a third of what is about the two is a guess; and at most four in a week without an arc."""
    assert 1.4 <= sum(day.card.two_sided for day in life) * WEEK / DAYS <= 3.5
    for start in range(DAYS - WEEK):
        week = life[start : start + WEEK]
        if not any(day.choice.arc for day in week):
            assert sum(day.card.two_sided for day in week) <= 4


@any_life
def test_an_arc_comes_in_order_one_at_a_time_and_with_a_pause_between(life: list[Day]) -> None:
    """Light days may stand between its prompts, another arc's may not."""
    current: str | None = None
    last_place = 0
    since = len(ARC_GAP)
    for day in life:
        if day.choice.arc is None:
            since += 1
            continue
        if day.choice.arc_started:
            assert since >= 10
            assert day.card.place_in_arc == 1
        else:
            assert day.choice.arc == current
            assert (day.card.place_in_arc or 0) > last_place
        current, last_place, since = day.choice.arc, day.card.place_in_arc or 0, 0


@any_life
def test_an_arc_begins_about_once_in_three_weeks(life: list[Day]) -> None:
    """At least ten of them in 400 days, as long as there are any left to begin."""
    assert 10 <= sum(day.choice.arc_started for day in life) <= DAYS // 15


@any_life
def test_the_prompts_of_an_arc_do_not_come_singly_before_it_was_begun(life: list[Day]) -> None:
    """Afterwards the rest of an arc that was left comes like any other."""
    begun: set[str | None] = set()
    for day in life:
        if day.choice.arc:
            begun.add(day.choice.arc)
        elif day.card.arc and day.card.way != "repair":
            assert day.card.arc in begun


@any_life
def test_the_first_week_is_gentle_and_its_first_day_more_so(life: list[Day]) -> None:
    """Nothing hard in seven rounds; the first is light, the same for both, and of an easy way."""
    first = life[0]
    assert first.choice.reason is ChoiceReason.FIRST
    assert (first.card.depth, first.card.two_sided, first.card.heavy) == (1, False, False)
    assert first.card.way in {"listening", "daily", "good"}
    assert not [
        day for day in life[:WEEK] if day.card.heavy or day.card.depth == 3 or day.card.way == "repair"
    ]


@pytest.mark.parametrize("depth", [1, 2])
def test_a_shallow_couple_uses_up_what_fits_before_anything_repeats(depth: int) -> None:
    """And it starts over with what was seen longest ago; a quick one can come again before, when it is wanted."""
    open_to_all = [card for card in CARDS if not card.by_consent]
    fits = [card for card in open_to_all if card.depth <= depth and (card.way != "roots" or depth > 1)]
    hardly = sum(card.way == "repair" or card.heavy for card in fits)
    life = live(CARDS, 7, len(fits) + 50, depth=lambda _: depth, lapses=0.1)
    ids = [day.choice.prompt_id for day in life]
    repeats = (number for number, name in enumerate(ids) if name in ids[:number])
    first_repeat = next(number for number in repeats if life[number].choice.reason is not ChoiceReason.QUICK)
    assert first_repeat >= len(fits) - hardly
    again = life[first_repeat]
    assert again.choice.reason is ChoiceReason.LONGEST_UNSEEN
    assert first_repeat - ids.index(again.choice.prompt_id) > len(fits) * 0.8


def test_nothing_goes_deeper_than_the_couple() -> None:
    """Roots need depth 2, whatever their own depth says."""
    cards = [SyntheticCard("a", "roots"), SyntheticCard("b", "daily", 2), SyntheticCard("c", "good")]
    life = live(cards, 1, 5, depth=lambda _: 1)
    assert {day.card.id for day in life} == {"c"}


def test_without_a_fitting_prompt_it_says_so() -> None:
    """A couple at depth 1 with roots alone has nothing to practise."""
    with pytest.raises(NoPromptFitsError):
        choose([SyntheticCard("a", "roots", 2)], Circumstances(depth=1, today=START, seed=1))


def test_a_lowered_depth_ends_an_arc_and_the_rest_returns_later() -> None:
    """Its prompts that fit then come singly, but not within the next days while there is anything else."""
    arc = [SyntheticCard(f"arc-{n}", "roots", 2, arc="arc", place_in_arc=n) for n in range(1, 7)]
    singles = [SyntheticCard(f"s{n}", ("daily", "good", "listening")[n % 3]) for n in range(60)]
    cards: list[Card] = [*arc, *singles]
    life = live(cards, 3, 60, depth=lambda day: 1 if 22 <= day < 30 else 2)
    started = next(number for number, day in enumerate(life) if day.choice.arc_started)
    ended = [day for day in life if day.choice.arc_over == "arc"]
    assert started < 22
    assert len(ended) == 1
    later = [number for number, day in enumerate(life) if day.card.arc and day.choice.arc is None]
    assert all(number >= 22 + 8 for number in later)


def test_an_arc_is_over_with_its_last_prompt() -> None:
    """And its prompts are no longer kept apart."""
    cards = [SyntheticCard(f"arc-{n}", "daily", arc="arc", place_in_arc=n) for n in (1, 2)]
    first = choose(cards, circumstances := Circumstances(depth=1, today=START, seed=1))
    second = choose(cards, circumstances := move_on(circumstances, first))
    assert first == Choice("arc-1", ChoiceReason.ARC_BEGINS, "arc", arc_started=True)
    assert second == Choice("arc-2", ChoiceReason.ARC_GOES_ON, "arc", arc_over="arc")
    after = move_on(circumstances, second)
    assert (after.arc, after.arcs_over) == (None, {"arc"})
    assert choose(cards, after).reason is ChoiceReason.LONGEST_UNSEEN


def test_an_arc_that_one_of_them_met_before_is_not_begun() -> None:
    """What neither has seen of it comes singly."""
    cards = [SyntheticCard(f"arc-{n}", "daily", arc="arc", place_in_arc=n) for n in (1, 2, 3)]
    seen = {"arc-1": START - timedelta(days=300)}
    choice = choose(cards, Circumstances(depth=1, today=START, seed=1, seen=seen))
    assert (choice.arc, choice.prompt_id in {"arc-2", "arc-3"}) == (None, True)


def test_a_retired_prompt_does_not_come_any_more() -> None:
    """It stays readable for the journal, and known for what it was."""
    cards = [SyntheticCard("old", "good", retired=True), SyntheticCard("new", "good")]
    life = live(cards, 1, 10)
    assert {day.card.id for day in life} == {"new"}


def test_a_prompt_that_left_the_decks_does_not_disturb() -> None:
    """A round of long ago may name one that is retired."""
    recent = [Past("gone", START - timedelta(days=1), lapsed=True, arc="gone too")]
    choice = choose(CARDS, Circumstances(depth=3, today=START, seed=1, recent=recent, arc="gone too"))
    assert choice.reason is ChoiceReason.LIGHT_AFTER_LAPSE
    assert choice.arc_over == "gone too"


def test_the_sides_alternate_and_either_may_begin() -> None:
    """Over many couples about half begin with each side."""
    for seed in range(20):
        turns = [sides_swapped(number, seed) for number in range(6)]
        assert turns in ([False, True] * 3, [True, False] * 3)
    assert 30 < sum(sides_swapped(0, seed) for seed in range(100)) < 70


def test_two_couples_walk_different_ways() -> None:
    """Their seeds make the difference."""
    firsts = {choose(CARDS, Circumstances(depth=3, today=START, seed=seed)).prompt_id for seed in range(40)}
    assert len(firsts) > 10


def test_choosing_takes_less_than_two_milliseconds() -> None:
    """The median of a year, in CPU time: other tests may run beside this one."""
    took = []
    for day in LIVES["lapsing"]:
        start = time.process_time()
        choose(CARDS, day.circumstances)
        took.append(time.process_time() - start)
    assert sorted(took)[len(took) // 2] < 0.002


@st.composite
def any_cards(draw: st.DrawFn) -> list[SyntheticCard]:
    """Draw any small library, arcs included."""
    cards = []
    places: Counter[str] = Counter()
    for number in range(draw(st.integers(1, 25))):
        arc = draw(st.sampled_from((None, None, "x", "y")))
        way = draw(st.sampled_from(WAYS))
        if arc:
            places[arc] += 1
        cards.append(
            SyntheticCard(
                f"card-{number}",
                way,
                draw(st.integers(1, 3)),
                draw(st.booleans()),
                draw(st.booleans()),
                arc,
                places[arc] if arc else None,
            )
        )
    return cards


@given(
    any_cards(), st.integers(0, 99), st.floats(0, 1), st.floats(0, 1), st.lists(st.integers(1, 3), min_size=1)
)
def test_any_library_and_any_couple_keep_the_law(
    cards: list[SyntheticCard], seed: int, lapses: float, leaves: float, depths: list[int]
) -> None:
    """The depth always; a repetition only where nothing unseen is allowed; then the longest unseen."""
    try:
        life = live(
            cards, seed, 40, depth=lambda day: depths[day % len(depths)], lapses=lapses, leaves=leaves
        )
    except NoPromptFitsError:
        return
    for before, day in pairwise(life):
        assert day.card.depth <= day.circumstances.depth
        assert day.card.way != "roots" or day.circumstances.depth > 1
        if day.card.id in day.circumstances.seen:
            _assert_nothing_better(cards, before, day)


def _assert_nothing_better(cards: list[SyntheticCard], before: Day, day: Day) -> None:
    arc = day.circumstances.arc
    for card in cards:
        fits = card.depth <= day.circumstances.depth and (card.way != "roots" or day.circumstances.depth > 1)
        plain = not card.heavy and card.way != "repair"
        settled = card.depth < 3 or len(day.circumstances.recent) >= WEEK
        if fits and plain and settled and (arc is None or card.arc != arc):
            assert card.id in day.circumstances.seen, (card, before)
            assert day.circumstances.seen[day.card.id] <= day.circumstances.seen[card.id]


@given(any_cards(), st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_choice_depends_on_nothing_but_its_arguments(
    cards: list[SyntheticCard], seed: int, chance: random.Random
) -> None:
    """Not on the order of the decks, and not on how often it was asked."""
    circumstances = Circumstances(depth=2, today=START, seed=seed)
    shuffled = list(cards)
    chance.shuffle(shuffled)
    try:
        choice = choose(cards, circumstances)
    except NoPromptFitsError:
        with pytest.raises(NoPromptFitsError):
            choose(shuffled, circumstances)
        return
    assert choose(shuffled, circumstances) == choice == choose(cards, replace(circumstances))
