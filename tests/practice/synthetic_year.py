"""A library of 420 cards, in the proportions of the real one, and a couple who lives through it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.practice.circumstances import Choice, Circumstances, move_on
from bot.practice.rotation import choose
from bot.practice.shelf import Card

WAYS = {
    "listening": 66,
    "perspective": 66,
    "validation": 66,
    "roots": 64,
    "good": 60,
    "daily": 66,
    "repair": 32,
}
ARC_WAYS = ("listening", "perspective", "validation", "roots", "good", "daily") * 2
ARC_LENGTH = 6
START = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class SyntheticCard:
    """A prompt as the rotation sees it."""

    id: str
    way: str
    depth: int = 1
    two_sided: bool = False
    heavy: bool = False
    arc: str | None = None
    place_in_arc: int | None = None
    retired: bool = False
    light: bool = False
    form: str | None = None
    quick: bool = False
    theme: str | None = None
    by_consent: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What was chosen on a day, out of which circumstances."""

    circumstances: Circumstances
    choice: Choice
    card: Card
    lapsed: bool


def synthetic_library() -> list[SyntheticCard]:
    """Make the cards: about half of depth 1, a quarter two-sided, one in fourteen heavy, twelve arcs."""
    cards: list[SyntheticCard] = []
    left = dict(WAYS)
    for number, way in enumerate(ARC_WAYS):
        for place in range(1, ARC_LENGTH + 1):
            depth = 2 if way == "roots" or (number % 2 and place == ARC_LENGTH) else 1
            arc = f"arc{number}"
            card = SyntheticCard(
                f"{arc}-{place}", way, depth, place == ARC_LENGTH, arc=arc, place_in_arc=place
            )
            cards.append(card)
            left[way] -= 1
    for way, count in left.items():
        for number in range(count):
            depth = (1, 2, 1, 3, 1, 1)[number % 6]
            if way in ("roots", "repair"):
                depth = 2 + (number % 3 == 0)
            heavy = number % 8 == 0 if way in ("roots", "repair") else depth == 3 and number % 4 == 3
            two = number % 4 == 1
            cards.append(
                SyntheticCard(f"{way}-{number}", way, depth, two, heavy, form="each" if two else None)
            )
    return cards


def live(
    cards: Sequence[Card],
    seed: int,
    days: int,
    *,
    depth: Callable[[int], int] = lambda _: 3,
    lapses: float = 0.0,
    leaves: float = 0.0,
) -> list[Day]:
    """Let a couple live through so many days, lapsing and leaving arcs by chances that the seed fixes."""
    chance = random.Random(seed)  # noqa: S311 a simulation, and no secret
    by_id = {card.id: card for card in cards}
    circumstances = Circumstances(depth=depth(0), today=START, seed=seed)
    lived = []
    for number in range(days):
        circumstances = replace(circumstances, depth=depth(number))
        choice = choose(cards, circumstances)
        lapsed = chance.random() < lapses
        lived.append(Day(circumstances, choice, by_id[choice.prompt_id], lapsed))
        circumstances = move_on(circumstances, choice, lapsed=lapsed)
        if circumstances.arc and chance.random() < leaves:
            circumstances = replace(
                circumstances, arc=None, arcs_over=circumstances.arcs_over | {circumstances.arc}
            )
    return lived
