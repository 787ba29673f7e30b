"""When a round opens, what quiet hours hold, and when a reminder falls due.

Instants are aware and in UTC; a local time is what the clocks of a zone show. A local time that
a zone skips (spring) is read with the offset before the gap, so it falls after it; one that comes
twice (autumn) is its first. Where that would fall on another date, because the gap ends at midnight
(America/Nuuk), it is read with the offset after the gap and falls before it. So each local date that
the clocks show has exactly one opening, and a date that they skip (Pacific/Apia, 2011-12-30) has none.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal

DAY = 24 * 60
EVERY_DAY = frozenset(range(7))
LEAST_GAP = timedelta(hours=12)  # between two openings
MISSED_AFTER = timedelta(hours=6)  # an opening this late is skipped
REMIND_AFTER = timedelta(hours=12)
REMIND_LEAST = timedelta(hours=1)  # between a prompt that reaches its reader and the reminder
JUST_BEFORE = timedelta(minutes=1)
LONGEST_QUIET = 12 * 60
OWN_ACT = timedelta(minutes=15)  # replies to an own act are never held this long after it
AT_THE_HOUR = timedelta(minutes=15)  # an opening later than this is not at the hour that was chosen
REMEMBERED = 4096  # hours of zones' days: at a full hour, thousands of couples ask for the same few


@dataclass(frozen=True)
class Rhythm:
    """The couple's hour (minute of the day, 0 to 1439), weekdays (0 is Monday) and zone."""

    minute: int
    zone: str
    weekdays: frozenset[int] = EVERY_DAY
    set_by: PartnerId | None = None  # the zone is theirs; None: provisional, nobody has said an hour yet

    def __post_init__(self) -> None:
        if not 0 <= self.minute < DAY:
            raise Refusal(Reason.BAD_HOUR)
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise Refusal(Reason.NO_DAY_LEFT)


@dataclass(frozen=True)
class Quiet:
    """Quiet hours, minutes of the day: from `start` up to `end`; equal means none."""

    start: int = 22 * 60
    end: int = 8 * 60

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and 0 <= self.end < DAY) or self.minutes > LONGEST_QUIET:
            raise Refusal(Reason.BAD_QUIET)

    @property
    def minutes(self) -> int:
        """Tell how long the quiet hours last, in minutes."""
        return (self.end - self.start) % DAY


def zone_named(name: str) -> tzinfo:
    """Give a zone; UTC for one that the time zone data no longer has.

    A zone can go with the next release. Then a morning comes at the same hour by another clock, and the
    settings say which; no morning at all, and nobody to say why, would be worse.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def instant(day: date, minute: int, zone: str, fold: int = 0) -> datetime:
    """Turn a local date and minute of the day into an instant; `fold` as in PEP 495."""
    return _instant(day, minute, zone_named(zone), fold)


@lru_cache(REMEMBERED)
def _instant(day: date, minute: int, zone: tzinfo, fold: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60, fold=fold), zone).astimezone(UTC)


def local_date(moment: datetime, zone: str) -> date:
    """Tell the date that a zone's clocks show."""
    return moment.astimezone(zone_named(zone)).date()


def local_minute(moment: datetime, zone: str) -> int:
    """Tell the minute of the day that a zone's clocks show."""
    local = moment.astimezone(zone_named(zone))
    return local.hour * 60 + local.minute


def _opening(rhythm: Rhythm, day: date) -> datetime | None:
    """Find the one opening of a local date; None for a date that the clocks skip."""
    return _on(day, rhythm.minute, zone_named(rhythm.zone))


@lru_cache(REMEMBERED)
def _on(day: date, minute: int, zone: tzinfo) -> datetime | None:
    readings = (_instant(day, minute, zone, fold) for fold in (0, 1))
    return next((moment for moment in readings if moment.astimezone(zone).date() == day), None)


def hour_on(day: date, rhythm: Rhythm) -> datetime:
    """Find the couple's hour on a date, whatever their weekdays; on the next where the clocks skip it."""
    moment = _opening(rhythm, day)
    return moment if moment is not None else hour_on(day + timedelta(days=1), rhythm)


