"""Which prompt a round gets: the law of variety, and of what is not asked.

Never, without exception: a prompt deeper than the couple's depth; roots below depth 2; a prompt of a theme that
needs a yes and has not got it from both.
Never, as long as anything else fits:
- a hard one in a couple's first seven rounds; two heavy days in a row; repair within ten days of repair;
  heavy or repair straight after a lapse;
- a prompt that either partner has seen, answered or not: and then the longest unseen comes first;
- a prompt of an arc on its own, unless the arc was done or left, or either partner has met some of it before;
- a day of an arc after three in a row, or after four in the last six rounds: an arc leaves room for other things;
- a theme twice in three days; for longer, up to a month, the more often either has passed it over.
As long as there are any of a theme that has rested: a quick one where that is wanted or two rounds in a row have
lapsed, and no other time. As long as there are any: two guesses in any ten rounds.
Rather not, in this order: anything but an easy one after a lapsed or a hard round, and a light one at best; a
guess or a light one before its time, where there are few; another theme than the one both wish for; near the end
of a deck another theme than those that much is left of; the rest of an arc just left; the way of the round before;
what the last seven rounds had more of than its share in what is left.

An easy prompt is of depth 1, not heavy and not repair; a light one is easy, and its writer said that it is for
smiling; a hard one is heavy, of depth 3, or repair.
The choice depends on its arguments alone: asked twice, it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.practice.balance import least, rank
from bot.practice.card_set import NOTHING, CardSet
from bot.practice.circumstances import Choice, ChoiceReason, Circumstances, Seed
from bot.practice.day import GUESS_EVERY, THEME_RESTS_DAYS, WEEK, Day
from bot.practice.shelf import Card, Shelves

ARC_GAP = range(11, 18)
"""Rounds between two arcs, not the same each time; with the arc itself that makes about three weeks."""
ARC_ROW = 3
"""Rounds in a row that an arc takes at most."""
ARC_WEEK = 4
"""Rounds of any seven in a row that arcs take at most."""
ARC_ECHO = 14
"""Rounds after an arc was left in which the rest of it stays away, if it can."""
LIGHT_EVERY = 8
"""Rounds for which one light prompt is kept, where there are no more: about one in ten is hard."""
SPARE = 12
"""Rounds before the end of a deck in which no theme may be left with more than its share."""
QUICK_AGAIN = timedelta(days=90)
"""After this a quick one can come once more, to two who have had them all and have no time for another."""

_SHELVES = Shelves()


class NoPromptFitsError(LookupError):
    """No prompt fits the couple's depth."""


def known(cards: Collection[Card]) -> Mapping[str, Card]:
    """Give a deck's cards by their ids, the retired among them; a deck that is a tuple is gone through once."""
    return _SHELVES.by_id(cards)


def choose(cards: Collection[Card], circumstances: Circumstances) -> Choice:
    """Choose a round's prompt; raise NoPromptFitsError where no card fits the depth and the opened themes."""
    day = Day(_SHELVES.of(cards, circumstances.depth), circumstances)
    choice = next((found for attempt in _ATTEMPTS if (found := attempt(day))), None)
    if choice is None:
        raise NoPromptFitsError(f"no prompt fits depth {circumstances.depth}")
    if circumstances.arc and not day.arc_next:
        return replace(choice, arc_over=circumstances.arc)
    return choice


def sides_swapped(two_sided_rounds_so_far: int, seed: Seed) -> bool:
    """Tell whether the first seat gets the second side: turn about; who begins is the couple's own."""
    return (two_sided_rounds_so_far + rank(seed, "sides")) % 2 == 1


def _pick_quick(day: Day) -> Choice | None:
    """Pick one that a tap answers, where that is wanted: a new one, or one of three months ago.

    None whose theme came lately: where there are few left, an ordinary one is better than a theme too soon.
    """
    if not day.wants_quick:
        return None
    pool = _open_quick(day) - day.resting_themes()
    new, again = pool - day.seen, _seen_long_ago(day, pool)
    wanted = day.shelf.guesses if day.is_guess_due else NOTHING
    pool = new & wanted or again & wanted or new or again
    if day.after_hard:
        pool = pool.prefer(day.shelf.light)
    pool = pool.avoid(_way_before(day))
    return _choice(least(day, pool), ChoiceReason.QUICK)


def _go_on_with_arc(day: Day) -> Choice | None:
    """Take the next prompt of the arc in progress, unless today wants a lighter one, or a guess, in between."""
    if day.arc_next is None or _do_arcs_rest(day):
        return None
    card, here = day.arc_next, day.shelf.only(day.arc_next)
    if here.meets(day.forbidden):
        return None
    if day.wants_light and not here.meets(day.shelf.easy) and day.fresh.meets(day.shelf.easy):
        return None
    if day.guesses_due and not here.meets(day.shelf.guesses):
        return None
    is_last = not day.arc_going - day.seen - here
    return Choice(card.id, ChoiceReason.ARC_GOES_ON, card.arc, arc_over=card.arc if is_last else None)


def _begin_arc(day: Day) -> Choice | None:
    """Begin an arc when one is due."""
    if day.wants_light or day.guesses_due or not _is_arc_due(day):
        return None
    return _begin_arc_early(day)


