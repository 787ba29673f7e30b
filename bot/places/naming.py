"""How a place is called: in the words that were typed, with what tells it from others."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.places.fold import fold
from bot.places.index import City, Index
from bot.places.outcome import Place
from bot.places.search import Candidate

BY_REGION = frozenset({"US", "CA", "AU"})  # countries whose people name the state with the city
SMALL_WORDS = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "la",
        "le",
        "les",
        "of",
        "on",
        "upon",
        "the",
        "am",
        "an",
        "der",
        "im",
        "sur",
        "sous",
        "en",
        "et",
        "y",
        "e",
        "i",
        "u",
        "bei",
        "und",
        "and",
        "cum",
        "in",
    }
)
LETTERS = 3  # of a country ("UK"): its name is shown in full
_LETTERS = re.compile(r"\s*\([A-Z]+\)")  # "(HCMC)"
_ENDS = " .,;:!?()[]\"'\u2026\u201c\u201d\u00ab\u00bb"


def typed_name(text: str, key: str, words: tuple[int, int]) -> str:
    """Return the words of a text that made part of a key, in capitals as names have them."""
    made = [(token, raw) for raw in text.split() for token in fold(raw).split()]
    wanted = key.split()
    tokens = [token for token, _ in made]
    starts = range(len(tokens) - len(wanted) + 1)
    at = next((start for start in starts if tokens[start : start + len(wanted)] == wanted), None)
    if at is None:
        return ""
    raws = dict.fromkeys(raw for _, raw in made[at + words[0] : at + words[1]])
    return _capitals(" ".join(raws).strip(_ENDS))


def _capitals(name: str) -> str:
    if name != name.lower() and name != name.upper():
        return name
    small = name.lower().split(" ")
    return " ".join(
        word if number and word in SMALL_WORDS else word[:1].upper() + word[1:]
        for number, word in enumerate(small)
    )


def city_place(index: Index, city: City, name: str = "") -> Place:
    """Name a city: as it was typed, or as it is called, with its state or its country."""
    own = _LETTERS.sub("", city.name)
    called = own if not name or fold(name) == fold(own) else name
    region, country = _areas(index, city)
    return Place(called, city.zone, region, country, index.codes[city.country], city.number)


def candidate_place(candidate: Candidate, zone: str, typed: str) -> Place:
    """Name what may be meant, in a zone."""
    index = candidate.index
    if candidate.city:
        return city_place(index, candidate.city, "" if candidate.typo else typed)
    assert candidate.area is not None  # noqa: S101 (a candidate is a city or an area)
    area = candidate.area
    said = typed if len(typed) > LETTERS and not candidate.typo else area.name
    name = area.name if fold(said) == fold(area.name) else said
    within = "" if candidate.country else index.countries[area.country].name
    return Place(name, zone, "", within, index.codes[area.country], area.zones[zone][0])


def _areas(index: Index, city: City) -> tuple[str, str]:
    """Return the region and the country to say with a city; one of them is empty."""
    country = index.countries[city.country].name
    region = index.regions[city.region].name if city.region < len(index.regions) else ""
    by_region = index.codes[city.country] in BY_REGION and fold(region) != fold(city.name)
    return (region, "") if region and by_region else ("", country)


def told_apart(index: Index, found: Iterable[tuple[Place, City | None]]) -> tuple[Place, ...]:
    """Call no two places alike: by their region where the country does not tell; else the first stays."""
    named: dict[str, Place] = {}
    listed = list(found)
    labels = [place.label for place, _ in listed]
    for place, city in listed:
        clear = place
        if labels.count(place.label) > 1 and city and city.region < len(index.regions):
            region, country = index.regions[city.region].name, index.countries[city.country].name
            clear = replace(place, region=region, country="" if place.area == region else country)
        named.setdefault(clear.label, clear)
    return tuple(named.values())
