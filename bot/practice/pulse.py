"""A private pulse: once a week, at an hour of one's own, three taps for oneself alone.

Each asks how far one part of perceived partner responsiveness was felt this week: understood, valued, cared for
(Reis, Clark and Holmes 2004, in Mashek and Aron, Handbook of Closeness and Intimacy, pages 201 to 225). The wording
is our own: it is no scale of theirs, and nothing that was found with theirs is claimed for it.

what is so                                    then
skipped, begun and not finished               a gap: nothing is said, then or later
the question of a week that is over           refused, and nothing changes
an earlier tap, pressed again                 nothing changes
one's own rest, no couple, hours late         that week is not asked about
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.practice import calendar
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.refusals import Reason, Refusal

ASKED = ("understood", "valued", "cared")
LEAST, MOST = 1, 5
WEEK = timedelta(days=7)
LONGEST_AHEAD = timedelta(
    days=15
)  # between now and the next question: one week that has been asked about, and one


@dataclass(frozen=True)
class Plan:
    """When somebody wants to be asked: a weekday (0 is Monday) and a minute of their own day."""

    partner: PartnerId
    weekday: int = 6
    minute: int = 18 * 60
    asks: bool = True
    dark: bool = False  # their picture is drawn on a dark ground
    asked: date | None = None  # the Monday of the week that was asked about last
    due: datetime | None = None  # None: not asked

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise Refusal(Reason.NOT_YOURS)
        if not 0 <= self.minute < calendar.DAY:
            raise Refusal(Reason.BAD_HOUR)


@dataclass(frozen=True)
class Pulse:
    """What somebody tapped about one week, in the order of `ASKED`; complete with the last."""

    partner: PartnerId
    couple: CoupleId
    week: date
    answered_at: datetime
    given: tuple[int, ...] = field(default=(), repr=False)  # private as words are

    @property
    def complete(self) -> bool:
        """Tell whether all was tapped."""
        return len(self.given) == len(ASKED)

    @property
    def level(self) -> float:
        """Give the mean of the taps, from 1 to 5; only of a complete one."""
        return sum(self.given) / len(self.given)


def week_of(day: date) -> date:
    """Name a date's week by its Monday."""
    return day - timedelta(days=day.weekday())


def planned(plan: Plan, zone: str, now: datetime) -> Plan:
    """Plan the next question: the first such hour after `now`, in a week that has not been asked about.

    A week that is still to come has been asked about by a clock that was wrong, and counts for nothing.
    """
    if not plan.asks:
        return replace(plan, due=None)
    today = calendar.local_date(now, zone)
    asked = plan.asked if plan.asked is not None and plan.asked <= week_of(today) else None
    days = (today + timedelta(days=ahead) for ahead in range(LONGEST_AHEAD.days))
    moments = (
        calendar.instant(day, plan.minute, zone)
        for day in days
        if day.weekday() == plan.weekday and (asked is None or week_of(day) > asked)
    )
    return replace(plan, asked=asked, due=next(moment for moment in moments if moment > now))


def week_asked(plan: Plan, zone: str, now: datetime) -> date | None:
    """Tell which week is asked about now; None where the hour has been missed."""
    if plan.due is None or plan.due > now or calendar.missed(plan.due, now):
        return None
    return week_of(calendar.local_date(plan.due, zone))


def tap(pulse: Pulse, question: int, value: int, now: datetime) -> Pulse:
    """Take one tap; `question` counts from 0. Raises Refusal NOT_YOURS for what no button offers."""
    if not LEAST <= value <= MOST or not 0 <= question < len(ASKED) or question > len(pulse.given):
        raise Refusal(Reason.NOT_YOURS)
    if question < len(pulse.given):  # an old step
        return pulse
    return replace(pulse, given=(*pulse.given, value), answered_at=now)


def anew(pulse: Pulse) -> Pulse:
    """Begin the week's taps again."""
    return replace(pulse, given=())
