"""A look back at the week: on the couple's chosen weekday, in place of a card, with a question of its own.

what is so                                      then
nothing was revealed in the seven days before   an ordinary card comes
one of the two rests, or can't be reached       nothing opens, as on any day
a card of one's own waits                       it comes at the opening after
it is a busy day                                the look back comes: they have chosen its day
the chosen day is none of the couple's days     nothing opens on it

What it asks is sealed and revealed as always. Nothing is counted.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from bot.practice.circumstances import Past
from bot.practice.couple import Couple
from bot.practice.shelf import Card

PREFIX = "week-back-"  # of the prompts that it asks
WEEK = timedelta(days=7)


def is_due(couple: Couple, past: Iterable[Past], day: date) -> bool:
    """Tell whether a couple looks back on a day: it is theirs, and something of the week was revealed."""
    if couple.week_day is None or day.weekday() != couple.week_day:
        return False
    return any(not one.lapsed and day - WEEK <= one.on < day for one in past)


def question(cards: Collection[Card], seen: Mapping[str, datetime]) -> str | None:
    """Choose the question that neither has seen, or that they saw longest ago; None where there is none at all."""
    there = sorted(card.id for card in cards if card.id.startswith(PREFIX))
    unseen = next((id_ for id_ in there if id_ not in seen), None)
    return unseen or min(there, key=lambda id_: seen[id_], default=None)