def _begin_arc_early(day: Day) -> Choice | None:
    """Begin an arc: before its time, when nothing else is left that nobody has seen."""
    if day.arc_next or _do_arcs_rest(day):
        return None
    firsts = [day.shelf.arc_cards[arc][0].id for arc in day.waiting if day.is_whole(arc)]
    card = least(day, day.shelf.known(firsts) - day.forbidden)
    return Choice(card.id, ChoiceReason.ARC_BEGINS, card.arc, arc_started=True) if card else None


def _pick_fresh(day: Day) -> Choice | None:
    """Pick among what neither has seen: easy where that is wanted, a guess when due, else what the week lacks."""
    shelf, recent = day.shelf, day.now.recent
    pool = (day.fresh - day.forbidden).avoid(day.resting_themes())
    reason = ChoiceReason.VARIETY
    if not recent:
        reason = ChoiceReason.FIRST
        pool = pool.prefer(shelf.first)
    elif day.wants_light and pool.meets(shelf.easy):
        reason = ChoiceReason.LIGHT_AFTER_LAPSE if day.after_lapse else ChoiceReason.LIGHT_AFTER_HARD
        pool &= shelf.easy
    if pool.meets(day.guesses_due):
        reason = ChoiceReason.GUESS if reason is ChoiceReason.VARIETY else reason
        pool &= day.guesses_due
    elif _are_few(day, shelf.guesses, GUESS_EVERY - 1):
        pool = pool.avoid(shelf.guesses)
    if day.after_hard:
        pool = pool.prefer(shelf.light)
    elif _are_few(day, shelf.light, LIGHT_EVERY):
        pool = pool.avoid(shelf.light)
    if day.now.wished in shelf.themes:
        pool = pool.prefer(shelf.themes[day.now.wished])
    pool = pool.prefer(_crowded(day))
    pool = pool.avoid(shelf.arcs({past.arc for past in recent[:ARC_ECHO]}))
    pool = pool.avoid(_way_before(day))
    return _choice(least(day, pool), reason)


def _pick_quick_instead(day: Day) -> Choice | None:
    """Pick a quick one that neither has seen, rather than repeat another."""
    pool = _open_quick(day) - day.seen
    return _choice(least(day, pool.avoid(day.resting_themes())), ChoiceReason.QUICK)


def _pick_longest_unseen(day: Day) -> Choice | None:
    """Pick what was seen longest ago, and only where there is no other way what today should not have."""
    pool = day.fitting.avoid(day.arc_going).avoid(day.forbidden).avoid(day.resting_themes())
    pool = pool or day.shelf.quick - day.closed
    last_seen = [(day.now.seen.get(card.id, date.min), card) for card in day.shelf.list(pool)]
    longest = min((seen for seen, _ in last_seen), default=None)
    oldest = [card for seen, card in last_seen if seen == longest]
    card = min(oldest, key=lambda card: rank(day.now.seed, card.id), default=None)
    was_seen = card is not None and card.id in day.now.seen
    return _choice(card, ChoiceReason.LONGEST_UNSEEN if was_seen else ChoiceReason.VARIETY)


_ATTEMPTS: tuple[Callable[[Day], Choice | None], ...] = (
    _pick_quick,
    _go_on_with_arc,
    _begin_arc,
    _pick_fresh,
    _begin_arc_early,
    _pick_quick_instead,
    _pick_longest_unseen,
)
"""How a day's prompt is looked for: the first that finds one decides."""


def _choice(card: Card | None, reason: ChoiceReason) -> Choice | None:
    return Choice(card.id, reason) if card else None


def _way_before(day: Day) -> CardSet:
    return CardSet.union(way for way in day.shelf.ways.values() if way.meets(day.last))


def _open_quick(day: Day) -> CardSet:
    return day.shelf.quick - day.closed - day.forbidden


def _seen_long_ago(day: Day, quick: CardSet) -> CardSet:
    cards, until = day.shelf.list(quick & day.seen), day.now.today - QUICK_AGAIN
    return day.shelf.known(card.id for card in cards if day.now.seen[card.id] <= until)


def _are_few(day: Day, sort: CardSet, every: int) -> bool:
    """Tell whether there are too few of a sort left for one in so many rounds."""
    return len(day.fresh & sort) * every < len(day.fresh)


def _crowded(day: Day) -> CardSet:
    """Find the cards of themes that so much is left of that they have to come now, not to come too soon at the end."""
    themes, left = day.shelf.themes.values(), len(day.fresh) - SPARE
    return CardSet.union(cards for cards in themes if day.fresh.shared(cards) * THEME_RESTS_DAYS[0] > left)


def _do_arcs_rest(day: Day) -> bool:
    """Tell whether the last rounds had so much of arcs that today is for something else."""
    arcs = [past.arc is not None for past in day.now.recent[: WEEK - 1]]
    return sum(arcs) >= ARC_WEEK or (len(arcs) >= ARC_ROW and all(arcs[:ARC_ROW]))


def _is_arc_due(day: Day) -> bool:
    arcs = [past.arc for past in day.now.recent]
    since = next((number for number, arc in enumerate(arcs) if arc), len(arcs))
    gap = ARC_GAP[rank(day.now.seed, f"gap {len(day.now.arcs_over)}") % len(ARC_GAP)]
    return since >= gap
