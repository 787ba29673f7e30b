"""A deck as the rotation asks about it: found once for a deck and a depth.

A set of cards is an integer with a bit for each card of the deck: `&` is in both, `|` is in either, `& ~` is
in the first alone, and zero is empty. On a morning tens of thousands of couples ask about hundreds of cards
each, and this answers for all the cards at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Protocol

ROOTS = "roots"
ROOTS_DEPTH = 2
HARD_DEPTH = 3
REPAIR = "repair"
FIRST_WAYS = ("listening", "daily", "good")

Cards = int
"""A set of cards."""

Trait = tuple[str, str | int]
"""One thing that makes a kind of card, such as its way."""

Kind = tuple[Trait, ...]

TWO_SIDED: Trait = ("two-sided", True)


class Card(Protocol):
    """What the rotation needs to know of a prompt; a prompt of the library has it all."""

    @property
    def id(self) -> str:
        """Name the prompt, for ever."""

    @property
    def way(self) -> str:
        """Tell what it practises."""

    @property
    def depth(self) -> int:
        """Tell how deep it goes, from 1."""

    @property
    def two_sided(self) -> bool:
        """Tell whether each partner has a side of their own."""

    @property
    def heavy(self) -> bool:
        """Tell whether it asks for much."""

    @property
    def arc(self) -> str | None:
        """Name the arc that it is part of."""

    @property
    def place_in_arc(self) -> int | None:
        """Tell its place in that arc, from 1."""

    @property
    def retired(self) -> bool:
        """Tell whether it is kept for the journals alone."""

    @property
    def quick(self) -> bool:
        """Tell whether it is answered by a button."""

    @property
    def by_consent(self) -> bool:
        """Tell whether it comes only where both have opened its theme."""


class Shelf:
    """What is known of a deck's cards for a depth. A retired card is known, and never fits."""

    def __init__(self, cards: Collection[Card], depth: int) -> None:
        self._cards = tuple(cards)
        self._bits = {card.id: 1 << number for number, card in enumerate(self._cards)}
        self.fitting = self._set(card for card in cards if _fits(card, depth))
        self.light = self._set(card for card in cards if _is_light(card))
        self.heavy = self._set(card for card in cards if card.heavy)
        self.hard = self._set(card for card in cards if _is_hard(card))
        self.ways = {way: self._set(card for card in cards if card.way == way) for way in _ways(cards)}
        self.repair = self.ways.get(REPAIR, 0)
        self.first = self._set(card for card in cards if _may_come_first(card))
        self.single = self._set(card for card in cards if card.arc is None)
        self.arc_cards = _by_arc(cards)
        self._arcs = {arc: self._set(those) for arc, those in self.arc_cards.items()}
        self.whole_arcs = {arc for arc, those in self._arcs.items() if not those & ~self.fitting}
        self.kinds: dict[Kind, Cards] = {}
        self.traits: dict[Trait, Cards] = {}
        for card in cards:
            kind = _kind(card)
            self.kinds[kind] = self.kinds.get(kind, 0) | self._bits[card.id]
            for trait in kind:
                self.traits[trait] = self.traits.get(trait, 0) | self._bits[card.id]

    def known(self, ids: Iterable[str]) -> Cards:
        """Give the cards with these ids, as far as they are in the deck."""
        return union(self._bits.get(name, 0) for name in ids)

    def arc(self, name: str | None) -> Cards:
        """Give the cards of an arc; none where there is no such arc."""
        return self._arcs.get(name or "", 0)

    def arcs(self, names: Iterable[str | None]) -> Cards:
        """Give the cards of several arcs."""
        return union(self.arc(name) for name in names)

    def list(self, cards: Cards) -> Iterator[Card]:
        """Give the cards of a set one by one, in the deck's order."""
        while cards:
            lowest = cards & -cards
            yield self._cards[lowest.bit_length() - 1]
            cards ^= lowest

    def _set(self, cards: Iterable[Card]) -> Cards:
        return union(self._bits[card.id] for card in cards)


class Shelves:
    """The shelves of one deck: another deck, even an equal one, makes new ones."""

    def __init__(self) -> None:
        self._cards: Collection[Card] = ()
        self._shelves: dict[int, Shelf] = {}
        self._by_id: dict[str, Card] = {}

    def by_id(self, cards: Collection[Card]) -> Mapping[str, Card]:
        """Give a deck's cards by their ids."""
        self._take(cards)
        return self._by_id

    def of(self, cards: Collection[Card], depth: int) -> Shelf:
        """Give a deck's shelf for a depth."""
        self._take(cards)
        if depth not in self._shelves:
            self._shelves[depth] = Shelf(cards, depth)
        return self._shelves[depth]

    def _take(self, cards: Collection[Card]) -> None:
        if cards is not self._cards or not isinstance(cards, tuple):
            self._cards, self._shelves = cards, {}
            self._by_id = {card.id: card for card in cards}


def union(sets: Iterable[Cards]) -> Cards:
    """Give the cards that are in any of these sets."""
    return reduce(or_, sets, 0)


def _kind(card: Card) -> Kind:
    return ("way", card.way), ("depth", card.depth), ("two-sided", card.two_sided), ("heavy", card.heavy)


def _fits(card: Card, depth: int) -> bool:
    if card.retired or card.quick or card.by_consent:
        return False  # quick ones and those of an opened theme are not asked for yet
    return card.depth <= depth and (card.way != ROOTS or depth >= ROOTS_DEPTH)


def _is_light(card: Card) -> bool:
    return card.depth == 1 and not card.heavy and card.way != REPAIR


def _is_hard(card: Card) -> bool:
    return card.heavy or card.depth >= HARD_DEPTH or card.way == REPAIR


def _may_come_first(card: Card) -> bool:
    return card.way in FIRST_WAYS and _is_light(card) and not card.two_sided


def _ways(cards: Iterable[Card]) -> set[str]:
    return {card.way for card in cards}


def _by_arc(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """Give the arcs' cards in their order, without those that are retired."""
    arcs: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: card.place_in_arc or 0):
        if card.arc is not None and not card.retired:
            arcs.setdefault(card.arc, []).append(card)
    return arcs
