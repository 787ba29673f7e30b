"""Which prompt a round gets: the law of variety, and of what is not asked.

Never, as long as anything else fits the couple's depth:
- a prompt deeper than that depth (this one has no exception); roots below depth 2;
- a hard one in a couple's first seven rounds; two heavy days in a row; repair within ten days of repair;
  heavy or repair straight after a lapse;
- a prompt that either partner has seen, answered or not: and then the longest unseen comes first;
- a prompt of an arc on its own, unless the arc was done or left, or either partner has met some of it before.
Rather not, in this order: anything but a light one after a lapsed or a hard round; the rest of an arc just
left; the way of the round before; what the last seven rounds had more of than its share in what is left.

A light prompt is of depth 1, not heavy and not repair; a hard one is heavy, of depth 3, or repair.
The choice depends on its arguments alone: asked twice, it is the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

ROOTS = "roots"
ROOTS_DEPTH = 2
HARD_DEPTH = 3
REPAIR = "repair"
REPAIR_EVERY_DAYS = 10
FIRST_WAYS = frozenset({"listening", "daily", "good"})

WEEK = 7
TWO_SIDED_A_WEEK = 2
ARC_GAP = range(11, 18)
"""Rounds between two arcs, not the same each time; with the arc itself that makes about three weeks."""
ARC_ECHO = 14
"""Rounds after an arc was left in which the rest of it stays away, if it can."""

Seed = int | str
"""What is the couple's own, such as its id."""

Trait = tuple[str, str | int]
"""One thing that makes a kind of card, such as its way."""


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


@dataclass(frozen=True, slots=True)
class Past:
    """A round the couple had: `arc` is the one it was chosen for, None where it came singly."""

    prompt_id: str
    on: date
    lapsed: bool = False
    arc: str | None = None


class Reason(StrEnum):
    """Why a prompt was chosen."""

    FIRST = "first"
    ARC_BEGINS = "arc begins"
    ARC_GOES_ON = "arc goes on"
    LIGHT_AFTER_LAPSE = "light, after a lapse"
    LIGHT_AFTER_HARD = "light, after a hard one"
    VARIETY = "variety"
    LONGEST_UNSEEN = "longest unseen"


@dataclass(frozen=True, slots=True)
class Choice:
    """The prompt of a round, and what becomes of arcs by choosing it.

    `arc` is the one this round belongs to. `arc_over` is no longer in progress from now on and is to be
    counted among the arcs done or left: this was its last prompt, or its next one doesn't fit the couple's
    depth.
    """

    prompt_id: str
    reason: Reason
    arc: str | None = None
    arc_started: bool = False
    arc_over: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a couple stands on a day.

    `depth` is the lower of both partners' choices. `seen` tells when either last saw a prompt, in any couple.
    `recent` is newest first and holds the couple's last 20 rounds at least, or all. `arc` is the one in
    progress, `arcs_over` are those that the couple did or left.
    """

    depth: int
    today: date
    seed: Seed
    seen: Mapping[str, date] = field(default_factory=dict)
    recent: Sequence[Past] = ()
    arc: str | None = None
    arcs_over: AbstractSet[str] = frozenset()


class NoPromptFitsError(LookupError):
    """No prompt fits the couple's depth."""


def choose(cards: Collection[Card], standing: Standing) -> Choice:
    """Choose a round's prompt; raise NoPromptFitsError where no card fits the depth."""
    day = _Day(cards, standing)
    choice = (
        day.go_on_with_arc()
        or day.begin_arc()
        or day.pick_fresh()
        or day.begin_arc(early=True)
        or day.pick_longest_unseen()
    )
    if standing.arc and not day.arc_next:
        return replace(choice, arc_over=standing.arc)
    return choice


def move_on(standing: Standing, choice: Choice, *, lapsed: bool = False, days: int = 1) -> Standing:
    """Tell where the couple stands `days` later, with the chosen round behind them."""
    past = Past(choice.prompt_id, standing.today, lapsed=lapsed, arc=choice.arc)
    in_progress = choice.arc or standing.arc
    return replace(
        standing,
        today=standing.today + timedelta(days=days),
        seen={**standing.seen, choice.prompt_id: standing.today},
        recent=(past, *standing.recent),
        arc=None if in_progress == choice.arc_over else in_progress,
        arcs_over=standing.arcs_over | ({choice.arc_over} if choice.arc_over else set()),
    )


def sides_swapped(two_sided_rounds_so_far: int, seed: Seed) -> bool:
    """Tell whether the first seat gets the second side: turn about; who begins is the couple's own."""
    return (two_sided_rounds_so_far + _hash(seed, "sides")) % 2 == 1


