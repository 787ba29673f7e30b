"""What a couple's week lacks: kinds of cards, measured by their share in what is left."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from bot.practice.card_set import CardSet
from bot.practice.circumstances import Seed
from bot.practice.day import WEEK, Day
from bot.practice.shelf import TWO_SIDED, Card, Trait

TWO_SIDED_A_WEEK = 2


def least(day: Day, pool: CardSet) -> Card | None:
    """Find the card whose kind the last rounds had least of; the couple's own order decides among equals."""
    excess = _excess(day)
    lowest, among = 0.0, CardSet()
    for kind, cards in day.shelf.kinds.items():
        if not (here := cards & pool):
            continue
        measure = sum([excess[trait] for trait in kind])
        if not among or measure < lowest:
            lowest, among = measure, here
        elif measure == lowest:
            among |= here
    # Ranks are dear, and only those of equals are asked for.
    place = order(day.now.seed)
    return min(day.shelf.list(among), key=lambda card: place(card.id), default=None)


def order(seed: Seed) -> Callable[[str], bytes]:
    """Make an order of the couple's own, which gives each thing its place."""
    begun = hashlib.blake2b(f"{seed}:".encode(), digest_size=8)

    def place(text: str) -> bytes:
        found = begun.copy()  # half as dear as beginning anew
        found.update(text.encode())
        return found.digest()

    return place


def rank(seed: Seed, text: str) -> int:
    """Give a thing its place in an order of the couple's own."""
    return int.from_bytes(order(seed)(text))


def _excess(day: Day) -> dict[Trait, float]:
    """Tell of each trait how many more the last rounds had than its share in what is left."""
    shelf, fresh = day.shelf, day.fresh
    lately = [known for past in day.now.recent[:WEEK] if (known := shelf.known([past.prompt_id]))]
    left = len(fresh) or 1
    excess: dict[Trait, float] = {}
    for trait, cards in shelf.traits.items():
        had = sum([card.meets(cards) for card in lately])
        share = TWO_SIDED_A_WEEK / WEEK if trait == TWO_SIDED else len(fresh & cards) / left
        excess[trait] = had - len(lately) * share
    return excess
