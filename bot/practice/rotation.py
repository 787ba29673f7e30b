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
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.practice.shelf import TWO_SIDED, Card, Cards, Shelves, Trait, union

REPAIR_EVERY_DAYS = 10

WEEK = 7
TWO_SIDED_A_WEEK = 2
ARC_GAP = range(11, 18)
"""Rounds between two arcs, not the same each time; with the arc itself that makes about three weeks."""
ARC_ECHO = 14
"""Rounds after an arc was left in which the rest of it stays away, if it can."""

Seed = int | str
"""What is the couple's own, such as its id."""


_SHELVES = Shelves()


@dataclass(frozen=True, slots=True)
class Past:
    """A round the couple had: `arc` is the one it was chosen for, None where it came singly."""

    prompt_id: str
    on: date
    lapsed: bool = False
    arc: str | None = None
    swapped: bool = False  # the first seat had the second side


class ChoiceReason(StrEnum):
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
    reason: ChoiceReason
    arc: str | None = None
    arc_started: bool = False
    arc_over: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
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


def known(cards: Collection[Card]) -> Mapping[str, Card]:
    """Give a deck's cards by their ids, the retired among them; a deck that is a tuple is gone through once."""
    return _SHELVES.by_id(cards)


def choose(cards: Collection[Card], circumstances: Circumstances) -> Choice:
    """Choose a round's prompt; raise NoPromptFitsError where no card fits the depth."""
    day = _Day(cards, circumstances)
    choice = (
        day.go_on_with_arc()
        or day.begin_arc()
        or day.pick_fresh()
        or day.begin_arc(early=True)
        or day.pick_longest_unseen()
    )
    if circumstances.arc and not day.arc_next:
        return replace(choice, arc_over=circumstances.arc)
    return choice


def move_on(
    circumstances: Circumstances, choice: Choice, *, lapsed: bool = False, days: int = 1
) -> Circumstances:
    """Tell where the couple stands `days` later, with the chosen round behind them."""
    past = Past(choice.prompt_id, circumstances.today, lapsed=lapsed, arc=choice.arc)
    in_progress = choice.arc or circumstances.arc
    return replace(
        circumstances,
        today=circumstances.today + timedelta(days=days),
        seen={**circumstances.seen, choice.prompt_id: circumstances.today},
        recent=(past, *circumstances.recent),
        arc=None if in_progress == choice.arc_over else in_progress,
        arcs_over=circumstances.arcs_over | ({choice.arc_over} if choice.arc_over else set()),
    )


def sides_swapped(two_sided_rounds_so_far: int, seed: Seed) -> bool:
    """Tell whether the first seat gets the second side: turn about; who begins is the couple's own."""
    return (two_sided_rounds_so_far + _hash(seed, "sides")) % 2 == 1


