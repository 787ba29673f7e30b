"""Every zone of the tz database, and the instants at which its clocks are moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import bot  # noqa: F401 (it chooses the time zone data, before a zone is made)

ZONES = sorted(available_timezones())
STRIDE = timedelta(days=5)
SECOND = timedelta(seconds=1)

# Gaps that end at midnight, a gap and a fold at midnight, half an hour, odd offsets, a day that was skipped.
ODD_ZONES = (
    "America/Nuuk",
    "America/Scoresbysund",
    "America/Santiago",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Havana",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Dhaka",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Etc/GMT+12",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
    "America/New_York",
    "America/Sao_Paulo",
)


@dataclass(frozen=True)
class Change:
    """Clocks are moved at `moment`, from one offset to another."""

    moment: datetime
    before: timedelta
    after: timedelta


def offset_at(moment: datetime, zone: str) -> timedelta:
    """Tell how far a zone's clocks are ahead of UTC."""
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)


@cache
def changes(zone: str, first: int, last: int) -> tuple[Change, ...]:
    """List a zone's changes from one year up to another, to the second."""
    found = []
    moment, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    before = offset_at(moment, zone)
    while moment < end:
        following = moment + STRIDE
        after = offset_at(following, zone)
        if after != before:
            found.append(Change(_turn(moment, following, zone), before, after))
        moment, before = following, after
    return tuple(found)


def _turn(low: datetime, high: datetime, zone: str) -> datetime:
    before = offset_at(low, zone)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if offset_at(middle, zone) == before else (low, middle)
    return high


def different_clocks(first: int, last: int) -> dict[tuple[Change, ...], str]:
    """Name one zone for each way in which the clocks of the world are moved in these years."""
    return {(*changes(zone, first, last), _fixed(zone, first)): zone for zone in ZONES}


def _fixed(zone: str, year: int) -> Change:
    start = datetime(year, 1, 1, tzinfo=UTC)
    return Change(start, offset_at(start, zone), offset_at(start, zone))
