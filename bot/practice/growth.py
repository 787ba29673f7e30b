"""One's own line: the weeks that were answered, one's usual range, and a change that is larger than one's own noise.

The usual range is that of Shewhart's chart for individual values: the mean of the weeks before, give or take three
standard deviations (Montgomery, Introduction to Statistical Quality Control, chapter 6). How large one is, is
estimated twice: by the chart, from the mean difference between weeks that follow one another, divided by 1.128; and as
it is usually reckoned. The larger counts: good and bad stretches of several weeks are noise, too. A change is said
where the mean of the last four weeks lies further from the mean before than three standard deviations, by the roots
of how many weeks both means are of.

Of people made up, whose weeks had no change in them, 0.2 to 1 % are told of one at a look where each week is a new
draw, 1 to 3 % where a week takes after the last (a correlation of 0.3), 4 to 10 % where it does so much (0.6). A change
by 1.2 steps is found in 94 of 100 whose weeks differ little (by 0.3), in half of those whose weeks differ by 0.6.

What is said is that, higher or lower, and never a cause.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import stdev

from bot.practice.couple import Couple
from bot.practice.ids import PartnerId
from bot.practice.pulse import ASKED, LEAST, MOST, WEEK, Pulse

SHOWN = (
    26  # weeks in the picture, and those that the usual range is of: what one sees is what is reckoned with
)
LATELY = 4  # weeks, of which three at least were answered
LATELY_ANSWERED = 3
BEFORE = 8  # answered weeks before them, at least: fewer tell no usual range
PAIRS = 5  # of weeks that follow one another, at least
LINE = 2  # weeks that make a line; of two people, one more
LINE_OF_BOTH = 3
WIDTH = 3.0  # standard deviations
DIFFERENCE = 1.128  # the mean difference of two values, in standard deviations: d2 of a sample of two
STEP = 1 / len(ASKED)  # the least by which two weeks can differ: a line without any noise has this much


class Change(StrEnum):
    """What the last weeks are, beside the usual."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Usual:
    """The range in which nearly all of one's weeks lie, within 1 to 5."""

    low: float
    high: float


@dataclass(frozen=True)
class OwnLine:
    """The weeks of a picture, without a gap, oldest first: a level, or None where a week is missing."""

    first: date  # a Monday
    levels: tuple[float | None, ...]
    usual: Usual | None = None
    change: Change | None = None

    @property
    def given(self) -> list[float]:
        """Give the levels that there are."""
        return [level for level in self.levels if level is not None]

    @property
    def last(self) -> date:
        """Name the last week by its Monday."""
        return self.first + WEEK * (len(self.levels) - 1)


@dataclass(frozen=True)
class Both:
    """Two lines over the same weeks, in the order of the seats; None for a week that not both have answered."""

    first: date
    levels: tuple[tuple[float, float] | None, ...]

    @property
    def last(self) -> date:
        """Name the last week by its Monday."""
        return self.first + WEEK * (len(self.levels) - 1)


def line(pulses: Collection[Pulse]) -> OwnLine | None:
    """Draw somebody's line up to the newest week that they answered; None for fewer than two weeks."""
    levels = {pulse.week: pulse.level for pulse in pulses if pulse.complete}
    weeks = _weeks(levels)
    if sum(week in levels for week in weeks) < LINE:
        return None
    drawn = tuple(levels.get(week) for week in weeks)
    before, lately = drawn[:-LATELY], [level for level in drawn[-LATELY:] if level is not None]
    noise = _noise(before)
    if noise is None:
        return OwnLine(weeks[0], drawn)
    known = [level for level in before if level is not None]
    middle, reach = sum(known) / len(known), WIDTH * noise
    usual = Usual(max(float(LEAST), middle - reach), min(float(MOST), middle + reach))
    return OwnLine(weeks[0], drawn, usual, _change(lately, middle, reach, len(known)))


def _noise(levels: Sequence[float | None]) -> float | None:
    """Estimate the standard deviation of weeks; None where there are too few to tell."""
    steps = [abs(two - one) for one, two in pairwise(levels) if one is not None and two is not None]
    if sum(level is not None for level in levels) < BEFORE or len(steps) < PAIRS:
        return None
    by_steps = max(STEP, sum(steps) / len(steps)) / DIFFERENCE
    return max(by_steps, stdev(level for level in levels if level is not None))


def _change(lately: Sequence[float], middle: float, reach: float, known: int) -> Change | None:
    if len(lately) < LATELY_ANSWERED:
        return None
    apart = sum(lately) / len(lately) - middle
    if abs(apart) <= reach * sqrt(1 / len(lately) + 1 / known):
        return None
    return Change.HIGHER if apart > 0 else Change.LOWER


def _weeks(levels: Collection[date]) -> list[date]:
    """Name the weeks of a picture, without a gap, up to the newest."""
    if not levels:
        return []
    newest = max(levels)
    oldest = max(min(levels), newest - WEEK * (SHOWN - 1))
    return [oldest + WEEK * i for i in range((newest - oldest) // WEEK + 1)]


def looking_since(couple: Couple) -> datetime | None:
    """Tell since when both have agreed to look at both lines; None where not both do, or the couple has ended."""
    one, two = couple.lines_since
    return None if one is None or two is None or couple.parted_at is not None else max(one, two)


def agrees(couple: Couple, partner: PartnerId) -> bool:
    """Tell whether one of the two has agreed: for themselves alone to know, until both have."""
    return couple.lines_since[couple.partners.index(partner)] is not None


def agreed(
    couple: Couple, partner: PartnerId, since: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Give what the couple's `lines_since` becomes with one's yes (again: as it was), or without it."""
    one, two = couple.lines_since
    if couple.partners[0] == partner:
        return (one or since) if since else None, two
    return one, (two or since) if since else None


def both(ones: Collection[Pulse], twos: Collection[Pulse], since: datetime | None) -> Both | None:
    """Lay both lines over the weeks that both answered after both had agreed; None for fewer than three of them."""
    if since is None:
        return None
    one, two = (
        {p.week: p.level for p in pulses if p.complete and p.answered_at > since} for pulses in (ones, twos)
    )
    weeks = _weeks(one.keys() & two.keys())
    levels = tuple((one[week], two[week]) if week in one and week in two else None for week in weeks)
    if sum(level is not None for level in levels) < LINE_OF_BOTH:
        return None
    return Both(weeks[0], levels)
