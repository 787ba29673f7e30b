"""A page of a month or a year: what both have seen of it, with the first look back at a week in a later month.

what is so                                       then
no look back came in the month that followed     its page is let be; the next month's comes with the next look back
no page has come since before December           the whole year's comes in place of December's, or of January's
the year had rounds in one month alone           it is that month's page
nothing of it stands any more                    no page comes

More than a page can hold is chosen evenly over the time. Nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.practice.calendar import months_later
from bot.practice.couple import Couple

DECEMBER = 12

Picked = TypeVar("Picked")


@dataclass(frozen=True)
class PageSpan:
    """The days that a page is about, and whether they are a year's."""

    first: date
    last: date

    @property
    def year(self) -> bool:
        """Whether they are more than a month's."""
        return self.last > months_later(self.first, 1)


def month_before(day: date) -> date:
    """Name the month before a day by its first day."""
    return months_later(day.replace(day=1), -1)


def page_due(couple: Couple, day: date) -> PageSpan | None:
    """Tell what the page is about that comes with a look back on a day; None where this month had its page."""
    month, told = month_before(day), couple.month_back
    if told == month:
        return None
    december = date(day.year - 1, DECEMBER, 1)
    if month == december or (told is not None and told < december <= month):
        return PageSpan(date(day.year - 1, 1, 1), december.replace(day=31))
    return PageSpan(month, months_later(month, 1) - timedelta(days=1))


def evenly(items: Sequence[Picked], most: int) -> Sequence[Picked]:
    """Choose so many of a sequence at most, evenly, the first and the last among them."""
    if len(items) <= most:
        return items
    return [items[round(n * (len(items) - 1) / (most - 1))] for n in range(most)]
