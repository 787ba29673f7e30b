"""A place without its name: by what a clock shows, at a point, as one offered, by its zone; and what keeps one time."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot import zones
from bot.places.index import City, index
from bot.places.naming import city_place, told_apart
from bot.places.outcome import Place

TWO_YEARS = 731  # days
DAY = 24 * 60
WRONG = 7  # minutes: two times that are a quarter of an hour apart are told apart
_IANA = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+\- ]+)+")


def by_clock(minutes: Iterable[int], now: datetime) -> list[Place]:
    """Find one city for each rule of the coming year whose clocks show one of these minutes of the day now.

    A clock may be some minutes wrong. The most populous first.
    """
    shown = tuple(minutes)
    rules: dict[object, City] = {}
    for city in sorted(index().greatest.values(), key=lambda city: city.number):
        local = now.astimezone(ZoneInfo(city.zone))
        if any(_about(minute, local.hour * 60 + local.minute) for minute in shown):
            rules.setdefault(rule(city.zone, now), city)
    cities = list(rules.values())
    return list(told_apart(index(), [(city_place(index(), city), city) for city in cities]))


def nearest(latitude: float, longitude: float) -> Place:
    """Find the city at a point of the earth."""
    return city_place(index(), index().nearest(latitude, longitude))


def called(city: int, zone: str) -> Place | None:
    """Return a city that was offered; None where the index is another by now."""
    if 0 <= city < index().size and (found := index().city(city)).zone == zone:
        return city_place(index(), found)
    return None


def zone_named(text: str) -> str:
    """Return the zone whose identifier a text is, such as "europe/dublin"; empty where it is none."""
    plain = " ".join(text.split()).replace(" ", "_").casefold()
    if not _IANA.fullmatch(text.strip()) or plain.startswith("etc/"):
        return ""
    return next((zone for zone in available_timezones() if zone.casefold() == plain), "")


def of_zone(zone: str) -> Place:
    """Name a zone by itself, as its identifier does."""
    return Place(zone.rpartition("/")[2].replace("_", " "), zone)


def _about(shown: int, minute: int) -> bool:
    """Tell whether a clock that is some minutes wrong may show this."""
    return (shown - minute + WRONG) % DAY <= 2 * WRONG


@lru_cache(maxsize=1024)
def _rule_from(zone: str, start: datetime) -> tuple[tuple[datetime, timedelta], ...]:
    return zones.rule(ZoneInfo(zone), start, TWO_YEARS)


def rule(zone: str, now: datetime) -> tuple[tuple[datetime, timedelta], ...]:
    """Give a zone's rule from today on; asked again within the day it is remembered."""
    return _rule_from(zone, now.replace(hour=0, minute=0, second=0, microsecond=0))
