"""Which time zone data is read: the newer of the machine's and the `tzdata` package's, for every zone alike.

`zoneinfo` reads the machine's files first, however old they are. Governments change their clocks at a few
weeks' notice, so that a machine which is not kept up to date would send whole provinces their prompts at the
wrong hour, although the right data is installed beside it.
"""

import os
import re
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import tzdata

UNKNOWN = ""
MINUTE = timedelta(minutes=1)
TWO_YEARS = 731  # days
_RELEASE = re.compile(r"[0-9]{4}[a-z]{1,2}")
_FIRST_LINE = re.compile(r"#\s*version\s+([0-9]{4}[a-z]{1,2})\b")  # of tzdata.zi, which zic reads
_LONGEST = 200  # characters of a file that names its release


@dataclass(frozen=True)
class Release:
    """A release of the time zone data, such as "2026f"; `folder` is empty for the package's."""

    name: str
    folder: str = ""
    beside: str = UNKNOWN  # the release that was passed over

    def __str__(self) -> str:
        """Say which is read, and which is not."""
        read = "this machine's" if self.folder else "the tzdata package's"
        other = "the tzdata package's" if self.folder else "this machine's"
        return f"{self.name}, {read}" + (f"; {other} is {self.beside}" if self.beside else "")


def released(folder: Path) -> str:
    """Tell a folder's release; empty where it does not say, or where there is none."""
    for name, pattern in (("+VERSION", _RELEASE), ("tzdata.zi", _FIRST_LINE)):
        try:
            with (folder / name).open(encoding="ascii", errors="replace") as file:
                found = pattern.match(file.read(_LONGEST).strip())
        except OSError:
            continue
        if found:
            return found[found.lastindex or 0]
    return UNKNOWN


def newest(folders: Iterable[str], packaged: str) -> Release:
    """Choose between the package's release and the machine's; the package's where they are equal or silent.

    Of several folders the first that holds zones counts, as for `zoneinfo`.
    """
    for folder in folders:
        if (Path(folder) / "UTC").exists():
            own = released(Path(folder))
            return Release(own, folder, packaged) if own > packaged else Release(packaged, "", own)
    return Release(packaged)


def settle() -> Release:
    """Let every zone that is made from now on be of the newest release, and forget those made before."""
    zoneinfo.reset_tzpath()
    release = newest(zoneinfo.TZPATH, tzdata.IANA_VERSION)
    zoneinfo.reset_tzpath(to=[release.folder] if release.folder else [])
    zoneinfo.ZoneInfo.clear_cache()
    return release


def rule(zone: tzinfo, start: datetime, days: int = 366) -> tuple[tuple[datetime, timedelta], ...]:
    """List the offsets of a zone's clocks from an instant on, each with when it begins, to the minute.

    Two zones with the same rule show the same time all that while.
    """
    start = start.astimezone(UTC).replace(second=0, microsecond=0)
    found = [(start, _offset(start, zone))]
    for day in range(days):
        low, high = start + timedelta(days=day), start + timedelta(days=day + 1)
        if _offset(high, zone) == found[-1][1]:
            continue
        while high - low > MINUTE:
            middle = low + (high - low) // 2 // MINUTE * MINUTE
            low, high = (middle, high) if _offset(middle, zone) == found[-1][1] else (low, middle)
        found.append((high, _offset(high, zone)))
    return tuple(found)


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def of_machine(environment: Mapping[str, str], now: datetime, root: Path = Path("/")) -> str | None:
    """Tell this machine's zone by TZ, by what /etc/localtime links to or holds, or by /etc/timezone.

    None where none of them tells it: a TZ that writes out a rule has no name.
    """
    told = environment.get("TZ", "").removeprefix(":")
    if told and not told.startswith("/"):
        return told if told in zoneinfo.available_timezones() else None
    file = Path(told) if told else root / "etc" / "localtime"
    for name in (_linked(file), _written(root / "etc" / "timezone")):
        if name in zoneinfo.available_timezones():
            return name
    return _alike(file, now)


def _linked(file: Path) -> str:
    return os.path.realpath(file).partition("zoneinfo/")[2].removeprefix("posix/")


def _written(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace")[:_LONGEST].strip()
    except OSError:
        return UNKNOWN


def _alike(file: Path, now: datetime) -> str | None:
    """Find the first zone that keeps the same time for two years as a file of zone data that has no name."""
    try:
        with file.open("rb") as opened:
            wanted = rule(zoneinfo.ZoneInfo.from_file(opened), now, TWO_YEARS)
    except (OSError, ValueError):
        return None
    names = sorted(zoneinfo.available_timezones(), key=lambda name: ("/" not in name, name))
    alike = (name for name in names if _offset(now, zoneinfo.ZoneInfo(name)) == wanted[0][1])
    return next((name for name in alike if rule(zoneinfo.ZoneInfo(name), now, TWO_YEARS) == wanted), None)


RELEASE = settle()
