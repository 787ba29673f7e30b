"""Looking back: a round of a month or a year ago comes up again, at most once a month.

Only one that both have seen, in which the words of both still stand, and that neither has marked as heavy. Which
rounds can come up is decided by lot as well, for a third of them never do: that one does not come tells nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.practice.balance import rank
from bot.practice.calendar import months_later
from bot.practice.couple import Couple
from bot.practice.round import SHOWN, Round

EVERY = timedelta(days=31)
AROUND = timedelta(days=3)  # a day that had no round is stood for by one near it
LOTS, BLANKS = 3, 1


class Ago(StrEnum):
    """How long ago."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True)
class LookBack:
    """A round that comes up again."""

    round: Round
    ago: Ago


def is_due(couple: Couple, oldest: date | None, now: datetime, today: date) -> bool:
    """Tell whether a couple can look back; `oldest` is the date of the oldest round that is known of them."""
    if oldest is None or oldest > months_later(today, -1) + AROUND:
        return False
    return couple.looked_back_at is None or now - couple.looked_back_at >= EVERY


def spans(today: date) -> dict[Ago, tuple[date, date]]:
    """Give the first and the last date of the rounds that can come up on a day, the longest ago first."""
    days = {Ago.YEAR: months_later(today, -12), Ago.MONTH: months_later(today, -1)}
    return {ago: (day - AROUND, day + AROUND) for ago, day in days.items()}


def may_come_up(round_: Round, heavy_cards: Collection[str] = ()) -> bool:
    """Tell whether a round may come up again, as far as the round itself can say: not whether its words stand."""
    if round_.state not in SHOWN or any(turn.heavy for turn in round_.turns):
        return False
    return not {card for turn in round_.turns for card in round_.cards(turn.partner)} & set(heavy_cards)


def choose(rounds: Iterable[Round], heavy_cards: Collection[str], today: date) -> LookBack | None:
    """Choose the round that comes up: a year's before a month's, and the nearest to the day."""
    fitting = [round_ for round_ in rounds if may_come_up(round_, heavy_cards) and _is_drawn(round_)]
    for ago, (first, last) in spans(today).items():
        middle = first + AROUND
        there = [round_ for round_ in fitting if first <= round_.local_date <= last]
        if there:
            nearest = min(there, key=lambda round_: (abs(round_.local_date - middle), round_.local_date))
            return LookBack(nearest, ago)
    return None


def _is_drawn(round_: Round) -> bool:
    return rank(round_.couple, str(round_.id)) % LOTS >= BLANKS