def months_later(day: date, months: int) -> date:
    """Give the same day some months later, or before for a negative number; a month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    after = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)


def next_opening(rhythm: Rhythm, last_opening: datetime, last_date: date, now: datetime) -> datetime:
    """Find the first opening after `now`, on a later local date and 12 hours after the last."""
    earliest = last_opening + LEAST_GAP
    soonest = local_date(max(now, earliest), rhythm.zone)
    day = max(last_date, soonest - timedelta(days=2))  # a clock set back at midnight shows a date again
    while True:
        day += timedelta(days=1)
        moment = _opening(rhythm, day) if day.weekday() in rhythm.weekdays else None
        if moment is not None and moment > now and moment >= earliest:
            return moment


def planned_anew(
    rhythm: Rhythm, planned: datetime, last_opening: datetime, last_date: date, now: datetime
) -> datetime:
    """Return an opening that is still to come as the zone's rules now have it.

    What shows the couple's hour stays. Where the rules have changed under it, the day's hour may have passed
    by a little meanwhile: it is then due at once, as after a pause.
    """
    if planned <= now or _opening(rhythm, local_date(planned, rhythm.zone)) == planned:
        return planned
    return next_opening(rhythm, last_opening, last_date, now - MISSED_AFTER)


def missed(due: datetime, now: datetime) -> bool:
    """Tell whether an opening is too late to be made."""
    return now - due > MISSED_AFTER


def quiet_end(moment: datetime, quiet: Quiet, zone: str) -> datetime | None:
    """Tell when the quiet hours around a moment end; None where the clocks show that it is not in them."""
    window = _window(moment, quiet, zone)
    return window[1] if window else None


def _window(moment: datetime, quiet: Quiet, zone: str) -> tuple[datetime, datetime] | None:
    """Find when the quiet hours around a moment began and when they end.

    A beginning in a gap is taken before it and an end after it, so that what lies just outside is outside.
    """
    local = moment.astimezone(zone_named(zone))
    minute, today = local.hour * 60 + local.minute, local.date()
    if (minute - quiet.start) % DAY >= quiet.minutes:
        return None
    first = today - timedelta(days=int(minute < quiet.start))
    last = today + timedelta(days=int(minute >= quiet.end))
    starts = (instant(first, quiet.start, zone, fold) for fold in (1, 0))
    ends = (instant(last, quiet.end, zone, fold) for fold in (0, 1))
    return next(s for s in starts if s <= moment), next(e for e in ends if e > moment)


def deliver_at(moment: datetime, quiet: Quiet, zone: str, acted_at: datetime | None = None) -> datetime:
    """Tell when a message due at `moment` may reach a person: then, or when their quiet hours end."""
    if acted_at is not None and abs(moment - acted_at) <= OWN_ACT:
        return moment
    return quiet_end(moment, quiet, zone) or moment


def prompt_at(
    moment: datetime, rhythm: Rhythm, quiet: Quiet, zone: str, acted_at: datetime | None = None
) -> datetime:
    """Tell when an opening reaches a partner: the couple's hour wins in the zone that it was set in.

    A first round, or one that opens late, is at no hour that anybody chose: quiet hours hold it.
    """
    if zone == rhythm.zone and _at_the_hour(moment, rhythm):
        return moment
    return deliver_at(moment, quiet, zone, acted_at)


def _at_the_hour(moment: datetime, rhythm: Rhythm) -> bool:
    today = local_date(moment, rhythm.zone)
    hours = (_opening(rhythm, day) for day in (today - timedelta(days=1), today))
    return any(hour <= moment <= hour + AT_THE_HOUR for hour in hours if hour is not None)


def reminder_at(opened_at: datetime, reached_at: datetime, quiet: Quiet, zone: str) -> datetime:
    """Tell when a partner's one reminder falls due; `reached_at` is when the prompt reaches them.

    Twelve hours after the opening, or just before quiet hours that it falls into; where that leaves less
    than an hour since the prompt, when they end: quiet hours move a reminder and never swallow it.
    """
    soonest = reached_at + REMIND_LEAST
    moment = max(opened_at + REMIND_AFTER, soonest)
    window = _window(moment, quiet, zone)
    if window is None:
        return moment
    before = window[0] - JUST_BEFORE
    return before if before >= soonest else window[1]
