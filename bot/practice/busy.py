"""When a prompt that a tap answers is wanted: on a day that either calls busy, or always where both prefer that.

Two preferences make one in the direction that asks less of the one who has less time on a day, and more of the two
who could give it: nobody is kept from writing more under a quick prompt, and a tired one can't write more under a
long one. So one is enough for a day; but no one alone can turn every day into a quick one.
"""

from dataclasses import replace
from datetime import date

from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

MOST_BUSY = 3
"""Weekdays that one person may call busy: together they leave one day in the week at least."""


def wants_quick(pair: tuple[Partner, Partner], day: date) -> bool:
    """Tell whether a couple's day wants a prompt that a tap answers."""
    one, two = pair
    return (one.quick and two.quick) or day.weekday() in one.busy | two.busy


def turn_day(partner: Partner, weekday: int) -> Partner:
    """Call a weekday busy (0 is Monday), or no more. Raises Refusal TOO_BUSY for a fourth."""
    busy = partner.busy ^ {weekday}
    if len(busy) > MOST_BUSY:
        raise Refusal(Reason.TOO_BUSY)
    return replace(partner, busy=busy)
