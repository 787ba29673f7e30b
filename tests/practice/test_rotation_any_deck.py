"""The law of variety holds for any couple, and for any deck like ours: reordered, and with some cards missing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_year import START
from whole_library import BY_ID, LIBRARY, OPENED, Day, live

from bot.practice.circumstances import Circumstances
from bot.practice.shelf import Card

MISSING = 0.04  # of the cards: what a few weeks of writing and retiring move


@dataclass(frozen=True, slots=True)
class Life:
    """How long a couple lives with a deck, what they chose, and when they want a tap."""

    days: int
    depth: int
    opened: frozenset[str] = frozenset()
    lapses: float = 0
    quick: Callable[[int], bool] | None = None


LIVES = {
    "all themes": Life(730, 2, OPENED),
    "all themes, lapsing": Life(730, 2, OPENED, lapses=0.15),
    "as it begins": Life(400, 1),
    "parents apart": Life(400, 1, frozenset({"children", "distance"}), quick=lambda day: day % 7 in (1, 3)),
}
any_life = pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)


def another_deck(seed: int) -> tuple[Card, ...]:
    """Make a deck of the same kinds of cards: each under a new name, so that all come in another order."""
    chance = random.Random(seed)  # noqa: S311 a simulation, and no secret
    kept = [prompt for prompt in LIBRARY.prompts.values() if chance.random() >= MISSING]
    numbers = chance.sample(range(len(kept)), len(kept))
    return tuple(
        replace(prompt, id=f"card-{number:04}") for number, prompt in zip(numbers, kept, strict=True)
    )


def lived(life: Life, couple: int, deck: int) -> list[Day]:
    """Live it."""
    begin = Circumstances(life.depth, START, couple, opened=life.opened)
    return live(life.days, begin, lapses=life.lapses, quick=life.quick, cards=another_deck(deck))


def assert_the_law(days: list[Day]) -> None:
    """Nothing twice, no theme twice in three days, two guesses in ten, and something light after something hard."""
    times = Counter(day.card.id for day in days if not day.card.quick)
    assert max(times.values()) == 1
    for start in range(len(days) - 2):
        themes = [day.card.theme for day in days[start : start + 3] if day.card.theme]
        assert len(themes) == len(set(themes)), start
    guesses = [day.card.form == "guess" for day in days]
    assert all(sum(guesses[start : start + 10]) >= 2 for start in range(len(guesses) - 9))
    after = [day for before, day in pairwise(days) if before.hard]
    assert all(day.card.depth == 1 and not day.hard for day in after)
    assert all(
        day.card.light or day.card.form == "guess" or day.choice.arc for day in after[: len(after) // 2]
    )


@any_life
def test_the_law_holds_for_another_couple_with_another_deck(life: Life) -> None:
    """One that no draw in this file was chosen for: the day's own."""
    assert len(BY_ID) > 800
    assert_the_law(lived(life, 20_261_129, 15))


@pytest.mark.long
@pytest.mark.timeout(900)
@any_life
@settings(max_examples=100, deadline=None)
@given(couple=st.integers(0, 2**63), deck=st.integers(0, 2**32))
def test_the_law_holds_for_any_couple_with_any_deck(life: Life, couple: int, deck: int) -> None:
    """Whatever is drawn."""
    assert_the_law(lived(life, couple, deck))
