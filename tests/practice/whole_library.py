"""The real library, and a couple who lives with it for years."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.practice.circumstances import Choice, Circumstances, move_on
from bot.practice.rotation import choose
from bot.practice.shelf import Card
from prompts.deck import load_library

LIBRARY = load_library()
CARDS: tuple[Card, ...] = tuple(LIBRARY.prompts.values())
BY_ID = {card.id: card for card in CARDS}
OPENED = frozenset(theme.id for theme in LIBRARY.themes.values() if theme.by_consent)


@dataclass(frozen=True, slots=True)
class Day:
    """What came on a day, and whether it lapsed."""

    today: date
    choice: Choice
    card: Card
    lapsed: bool
    quick: bool

    @property
    def hard(self) -> bool:
        """Tell whether it was heavy, of depth 3 or repair."""
        return self.card.heavy or self.card.depth == 3 or self.card.way == "repair"


def live(
    days: int,
    standing: Circumstances,
    *,
    lapses: float = 0,
    quick: Callable[[int], bool] | None = None,
    cards: tuple[Card, ...] = CARDS,
) -> list[Day]:
    """Let a couple live through so many days from where they stand; `quick` says on which they want a tap."""
    by_id = BY_ID if cards is CARDS else {card.id: card for card in cards}
    chance = random.Random(standing.seed)  # noqa: S311 a simulation, and no secret
    now, lived = standing, []
    for number in range(days):
        now = replace(now, quick=quick is not None and quick(number))
        choice = choose(cards, now)
        lapsed = chance.random() < lapses
        lived.append(Day(now.today, choice, by_id[choice.prompt_id], lapsed, now.quick))
        now = move_on(now, choice, lapsed=lapsed)
    return lived