class _Day:
    """The choices for one couple on one day, in the order in which they are tried."""

    def __init__(self, cards: Collection[Card], circumstances: Circumstances) -> None:
        self.now = circumstances
        self.shelf = shelf = _SHELVES.of(cards, circumstances.depth)
        self.seen = shelf.known(circumstances.seen)
        self.last = self._known(circumstances.recent[:1])
        self.after_lapse = any(past.lapsed for past in circumstances.recent[:1])
        self.wants_light = self.after_lapse or bool(self.last & shelf.hard)
        self.arc_next = self._find_arc_next()
        self.arc_going = shelf.arc(self.arc_next.arc) if self.arc_next else 0
        self.waiting = set(self._find_waiting_arcs())
        self.fresh = self._find_fresh()
        self.allowed = ~self._find_forbidden()

    def go_on_with_arc(self) -> Choice | None:
        """Take the next prompt of the arc in progress, unless today wants a lighter one in between."""
        if self.arc_next is None:
            return None
        card, here = self.arc_next, self.shelf.known([self.arc_next.id])
        if not here & self.allowed:
            return None
        if self.wants_light and not here & self.shelf.light and self.fresh & self.shelf.light:
            return None
        is_last = not self.arc_going & ~self.seen & ~here
        return Choice(card.id, ChoiceReason.ARC_GOES_ON, card.arc, arc_over=card.arc if is_last else None)

    def begin_arc(self, *, early: bool = False) -> Choice | None:
        """Begin an arc when one is due; `early`, when nothing else is left that nobody has seen."""
        if self.arc_next or (not early and (self.wants_light or not self._is_arc_due())):
            return None
        firsts = [self.shelf.arc_cards[arc][0].id for arc in self.waiting & self.shelf.whole_arcs]
        card = self._least(self.shelf.known(firsts) & self.allowed)
        return Choice(card.id, ChoiceReason.ARC_BEGINS, card.arc, arc_started=True) if card else None

    def pick_fresh(self) -> Choice | None:
        """Pick among what neither has seen: light where that is wanted, and else what the week lacks."""
        shelf, recent = self.shelf, self.now.recent
        pool = self.fresh & self.allowed
        reason = ChoiceReason.VARIETY
        if not recent:
            reason = ChoiceReason.FIRST
            pool = _prefer(pool, shelf.first)
        elif self.wants_light and pool & shelf.light:
            reason = ChoiceReason.LIGHT_AFTER_LAPSE if self.after_lapse else ChoiceReason.LIGHT_AFTER_HARD
            pool &= shelf.light
        pool = _prefer(pool, ~shelf.arcs({past.arc for past in recent[:ARC_ECHO]}))
        pool = _prefer(pool, ~union(way for way in shelf.ways.values() if way & self.last))
        card = self._least(pool)
        return Choice(card.id, reason) if card else None

    def pick_longest_unseen(self) -> Choice:
        """Pick what was seen longest ago, and only where there is no other way what today should not have."""
        pool = _prefer(_prefer(self.shelf.fitting, ~self.arc_going), self.allowed)
        if not pool:
            raise NoPromptFitsError(f"no prompt fits depth {self.now.depth}")
        last_seen = [(self.now.seen.get(card.id, date.min), card) for card in self.shelf.list(pool)]
        longest = min(seen for seen, _ in last_seen)
        card = min((card for seen, card in last_seen if seen == longest), key=self._rank)
        return Choice(
            card.id, ChoiceReason.LONGEST_UNSEEN if card.id in self.now.seen else ChoiceReason.VARIETY
        )

    def _find_arc_next(self) -> Card | None:
        unseen = (c for c in self.shelf.arc_cards.get(self.now.arc or "", ()) if c.id not in self.now.seen)
        card = next(unseen, None)
        return card if card and self.shelf.known([card.id]) & self.shelf.fitting else None

    def _find_waiting_arcs(self) -> Iterator[str]:
        """Find the arcs that neither partner has met, which keep their prompts for themselves."""
        kept_out = self.seen | self.shelf.repair
        for arc, cards in self.shelf.arc_cards.items():
            over = arc in self.now.arcs_over or arc == self.now.arc
            if not over and len(cards) > 1 and not self.shelf.arc(arc) & kept_out:
                yield arc

    def _find_fresh(self) -> Cards:
        """Find what neither has seen and may come singly.

        An arc too deep to begin keeps its prompts until there is nothing else, and then gives what fits:
        better than a repetition.
        """
        shelf = self.shelf
        unseen = shelf.fitting & ~self.seen & ~self.arc_going
        free = unseen & ~shelf.arcs(self.waiting)
        if free & (shelf.single | shelf.arcs(self.now.arcs_over)):
            return free
        return unseen & ~shelf.arcs(self.waiting & shelf.whole_arcs)

    def _find_forbidden(self) -> Cards:
        """Find what today should not have: the hard in a first week, repair too soon, the heavy in a row."""
        shelf, forbidden = self.shelf, 0
        if len(self.now.recent) < WEEK:
            forbidden |= shelf.hard
        if self._does_repair_rest():
            forbidden |= shelf.repair
        if self.after_lapse or self.last & shelf.heavy:
            forbidden |= shelf.heavy
        return forbidden

    def _does_repair_rest(self) -> bool:
        since = self.now.today - timedelta(days=REPAIR_EVERY_DAYS)
        lately = [past for past in self.now.recent if past.on > since]
        return self.after_lapse or bool(self._known(lately) & self.shelf.repair)

    def _known(self, rounds: Sequence[Past]) -> Cards:
        return self.shelf.known(past.prompt_id for past in rounds)

    def _is_arc_due(self) -> bool:
        arcs = [past.arc for past in self.now.recent]
        since = next((number for number, arc in enumerate(arcs) if arc), len(arcs))
        gap = ARC_GAP[_hash(self.now.seed, f"gap {len(self.now.arcs_over)}") % len(ARC_GAP)]
        return since >= gap

    def _rank(self, card: Card) -> int:
        return _hash(self.now.seed, card.id)

    def _least(self, pool: Cards) -> Card | None:
        """Find the card whose kind the last rounds had least of, measured by its share in what is left."""
        excess = self._excess()
        kinds = [
            (sum([excess[trait] for trait in kind]), among)
            for kind, cards in self.shelf.kinds.items()
            if (among := cards & pool)
        ]
        least = min((measure for measure, _ in kinds), default=0.0)
        # Ranks are dear, and only those of equals are asked for.
        equals = union(cards for measure, cards in kinds if measure == least)
        return min(self.shelf.list(equals), key=self._rank, default=None)

    def _excess(self) -> dict[Trait, float]:
        """Tell of each trait how many more the last rounds had than its share in what is left."""
        lately = [known for past in self.now.recent[:WEEK] if (known := self._known([past]))]
        left = self.fresh.bit_count() or 1
        excess: dict[Trait, float] = {}
        for trait, cards in self.shelf.traits.items():
            had = sum(1 for card in lately if card & cards)
            share = TWO_SIDED_A_WEEK if trait == TWO_SIDED else (self.fresh & cards).bit_count()
            excess[trait] = had - len(lately) * share / (WEEK if trait == TWO_SIDED else left)
        return excess


def _prefer(pool: Cards, wanted: Cards) -> Cards:
    return pool & wanted or pool


def _hash(seed: Seed, text: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest())
