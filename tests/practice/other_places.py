"""How well places are read on inputs that come by another road than `made_places`: airports' towns and CLDR's names.

    .uv/bin/uv run --with airportsdata==20260905 --with babel==2.19.0 python tests/practice/other_places.py --seed 1

The airports' own table says each town's zone; GeoNames is asked only whether 5,000 people live there. CLDR has the
names of zones' cities and of countries in many languages; the words of no place come from Python's own manual.
`--wrong` shows what went wrong. Judged as in `made_places`.
"""

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import made_places
from made_places import Case

from bot import places
from bot.places.fold import folds
from bot.places.index import away
from prompts.source import ROOT, read_toml

# fmt: off
LOCALES = (
    "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "hr", "sl",
    "lt", "lv", "et", "tr", "id", "ms", "vi", "az", "sq", "is", "ga", "cy", "eu", "ca", "gl", "ru", "uk",
    "bg", "el", "he", "ar", "fa", "hi", "bn", "ta", "th", "ja", "ko", "zh", "zh_Hant", "ka", "hy", "mk",
    "sr", "kk", "uz", "sw", "af", "ur",
)
# fmt: on
LEAST = 5_000  # people
OUTSHONE = 30
NEAR = 60  # km from an airport to its town
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
FIRST = (
    "We've made our home in {}",
    "we're over in {} these days",
    "I'm sat in {} at the moment",
    "at present we live in {}",
    "well, {} I suppose",
    "it's {} for both of us",
    "{} - that's where we live",
    "our flat is in {}",
    "we rent a place in {}",
    "i'm a student in {}",
    "My home town is {}",
    "we have lived in {} for ten years",
    "my phone says {}",
    "you can put {}",
    "put me down for {}",
    "{} I'd say",
    "We're in the suburbs of {}",
    "half an hour from {}",
    "about 20 km north of {}",
    "in and around {}",
    "i work in {} and live there too",
    "as of this month, {}",
    "Living in {} since 2019",
    "{} would be closest",
    "{}!!",
    "📍 {}",
    "{} 🙂",
    "city: {}",
    "Location: {}",
    "I am now living in {} with my husband",
)
LATER = (  # written after everything that the first ones showed was mended
    "We rent near the university in {}",
    "My girlfriend and I share a flat in {}",
    "the two of us have been in {} since March",
    "{}, like always",
    "Right in the middle of {}",
    "You'll find us in {}",
    "on the coast, near {}",
    "our place is just west of {}",
    "I've been staying with my parents in {}",
    "use {} for now",
    "{} (for the next two weeks)",
    "a farm an hour outside {}",
    "sunny {}",
    "I study in {}",
    "we own a small house close to {}",
    "For work I'm in {} until Friday",
    "I'm actually in {} right now!",
    "{} will do",
    "same as my partner: {}",
    "Home = {}",
    "we settled in {} two years ago",
    "the answer is {}",
    "both in {}, yes",
    "currently on holiday in {}",
    "{} is the biggest city nearby",
    "My timezone is {}",
    "living between {} and the sea",
    "hmm, {} maybe?",
    "it says {} on my phone",
    "in {}, where else",
)
LAST = (  # after what the second ones showed
    "Our kitchen table stands in {}",
    "we're a couple from {}, still living there",
    "{} - raining as usual",
    "My office and my bed are both in {}",
    "just put {} down",
    "we've got a little house by {}",
    "I think the nearest city to us is {}",
    "in the old town of {}",
    "{} in winter, {} in summer",
    "I'm an expat in {}",
    "somewhere around {}, in the countryside",
    "hey! {} :)",
    "We share a tiny apartment in {} with two cats",
    "staying at a hotel in {} tonight",
    "we moved here to {} in spring",
    "Well, I live in {} and so does my partner",
    "a village ten minutes by car from {}",
    "{}. Both of us.",
    "I'd go with {}",
    "my husband and I have our home in {}",
    "mostly {}",
    "on the outskirts of {} at the moment",
    "I am a student, so {} on weekdays",
    "We both work and live in {}",
    "For the time being {}",
    "probably {} then",
    "that would be {} for me",
    "I am on a farm near {}",
    "my clock is the one of {}",
    "same city as always, {}",
)
LATEST = (  # and nothing was changed for these
    "I guess {} is where I spend most nights",
    "My address is in {}",
    "we both come from {} and never left",
    "{}, the lovely old harbour town",
    "at university in {}",
    "Our wall clock runs on {} time",
    "I'm on a boat close to {}",
    "me: {}",
    "still {}",
    "{} of course",
    "Please take {}",
    "I live and work remotely from {}",
    "down here in {} it's hot",
    "{} (we're neighbours of the zoo)",
    "we've been here in {} for three months",
    "It's a suburb, but call it {}",
    "{} is good enough",
    "right now I am in {} for a few weeks",
    "my partner and I are both in {}",
    "the closest one is {}",
)
NOT_SAID = (
    "we had a fight in {} once",
    "my mother is from {}",
    "he flew to {} without me",
    "I wish we were in {}",
    "next summer we'll visit {}",
    "{} reminds me of you",
    "I left my heart in {}",
    "are you in {}?",
    "her ex lives in {}",
    "I used to live in {}",
    "we don't live in {} any more",
    "I feel like a stranger since {}",
)


