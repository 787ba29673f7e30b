"""Nights to draw: an instant, quiet hours and a zone, often near a moving of its clocks."""

from datetime import UTC, datetime

import by_the_clock
from by_the_clock import MINUTE
from hypothesis import strategies as st
from zone_changes import ODD_ZONES, ZONES, Change, changes

from bot.practice import calendar
from bot.practice.calendar import Quiet

NIGHT = Quiet()
BERLIN = "Europe/Berlin"
STEADY = [zone for zone in ZONES if not changes(zone, 2024, 2027)]

minutes = st.integers(0, 24 * 60 - 1)
zones = st.sampled_from(ZONES) | st.sampled_from(ODD_ZONES)


@st.composite
def windows(draw: st.DrawFn) -> Quiet:
    """Draw quiet hours of up to twelve hours, many of them over midnight."""
    start = draw(minutes)
    return Quiet(start, (start + draw(st.integers(0, 12 * 60))) % (24 * 60))


@st.composite
def nights(draw: st.DrawFn) -> tuple[datetime, Quiet, str]:
    """Draw an instant, quiet hours and a zone, often near a moving of its clocks."""
    zone = draw(zones)
    moved = changes(zone, 1970, 2038)
    if draw(st.booleans()) and moved:
        moment = draw(st.sampled_from(moved)).moment + draw(st.integers(-36 * 60, 36 * 60)) * MINUTE
    else:
        moment = draw(st.datetimes(datetime(1970, 1, 3), datetime(2037, 12, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (the zone is given beside it)
    return moment, draw(windows()), zone


def at(text: str, zone: str = BERLIN) -> datetime:
    """Read a wall clock's time as an instant."""
    shown = datetime.fromisoformat(text)
    return calendar.instant(shown.date(), shown.hour * 60 + shown.minute, zone)


def quiet_at(moment: datetime, quiet: Quiet, zone: str) -> bool:
    """Tell whether it is quiet, by the clock alone."""
    return by_the_clock.in_quiet(moment, quiet.start, quiet.end, zone)


def windows_around(change: Change, zone: str) -> list[Quiet]:
    """Make quiet hours that begin, end or lie in what a moving of the clocks skips or repeats."""
    shown = by_the_clock.wall(change.moment, zone)
    edge = shown.hour * 60 + shown.minute
    spans = ((-30, 150), (-400, -30), (-90, 30))
    return [Quiet((edge + start) % 1440, (edge + end) % 1440) for start, end in spans]
