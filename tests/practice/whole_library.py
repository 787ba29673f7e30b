"""The real library, and a couple who lives with it for years.

Where a theme, or the quick ones, have fewer prompts than the library promises, made-up ones stand in for what is
not written yet; once all are there, there are none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from synthetic_year import SyntheticCard

from bot.practice.circumstances import Choice, Circumstances, move_on
from bot.practice.rotation import choose
from bot.practice.shelf import Card
from prompts.deck import load_library

LIBRARY = load_library()
A_THEME = 11
QUICK = 60
_WAYS = ("daily", "good", "listening", "perspective", "validation")
_DEPTHS = (1, 1, 2, 1, 2, 1, 1, 2, 1, 1, 2)


def _stand_ins(real: list[Card]) -> Iterator[Card]:
    for theme in LIBRARY.themes.values():
        for number in range(sum(card.theme == theme.id and not card.quick for card in real), A_THEME):
            guess = number % 3 == 0
            yield SyntheticCard(
                f"{theme.id}-{number}",
                "perspective" if guess else _WAYS[number % 5],
                max(theme.from_depth, _DEPTHS[number]),
                two_sided=guess,
                light=number % 4 == 0,
                form="guess" if guess else None,
                theme=theme.id,
                by_consent=theme.by_consent,
            )
    for number in range(sum(card.quick for card in real), QUICK):
        guess = number % 4 == 0
        yield SyntheticCard(
            f"quick-{number}",
            _WAYS[number % 5],
            two_sided=guess,
            light=True,
            form="guess" if guess else None,
            quick=True,
        )


_REAL: list[Card] = [*LIBRARY.prompts.values()]
CARDS: tuple[Card, ...] = (*_REAL, *_stand_ins(_REAL))
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
    days: int, standing: Circumstances, *, lapses: float = 0, quick: Callable[[int], bool] | None = None
) -> list[Day]:
    """Let a couple live through so many days from where they stand; `quick` says on which they want a tap."""
    chance = random.Random(standing.seed)  # noqa: S311 a simulation, and no secret
    now, lived = standing, []
    for number in range(days):
        now = replace(now, quick=quick is not None and quick(number))
        choice = choose(CARDS, now)
        lapsed = chance.random() < lapses
        lived.append(Day(now.today, choice, BY_ID[choice.prompt_id], lapsed, now.quick))
        now = move_on(now, choice, lapsed=lapsed)
    return lived