@cache
def airports() -> Sequence[Mapping[str, Any]]:
    """List the airports that have letters and lie in a known town of 5,000 people and more."""
    import airportsdata  # noqa: PLC0415 (only whoever measures has it)

    towns: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in (city for city in made_places.cities() if city["population"] >= LEAST):
        for name in {city["name"], *city["alternatenames"]}:
            for key in folds(name):
                towns[key].append(city)
    found = []
    for _, airport in sorted(airportsdata.load("IATA").items()):
        here = airport["lat"], airport["lon"]
        about = [
            city
            for key in folds(airport["city"])
            for city in towns[key]
            if away(here, (city["latitude"], city["longitude"])) < NEAR
        ]
        if (
            about
            and not _outshone(towns, airport["city"], about[0])
            and made_places.latin(airport["city"])
            and "(" not in airport["city"]
        ):
            found.append(airport)
    return found


def _outshone(towns: Mapping[str, Any], name: str, here: Mapping[str, Any]) -> bool:
    """Tell whether a name is that of a place so much greater that whoever says no more must mean it."""
    named = [city["population"] for key in folds(name) for city in towns[key] if city["name"] == name]
    return bool(max(named, default=0) >= OUTSHONE * here["population"])


def airport(rng: random.Random, least: int = 4) -> Mapping[str, Any]:
    """Draw an airport whose town's name is so long."""
    while True:
        drawn = rng.choice(airports())
        if len(drawn["city"]) >= least:
            return drawn


def _case(typed: str, drawn: Mapping[str, Any]) -> Case:
    return Case(typed, frozenset({drawn["tz"]}))


def town(rng: random.Random) -> Case:
    """Draw a town, as the table writes it or in small letters."""
    drawn = airport(rng)
    return _case(rng.choice((drawn["city"], drawn["city"].lower(), drawn["city"].upper())), drawn)


def narrowed(rng: random.Random) -> Case:
    """Draw a town with what it lies in, as the table names it or CLDR names the country."""
    drawn = airport(rng)
    country = _locale("en").territories[drawn["country"]]
    forms = [
        f"{drawn['city']}, {country}",
        f"{drawn['city']} {country}",
        f"{drawn['city'].lower()} in {country}",
    ]
    forms += [f"{drawn['city']}, {drawn['subd']}, {country}", f"{drawn['city']} ({drawn['country']})"]
    if drawn["country"] in {"US", "CA", "AU"}:
        forms += [f"{drawn['city']} {drawn['subd']}".lower(), f"{drawn['city']}, {drawn['subd']}"]
    return _case(rng.choice(forms), drawn)


def slip(rng: random.Random) -> Case:
    """Draw a town of 100,000 people and more with a slip of the fingers."""
    great = _great()
    while True:
        drawn = airport(rng, 6)
        if drawn["city"] in great:
            return _case(_slipped(rng, drawn["city"]), drawn)


@cache
def _great() -> frozenset[str]:
    return frozenset(city["name"] for city in made_places.cities() if city["population"] >= 100_000)


def _slipped(rng: random.Random, name: str) -> str:
    """Press the key beside, one key twice or one of two not, or two in the wrong order."""
    at = rng.randrange(1, len(name))
    letter = name[at].lower()
    row = next((row for row in ROWS if letter in row), "")
    beside = [row[i] for i in (row.find(letter) - 1, row.find(letter) + 1) if row and 0 <= i < len(row)]
    made = [name[:at] + name[at] + name[at:]]
    made += [name[:at] + other + name[at + 1 :] for other in beside]
    made += [name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]] if name[at] != name[at - 1] else []
    double = re.search(r"(.)\1", name)
    made += [name[: double.start()] + name[double.start() + 1 :]] if double else []
    return rng.choice(made)


def said_later(rng: random.Random) -> Case:
    """Draw a sentence of the second set."""
    return said(rng, LATER)


