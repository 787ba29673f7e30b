"""A deck as the rotation asks about it: found once for a deck and a depth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeVar

from bot.practice.card_set import NOTHING, CardSet

ROOTS = "roots"
ROOTS_DEPTH = 2
HARD_DEPTH = 3
REPAIR = "repair"
GUESS = "guess"
FIRST_WAYS = ("listening", "daily", "good")

Trait = tuple[str, str | int]
"""One thing that makes a kind of card, such as its way."""

CardKind = tuple[Trait, Trait, Trait, Trait]

TWO_SIDED: Trait = ("two-sided", True)

_Key = TypeVar("_Key", bound=Hashable)


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
    def light(self) -> bool:
        """Tell whether it is for smiling."""

    @property
    def form(self) -> str | None:
        """Name what the two do with it, where it is more than that each tells of themselves."""

    @property
    def quick(self) -> bool:
        """Tell whether it is answered by a button."""

    @property
    def theme(self) -> str | None:
        """Name what it is about, where it is about one of the themes."""

    @property
    def by_consent(self) -> bool:
        """Tell whether it comes only where both have opened its theme."""

    @property
    def arc(self) -> str | None:
        """Name the arc that it is part of."""

    @property
    def place_in_arc(self) -> int | None:
        """Tell its place in that arc, from 1."""

    @property
    def retired(self) -> bool:
        """Tell whether it is kept for the journals alone."""


class Shelf:
    """What is known of a deck's cards for a depth. A retired card is known, and never fits."""

    def __init__(self, cards: Collection[Card], depth: int) -> None:
        self._cards = tuple(sorted(cards, key=lambda card: card.id))  # however the deck is ordered
        self._numbers = {card.id: number for number, card in enumerate(self._cards)}
        fitting = self._where(lambda card: _fits(card, depth))
        self.quick = fitting & self._where(lambda card: card.quick)
        self.ordinary = fitting - self.quick
        self.easy = self._where(_is_easy)
        self.light = self._where(lambda card: card.light and _is_easy(card))
        self.heavy = self._where(lambda card: card.heavy)
        self.hard = self._where(_is_hard)
        self.guesses = self._where(lambda card: card.form == GUESS)
        self._guesses = frozenset(card.id for card in self._cards if card.form == GUESS)
        self.first = self._where(_can_come_first)
        self.single = self._where(lambda card: card.arc is None)
        self.ways = self._by(lambda card: [card.way])
        self.repair = self.ways.get(REPAIR, NOTHING)
        self.themes = self._by(lambda card: [card.theme] if card.theme else [])
        self.by_consent = self._by(lambda card: [card.theme or ""] if card.by_consent else [])
        kinds = self._by(lambda card: [_kind(card)])
        self.kinds = {kind: cards & fitting for kind, cards in kinds.items() if cards.meets(fitting)}
        self.traits = self._by(_kind)
        self._kinds = {card.id: _kind(card) for card in self._cards}
        self.arc_cards = _by_arc(cards)
        self._arcs = self._by(lambda card: [card.arc] if card.arc and not card.retired else [])
        self.beginnable = {
            arc: cards for arc, cards in self._arcs.items() if len(cards) > 1 and not cards.meets(self.repair)
        }
        self._closed: dict[frozenset[str], CardSet] = {}  # by what is opened of the few themes that need it

    def card(self, prompt_id: str) -> Card | None:
        """Give the card with an id; None where it is not in the deck."""
        number = self._numbers.get(prompt_id)
        return None if number is None else self._cards[number]

    def at(self, number: int) -> Card:
        """Give the card with a number of a set's."""
        return self._cards[number]

    def kind_of(self, prompt_id: str) -> CardKind | None:
        """Tell what kind of card an id names; None where it is not in the deck."""
        return self._kinds.get(prompt_id)

    def is_guess(self, prompt_id: str) -> bool:
        """Tell whether an id names a guess."""
        return prompt_id in self._guesses

    def closed(self, opened: AbstractSet[str]) -> CardSet:
        """Give the cards of themes that need a yes and are not among those that have it."""
        themes = frozenset(opened & self.by_consent.keys())
        if themes not in self._closed:
            self._closed[themes] = CardSet.union(
                cards for theme, cards in self.by_consent.items() if theme not in themes
            )
        return self._closed[themes]

    def known(self, ids: Iterable[str]) -> CardSet:
        """Give the cards with these ids, as far as they are in the deck."""
        numbers = self._numbers
        return CardSet.of(numbers[name] for name in ids if name in numbers)

    def only(self, card: Card) -> CardSet:
        """Give the set of one card."""
        return CardSet.of([self._numbers[card.id]])

    def arc(self, name: str | None) -> CardSet:
        """Give the cards of an arc; none where there is no such arc."""
        return self._arcs.get(name or "", NOTHING)

    def arcs(self, names: Iterable[str | None]) -> CardSet:
        """Give the cards of several arcs."""
        return CardSet.union(self.arc(name) for name in names)

    def list(self, cards: CardSet) -> Iterator[Card]:
        """Give the cards of a set one by one, in the order of their ids."""
        return (self._cards[number] for number in cards)

    def _where(self, fits: Callable[[Card], bool]) -> CardSet:
        return CardSet.of(number for number, card in enumerate(self._cards) if fits(card))

    def _by(self, keys: Callable[[Card], Iterable[_Key]]) -> dict[_Key, CardSet]:
        numbers: dict[_Key, list[int]] = {}
        for number, card in enumerate(self._cards):
            for key in keys(card):
                numbers.setdefault(key, []).append(number)
        return {key: CardSet.of(found) for key, found in numbers.items()}


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


def _kind(card: Card) -> CardKind:
    return ("way", card.way), ("depth", card.depth), ("two-sided", card.two_sided), ("heavy", card.heavy)


def _fits(card: Card, depth: int) -> bool:
    return not card.retired and card.depth <= depth and (card.way != ROOTS or depth >= ROOTS_DEPTH)


def _is_easy(card: Card) -> bool:
    return card.depth == 1 and not card.heavy and card.way != REPAIR


def _is_hard(card: Card) -> bool:
    return card.heavy or card.depth >= HARD_DEPTH or card.way == REPAIR


def _can_come_first(card: Card) -> bool:
    return card.way in FIRST_WAYS and _is_easy(card) and card.form is None


def _by_arc(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """Give the arcs' cards in their order, without those that are retired."""
    arcs: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: card.place_in_arc or 0):
        if card.arc is not None and not card.retired:
            arcs.setdefault(card.arc, []).append(card)
    return arcs