class _Shelf:
    """What the choice asks about the cards themselves, found once for a deck and a depth."""

    def __init__(self, cards: Collection[Card], depth: int) -> None:
        self.by_id = {card.id: card for card in cards}
        self.fitting = [card for card in cards if _fits(card, depth)]
        self.arcs = _by_arc(cards)
        self.light = {card.id for card in cards if _is_light(card)}
        self.hard = {card.id for card in cards if _is_hard(card)}
        self.heavy = {card.id for card in cards if card.heavy}
        self.repair = {card.id for card in cards if card.way == REPAIR}
        kinds = {_traits(card): None for card in cards}
        self.kinds = list(kinds)
        number = {traits: at for at, traits in enumerate(self.kinds)}
        self.kind_of = {card.id: number[_traits(card)] for card in cards}

    def count(self, cards: Iterable[Card]) -> Counter[Trait]:
        """Count the traits of many cards."""
        counted: Counter[Trait] = Counter()
        for kind, number in Counter([self.kind_of[card.id] for card in cards]).items():
            for trait in self.kinds[kind]:
                counted[trait] += number
        return counted


class _Shelves:
    """The shelves of one deck: another deck, even an equal one, makes new ones."""

    def __init__(self) -> None:
        self._cards: Collection[Card] = ()
        self._shelves: dict[int, _Shelf] = {}

    def of(self, cards: Collection[Card], depth: int) -> _Shelf:
        """Give a deck's shelf for a depth."""
        if cards is not self._cards or not isinstance(cards, tuple):
            self._cards, self._shelves = cards, {}
        if depth not in self._shelves:
            self._shelves[depth] = _Shelf(cards, depth)
        return self._shelves[depth]


_SHELVES = _Shelves()