def said_last(rng: random.Random) -> Case:
    """Draw a sentence of the third set."""
    return said(rng, LAST)


def said_latest(rng: random.Random) -> Case:
    """Draw a sentence of the fourth set."""
    return said(rng, LATEST)


def said(rng: random.Random, sentences: Sequence[str] = FIRST) -> Case:
    """Draw a sentence that says where somebody is."""
    while True:
        drawn = airport(rng)
        if drawn["city"] in _great():
            return _case(rng.choice(sentences).replace("{}", drawn["city"]), drawn)


def not_said(rng: random.Random) -> Case:
    """Draw a sentence about something else that names a town."""
    return Case(rng.choice(NOT_SAID).format(airport(rng)["city"]), frozenset())


@cache
def _locale(name: str) -> Any:
    import babel  # noqa: PLC0415 (only whoever measures has it)

    return babel.Locale.parse(name)


def tongue(rng: random.Random) -> Case:
    """Draw the name of a zone's city in another language, in its own script."""
    while True:
        zones = _locale(rng.choice(LOCALES)).time_zones
        zone = rng.choice(sorted(zones))
        city = zones[zone].get("city", "")
        known = zone.partition("/")[0] in {"Africa", "America", "Asia", "Australia", "Europe", "Pacific"}
        if city and known and zone in _greatest():
            return Case(city, frozenset({zone}))


@cache
def _greatest() -> frozenset[str]:
    """List the zones that are called as a city of 100,000 people and more in them."""
    keys = {(city["timezone"], key) for city in made_places.cities() if city["population"] >= 100_000
            for key in folds(city["name"])}  # fmt: skip
    return frozenset(zone for zone, key in keys if key in folds(zone.rpartition("/")[2].replace("_", " ")))


def country(rng: random.Random) -> Case:
    """Draw a country by its name in another language."""
    held = made_places._zones_of()
    while True:
        code = rng.choice(sorted(held))
        name = _locale(rng.choice(LOCALES)).territories.get(code, "")
        if name:
            several = len({made_places.rule(zone) for zone in held[code]}) > 1
            return Case(name, frozenset(held[code]), offered=several)


def letters(rng: random.Random) -> Case:
    """Draw an airport's letters."""
    drawn = airport(rng)
    return Case(rng.choice((drawn["iata"], drawn["icao"], drawn["iata"].lower())), frozenset())


@cache
def _manual() -> Sequence[str]:
    from pydoc_data.topics import topics  # noqa: PLC0415 (large)

    words = set(re.findall(r"(?<![\w`'.])[A-Za-z]{2,}(?![\w`'.(])", " ".join(topics.values())))
    capital = {word.lower() for word in words if word[0].isupper()}
    return sorted(word for word in words if word.islower() and word not in capital)


def everyday(rng: random.Random) -> Case:
    """Draw one or two words that are no place."""
    word = rng.choice(_manual())
    other = rng.choice(_manual())
    typed = rng.choice(
        (word, word.capitalize(), f"{word}!", f"{word} {other}", f"{word.capitalize()} {other}.")
    )
    return Case(typed, frozenset())


KINDS: Mapping[str, Callable[[random.Random], Case]] = {
    "a town with an airport": town,
    "with its region or country": narrowed,
    "a slip of the fingers": slip,
    "a sentence that says where": said,
    "another such sentence": said_later,
    "a third": said_last,
    "a fourth": said_latest,
    "a sentence about something else": not_said,
    "a city in another language": tongue,
    "a country in another language": country,
    "an airport's letters": letters,
    "words of no place": everyday,
}


def main(arguments: Sequence[str]) -> None:
    """Print a table by kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args(arguments)
    words = places.read_words(read_toml(ROOT / "en" / "places.toml", ROOT).data)
    for kind, draw in KINDS.items():
        rng = random.Random(f"{kind}:{given.seed}")  # noqa: S311 (a draw that comes again)
        right = asked = silent = 0
        for _ in range(given.number):
            case = draw(rng)
            outcome = places.find(case.typed, words, made_places.NOW)
            fits, wrong = made_places.judge(case, outcome)
            right, silent = right + fits, silent + wrong
            asked += not isinstance(outcome, places.PlainPlace)
            if given.wrong and not fits:
                print("   ", "SILENT" if wrong else "", case.typed, set(case.zones) or "", "->", outcome)  # noqa: T201 (a table for a person)
        print(f"| {kind} | {given.number} | {right / given.number:.1%} | {asked} | {silent} |")  # noqa: T201 (as above)


if __name__ == "__main__":
    main(sys.argv[1:])
