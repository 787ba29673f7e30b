"""What one couple's day asks for, as sets of cards: what fits, what is new to them, what should not come today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.practice.card_set import NOTHING, CardSet
from bot.practice.circumstances import Circumstances, Past
from bot.practice.shelf import Card, Shelf

WEEK = 7
REPAIR_EVERY_DAYS = 10
TEN = 10
GUESSES_IN_TEN = 2
GUESS_EVERY = TEN // GUESSES_IN_TEN
"""Rounds from one guess to the next at most, so that there are two in any ten; sooner, where one came late."""
LAPSES_TO_QUICK = 2
THEME_RESTS_DAYS = (3, 7, 14, 30)
"""Days from one prompt of a theme to the next at least, by how often either passed that theme over."""


class Day:
    """The sets that every choice is made of, found once for a couple and a day."""

    def __init__(self, shelf: Shelf, now: Circumstances) -> None:
        self.now = now
        self.shelf = shelf
        self.closed = shelf.closed(now.opened)
        self.fitting = shelf.ordinary - self.closed
        self.seen = shelf.known(now.seen)
        self.last = self._known(now.recent[:1])
        self.after_lapse = any(past.lapsed for past in now.recent[:1])
        self.after_hard = self.last.meets(shelf.hard)
        self.wants_light = self.after_lapse or self.after_hard
        self.wants_quick = bool(now.recent) and (now.quick or self._have_lapsed(LAPSES_TO_QUICK))
        self.arc_next = self._find_arc_next()
        self.arc_going = shelf.arc(self.arc_next.arc) if self.arc_next else NOTHING
        self.waiting = set(self._find_waiting_arcs())
        self.fresh = self._find_fresh()
        self.forbidden = self._find_forbidden()
        self.is_guess_due = self._is_guess_due()
        self.guesses_due = self._find_guesses() if self.is_guess_due else NOTHING

    def is_whole(self, arc: str) -> bool:
        """Tell whether all of an arc fits the couple."""
        return not self.shelf.arc(arc) - self.fitting

    def resting_themes(self) -> CardSet:
        """Find the cards of themes that came lately: longer ago for one that either passes over."""
        resting = set()
        for past in self.now.recent:
            days = (self.now.today - past.on).days
            if days >= THEME_RESTS_DAYS[-1]:
                break
            card = self.shelf.card(past.prompt_id)
            if card and card.theme and days < self._rest_of(card.theme):
                resting.add(card.theme)
        return CardSet.union(self.shelf.themes[theme] for theme in resting)

    def _rest_of(self, theme: str) -> int:
        times = max(0, self.now.passed_over.get(theme, 0))
        return THEME_RESTS_DAYS[min(times, len(THEME_RESTS_DAYS) - 1)]

    def _have_lapsed(self, rounds: int) -> bool:
        lately = self.now.recent[:rounds]
        return len(lately) == rounds and all(past.lapsed for past in lately)

    def _find_arc_next(self) -> Card | None:
        if self.now.arc is None:
            return None
        unseen = (card for card in self.shelf.arc_cards.get(self.now.arc, ()) if card.id not in self.now.seen)
        card = next(unseen, None)
        return card if card and self.shelf.only(card).meets(self.fitting) else None

    def _find_waiting_arcs(self) -> Iterator[str]:
        """Find the arcs that neither partner has met, which keep their prompts for themselves."""
        for arc, cards in self.shelf.beginnable.items():
            if arc not in self.now.arcs_over and arc != self.now.arc and not cards.meets(self.seen):
                yield arc

    def _find_fresh(self) -> CardSet:
        """Find what neither has seen and can come singly.

        An arc too deep to begin keeps its prompts until there is nothing else, and then gives what fits:
        better than a repetition.
        """
        shelf = self.shelf
        unseen = self.fitting - self.seen - self.arc_going
        free = unseen - shelf.arcs(self.waiting)
        if free.meets(shelf.single | shelf.arcs(self.now.arcs_over)):
            return free
        return unseen - shelf.arcs(arc for arc in self.waiting if self.is_whole(arc))

    def _find_forbidden(self) -> CardSet:
        """Find what today should not have: the hard in a first week, repair too soon, the heavy in a row."""
        shelf, forbidden = self.shelf, NOTHING
        if len(self.now.recent) < WEEK:
            forbidden |= shelf.hard
        if self._does_repair_rest():
            forbidden |= shelf.repair
        if self.after_lapse or self.last.meets(shelf.heavy):
            forbidden |= shelf.heavy
        return forbidden

    def _does_repair_rest(self) -> bool:
        since = self.now.today - timedelta(days=REPAIR_EVERY_DAYS)
        lately = [past for past in self.now.recent if past.on > since]
        return self.after_lapse or self._known(lately).meets(self.shelf.repair)

    def _is_guess_due(self) -> bool:
        """Tell whether the last rounds had none, or too few where one came late."""
        guesses = [self.shelf.is_guess(past.prompt_id) for past in self.now.recent[: TEN - 1]]
        if len(guesses) == TEN - 1 and sum(guesses) < GUESSES_IN_TEN:
            return True
        return len(guesses) >= GUESS_EVERY - 1 and not any(guesses[: GUESS_EVERY - 1])

    def _find_guesses(self) -> CardSet:
        """Find the guesses that could come today."""
        due = (self.fresh & self.shelf.guesses) - self.forbidden
        return due & self.shelf.easy if self.wants_light else due

    def _known(self, rounds: Sequence[Past]) -> CardSet:
        return self.shelf.known(past.prompt_id for past in rounds)
