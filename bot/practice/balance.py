"""What a couple's week lacks: kinds of cards, measured by their share in what is left."""

from __future__ import annotations

import hashlib
import math

from bot.practice.card_set import CardSet
from bot.practice.circumstances import Seed
from bot.practice.day import WEEK, Day
from bot.practice.shelf import TWO_SIDED, Card, Trait

TWO_SIDED_A_WEEK = 2


def least(day: Day, pool: CardSet) -> Card | None:
    """Find the card whose kind the last rounds had least of; equals are drawn from."""
    if not pool:
        return None
    excess = _excess(day)
    lowest: float = math.inf
    among: list[CardSet] = []
    for kind, cards in day.shelf.kinds.items():
        one, two, three, four = kind
        measure = excess[one] + excess[two] + excess[three] + excess[four]
        if measure <= lowest and cards.meets(pool):
            if measure < lowest:
                lowest, among = measure, []
            among.append(cards)
    return draw(day, CardSet.union(among) & pool)


def draw(day: Day, equals: CardSet) -> Card | None:
    """Draw one of equals: the couple's own and the day's, and no dearer among hundreds than among two."""
    if not equals:
        return None
    place = rank(day.now.seed, day.now.today.isoformat()) % len(equals)
    return day.shelf.at(equals.nth(place))


def rank(seed: Seed, text: str) -> int:
    """Give a thing its place in an order of the couple's own."""
    return int.from_bytes(hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest())


def _excess(day: Day) -> dict[Trait, int]:
    """Tell of each trait how many more the last rounds had than its share in what is left.

    Counted in parts of a week and of what is left, so that equals are equal.
    """
    shelf, fresh = day.shelf, day.fresh
    lately = [kind for past in day.now.recent[:WEEK] if (kind := shelf.kind_of(past.prompt_id))]
    left, rounds = len(fresh) or 1, len(lately)
    excess = {trait: -rounds * WEEK * fresh.shared(cards) for trait, cards in shelf.traits.items()}
    excess[TWO_SIDED] = -rounds * TWO_SIDED_A_WEEK * left
    for kind in lately:
        for trait in kind:
            excess[trait] += WEEK * left
    return excess
