"""The calendar once more, told by looking at clocks: slow, plain, and written apart from the rules."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zone_changes import offset_at

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HALF_DAY = timedelta(hours=12)


def wall(moment: datetime, zone: str) -> datetime:
    """Tell what a zone's clocks show."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def shows(day: date, minute: int, zone: str) -> list[datetime]:
    """List the instants at which the clocks show this: none, one, or two."""
    naive = datetime.combine(day, time(minute // 60, minute % 60))
    readings = {(naive - offset).replace(tzinfo=UTC) for offset in _offsets(day, zone)}
    return sorted(moment for moment in readings if wall(moment, zone) == naive)


def _offsets(day: date, zone: str) -> list[timedelta]:
    midnight = datetime.combine(day, time(0), UTC)
    return sorted({offset_at(midnight + hours * HOUR, zone) for hours in range(-30, 56)})


def exists(day: date, zone: str) -> bool:
    """Tell whether the clocks show this date at all: some zones have skipped one."""
    return any(shows(day, minute, zone) for minute in range(0, 24 * 60, 45))


def opening(day: date, minute: int, zone: str) -> datetime | None:
    """Find a date's opening: at its minute, or moved by the gap that skips it, but not to another date."""
    shown = shows(day, minute, zone)
    if shown:
        return shown[0]
    naive = datetime.combine(day, time(minute // 60, minute % 60))
    moved = [(naive - offset).replace(tzinfo=UTC) for offset in _offsets(day, zone)]
    same_day = [moment for moment in moved if wall(moment, zone).date() == day]
    return max(same_day, default=None)


def in_quiet(moment: datetime, start: int, end: int, zone: str) -> bool:
    """Tell whether the clocks show a time from `start` up to `end`."""
    shown = wall(moment, zone)
    minute = shown.hour * 60 + shown.minute
    if start <= end:
        return start <= minute < end
    return minute >= start or minute < end