class _Day:
    """The choices for one couple on one day, in the order in which they are tried."""

    def __init__(self, cards: Collection[Card], standing: Standing) -> None:
        self.now = standing
        self.shelf = _SHELVES.of(cards, standing.depth)
        self.by_id, self.fitting, self.arcs = self.shelf.by_id, self.shelf.fitting, self.shelf.arcs
        self.arc_next = self._find_arc_next()
        self.waiting = self._find_waiting_arcs()
        self.fresh = self._find_fresh()
        self.after_lapse = any(past.lapsed for past in standing.recent[:1])
        last = self._cards_of(standing.recent[:1])
        self.last_way = last[0].way if last else None
        self.after_heavy = any(card.heavy for card in last)
        self.after_hard = any(_is_hard(card) for card in last)
        self.repair_rests = self._does_repair_rest()
        self.forbidden = self._find_forbidden()

    def go_on_with_arc(self) -> Choice | None:
        """Take the next prompt of the arc in progress, unless today wants a lighter one in between."""
        card = self.arc_next
        if card is None or not self._is_allowed(card):
            return None
        if self._wants_light() and not _is_light(card) and any(map(_is_light, self.fresh)):
            return None
        is_last = all(other.id in self.now.seen or other is card for other in self.arcs[card.arc or ""])
        return Choice(card.id, Reason.ARC_GOES_ON, card.arc, arc_over=card.arc if is_last else None)

    def begin_arc(self, *, early: bool = False) -> Choice | None:
        """Begin an arc when one is due; `early`, when nothing else is left that nobody has seen."""
        if self.arc_next or (not early and (self._wants_light() or not self._is_arc_due())):
            return None
        firsts = [self.arcs[arc][0] for arc in self.waiting if self._can_begin(arc)]
        card = self._least([card for card in firsts if self._is_allowed(card)])
        return Choice(card.id, Reason.ARC_BEGINS, card.arc, arc_started=True) if card else None

    def pick_fresh(self) -> Choice | None:
        """Pick among what neither has seen: light where that is wanted, and else what the week lacks."""
        pool = [card for card in self.fresh if card.id not in self.forbidden]
        reason = Reason.VARIETY
        if not self.now.recent:
            reason = Reason.FIRST
            pool = _prefer(
                pool, lambda card: card.way in FIRST_WAYS and _is_light(card) and not card.two_sided
            )
        elif self._wants_light() and any(map(_is_light, pool)):
            reason = Reason.LIGHT_AFTER_LAPSE if self.after_lapse else Reason.LIGHT_AFTER_HARD
            pool = [card for card in pool if _is_light(card)]
        left_lately = {past.arc for past in self.now.recent[:ARC_ECHO] if past.arc}
        pool = _prefer(pool, lambda card: card.arc not in left_lately)
        pool = _prefer(pool, lambda card: card.way != self.last_way)
        card = self._least(pool)
        return Choice(card.id, reason) if card else None

    def pick_longest_unseen(self) -> Choice:
        """Pick what was seen longest ago, and only where there is no other way what today should not have."""
        pool = _prefer(_prefer(self.fitting, lambda card: not self._is_in_arc(card)), self._is_allowed)
        if not pool:
            raise NoPromptFitsError(f"no prompt fits depth {self.now.depth}")
        card = min(pool, key=lambda card: (self.now.seen.get(card.id, date.min), self._rank(card)))
        return Choice(card.id, Reason.LONGEST_UNSEEN if card.id in self.now.seen else Reason.VARIETY)

    def _find_arc_next(self) -> Card | None:
        unseen = (card for card in self.arcs.get(self.now.arc or "", ()) if card.id not in self.now.seen)
        card = next(unseen, None)
        return card if card and _fits(card, self.now.depth) else None

    def _find_waiting_arcs(self) -> set[str]:
        """Find the arcs that neither partner has met, which keep their prompts for themselves."""
        return {
            arc
            for arc, cards in self.arcs.items()
            if arc not in self.now.arcs_over
            and arc != self.now.arc
            and len(cards) > 1
            and not any(card.id in self.now.seen or card.way == REPAIR for card in cards)
        }

    def _can_begin(self, arc: str) -> bool:
        return all(_fits(card, self.now.depth) for card in self.arcs[arc])

    def _find_fresh(self) -> list[Card]:
        """Find what neither has seen and may come singly.

        An arc too deep to begin keeps its prompts until there is nothing else, and then gives what fits:
        better than a repetition.
        """
        seen, going = self.now.seen, self.arc_next.arc if self.arc_next else ""
        unseen = [card for card in self.fitting if card.id not in seen and card.arc != going]
        free = [card for card in unseen if card.arc not in self.waiting]
        if any(card.arc is None or card.arc in self.now.arcs_over for card in free):
            return free
        return [card for card in unseen if card.arc not in self.waiting or not self._can_begin(card.arc)]

    def _is_in_arc(self, card: Card) -> bool:
        return self.arc_next is not None and card.arc == self.arc_next.arc

    def _does_repair_rest(self) -> bool:
        if self.after_lapse:
            return True
        since = self.now.today - timedelta(days=REPAIR_EVERY_DAYS)
        lately = [past for past in self.now.recent if past.on > since]
        return any(card.way == REPAIR for card in self._cards_of(lately))

    def _cards_of(self, rounds: Iterable[Past]) -> list[Card]:
        return [self.by_id[past.prompt_id] for past in rounds if past.prompt_id in self.by_id]

    def _wants_light(self) -> bool:
        return self.after_lapse or self.after_hard

    def _find_forbidden(self) -> set[str]:
        """Find what today should not have: the hard in a first week, repair too soon, the heavy in a row."""
        shelf, forbidden = self.shelf, set[str]()
        if len(self.now.recent) < WEEK:
            forbidden |= shelf.hard
        if self.repair_rests:
            forbidden |= shelf.repair
        if self.after_heavy or self.after_lapse:
            forbidden |= shelf.heavy
        return forbidden

    def _is_allowed(self, card: Card) -> bool:
        return card.id not in self.forbidden

    def _is_arc_due(self) -> bool:
        arcs = [past.arc for past in self.now.recent]
        since = next((number for number, arc in enumerate(arcs) if arc), len(arcs))
        gap = ARC_GAP[_hash(self.now.seed, f"gap {len(self.now.arcs_over)}") % len(ARC_GAP)]
        return since >= gap

    def _rank(self, card: Card) -> int:
        return _hash(self.now.seed, card.id)

    def _least(self, pool: Sequence[Card]) -> Card | None:
        """Find the card whose kind the last rounds had least of, measured by its share in what is left."""
        lately = self._cards_of(self.now.recent[:WEEK])
        had, left = self.shelf.count(lately), self.shelf.count(self.fresh)
        due = {trait: len(lately) * count / len(self.fresh) for trait, count in left.items()}
        due["two-sided", True] = len(lately) * TWO_SIDED_A_WEEK / WEEK
        excess = [sum(had[trait] - due.get(trait, 0) for trait in traits) for traits in self.shelf.kinds]
        # Ranks are dear, and only those of equals are asked for.
        measured = [(excess[self.shelf.kind_of[card.id]], card) for card in pool]
        least = min((measure for measure, _ in measured), default=0.0)
        return min((card for measure, card in measured if measure == least), key=self._rank, default=None)


def _traits(card: Card) -> tuple[Trait, ...]:
    return ("way", card.way), ("depth", card.depth), ("two-sided", card.two_sided), ("heavy", card.heavy)


def _fits(card: Card, depth: int) -> bool:
    return not card.retired and card.depth <= depth and (card.way != ROOTS or depth >= ROOTS_DEPTH)


def _is_light(card: Card) -> bool:
    return card.depth == 1 and not card.heavy and card.way != REPAIR


def _is_hard(card: Card) -> bool:
    return card.heavy or card.depth >= HARD_DEPTH or card.way == REPAIR


def _by_arc(cards: Iterable[Card]) -> dict[str, list[Card]]:
    arcs: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: card.place_in_arc or 0):
        if card.arc is not None and not card.retired:
            arcs.setdefault(card.arc, []).append(card)
    return arcs


def _prefer(pool: list[Card], wanted: Callable[[Card], bool]) -> list[Card]:
    return [card for card in pool if wanted(card)] or pool


def _hash(seed: Seed, text: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest())
