"""A place found in what somebody typed: set where it is plain, else offered or asked again."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.places.fold import fold
from bot.places.index import City, Index, index
from bot.places.naming import candidate_place, city_place, told_apart, typed_name
from bot.places.outcome import Choices, Place, PlaceAnswer, PlainPlace, Unclear, Why
from bot.places.search import GREAT, Candidate, Search
from bot.places.speech import LEAST_OFFERED, MOST, Looks, Speech, to_confirm
from bot.places.unnamed import of_zone, rule, zone_named
from bot.places.words import PlaceWords

LONGEST = 120  # characters
MOST_WORDS = 18
MOST_TIMES = 4  # of a country: more are asked for by city
PLAINLY = 30  # times as many people as all others of the name, for a place that everybody has heard of
LESS_PLAINLY = 60  # for another
OUTSHONE = 7  # times as many people live in a place that a name may be a slip of, or short for
BEYOND_DOUBT = 100  # the same, for a city that is called as a town elsewhere
FAR_GREATER = 300
RIVAL = 100_000  # people: a place so great is never passed over
RIVAL_OF_REGION = 30_000
MILLION = 1_000_000
FAR_BEYOND = 20  # the same, for a capital of a million people and more: "London" is not Ontario's
KNOWN_WORD = 400_000  # people of a city that an everyday word names beyond doubt
MOST_HALVES = 2  # a name and what it lies in
LEAST_SURE_TYPO = 6  # letters
CODE = 3  # letters
AIRPORT = 4  # letters of its international code
TWO_CLOCKS = {"Asia/Urumqi": "Asia/Shanghai"}  # where some people live by another zone's time
_OFFSET = re.compile(r"(?:utc|gmt)(?: ?\d+){0,2}")


def find(text: str, words: PlaceWords, now: datetime) -> PlaceAnswer:
    """Find where somebody is by what they typed."""
    text = text.replace("\u060c", ",")  # Arabic's comma parts a place from its country as ours does
    zone = zone_named(text)
    if zone:
        return PlainPlace(of_zone(zone))
    key = fold(text)
    if not key or len(text) > LONGEST or len(key.split()) > MOST_WORDS:
        return Unclear(Why.UNKNOWN)
    return _Finder(text, key, words, now).find()


class _Finder:
    """Finds a place in one text."""

    def __init__(self, text: str, key: str, words: PlaceWords, now: datetime) -> None:
        self._text, self._key, self._words, self._now = text, key, words, now
        self._index: Index = index()
        self._search = Search(self._index, words)

    def find(self) -> PlaceAnswer:
        inside = list(dict.fromkeys(self._words.inside(self._key)))
        for key, _ in inside:
            if key in self._words.clocks or _OFFSET.fullmatch(key):
                return Unclear(Why.CLOCK)
            if key in self._words.wide:
                return Unclear(Why.WIDE)
        for look in (
            self._exactly,
            self._either,
            self._loosely,
            self._typed_wrong,
            self._apart,
            self._elsewhere,
        ):
            for key, said in inside:
                found = look(key, said=said)
                if found:
                    return found
        return Unclear(Why.UNKNOWN)

    def _is_county(self, key: str) -> bool:
        """Tell whether what follows a comma is written as a name, and is not known: "Reading, Berkshire"."""
        after = self._text.split(",")[-1].split()
        return all(word[:1].isupper() for word in after) and not self._search.exact(key)

    def _spoken(self) -> PlaceAnswer | None:
        """Offer the places among words that otherwise only say that somebody is somewhere."""
        offered: dict[str, Place] = {}
        for keys in self._words.spoken_around(self._key):
            exact = [found for found in map(self._spoken_of, keys) if found]
            found = exact[0] if exact else self._typed_wrong(keys[-1], said=True)
            if not isinstance(found, PlainPlace | Choices):
                return None
            offered |= {place.label: place for place in to_confirm(found).places}
        return Choices(tuple(offered.values())[:MOST]) if offered else None

    def _spoken_of(self, key: str) -> PlaceAnswer | None:
        known = key not in self._words.everyday or any(
            candidate.weight >= KNOWN_WORD and not candidate.alternate
            for candidate in self._search.whole(key)
        )
        return self._exactly(key, said=True) if known else None

    def _apart(self, key: str, *, said: bool) -> PlaceAnswer | None:
        """Offer a place of which a part is not known: of "Biel / Nowhere", of "Here, some county, Kenya"."""
        if said or key != self._key:
            return None
        halves = [fold(half) for half in self._text.split("/")]
        parts = [part for part in map(fold, self._text.split(",")) if part]
        tried = [*halves, f"{parts[0]} {parts[-1]}"] if len(parts) > MOST_HALVES else halves
        for part in tried if len(tried) > 1 or len(parts) > MOST_HALVES else ():
            found = self._exactly(part, said=False) if part else None
            if isinstance(found, PlainPlace | Choices):
                return to_confirm(found)
        if len(parts) == MOST_HALVES and self._is_county(parts[1]):
            found = self._exactly(parts[0], said=False)
            if isinstance(found, PlainPlace | Choices):
                return to_confirm(found)
        looks = Looks(self._exactly, self._everyday, self._typed_wrong, self._judge)
        told = Speech(self._text, self._words, self._index, self._search, looks).find()
        return told or self._spoken()

    def _exactly(self, key: str, *, said: bool) -> PlaceAnswer | None:
        meant = self._words.meant(key)
        if meant:
            others = () if key in self._words.called else self._search.whole(key)
            towns = [c for c in others if c.city and not c.alternate]
            return self._judge([*self._search.exact(fold(meant)), *towns], key)
        if key in self._words.everyday:
            return self._everyday(key, GREAT if said else KNOWN_WORD)
        found = self._search.exact(key)
        if found and all(word in self._words.everyday for word in key.split()):
            return self._offer(found, key)
        return self._judge(found, key)

    def _everyday(self, key: str, known: int) -> PlaceAnswer:
        """Ask where a word that people say every day is a city's name too, of less than so many people."""
        found = [c for c in self._search.whole(key) if c.weight >= (GREAT if c.alternate else LEAST_OFFERED)]
        if any(c.weight >= known and not c.alternate and (c.city or c.country) for c in found):
            return self._judge(found, key) or Unclear(Why.UNKNOWN)
        return self._offer(found, key) if found else Unclear(Why.UNKNOWN)

    def _either(self, key: str, *, said: bool) -> PlaceAnswer | None:
        """Offer both of "Berlin or Munich"."""
        del said
        places: list[Place] = []
        for part in self._words.either.split(f" {key} "):
            found = self._exactly(part.strip(), said=True)
            if not isinstance(found, PlainPlace | Choices):
                return None
            places += [found.place] if isinstance(found, PlainPlace) else found.places
        distinct = {place.label: place for place in places}
        return Choices(tuple(distinct.values())[:MOST]) if len(distinct) > 1 else None

    def _loosely(self, key: str, *, said: bool) -> PlaceAnswer | None:
        """Offer what is called so but for a saint, an article, or the word for a city."""
        del said
        tokens = key.split()
        tried = {f"the {key}", key.removeprefix("the ")}
        for first in SAINTS if tokens[0] in SAINTS else ():
            tried.add(" ".join((first, *tokens[1:])))
        if len(tokens) > 1 and tokens[-1] in self._words.everyday:
            tried.add(" ".join(tokens[:-1]))
        found = [
            replace(candidate, words=(0, len(tokens)))
            for other in sorted(tried - {key})
            for candidate in self._search.whole(other)
            if not candidate.alternate
        ]
        outcome = self._judge(found, key)
        if isinstance(outcome, PlainPlace) and fold(outcome.place.name).removeprefix(
            "the "
        ) != key.removeprefix("the "):
            return Choices((outcome.place,))
        return outcome

    def _typed_wrong(self, key: str, *, said: bool) -> PlaceAnswer | None:
        if key in self._words.everyday:
            return None
        del said
        return self._judge(self._search.typed_wrong(key), key)

    def _elsewhere(self, key: str, *, said: bool) -> PlaceAnswer | None:
        """Offer the cities of a name whose country or region is not theirs."""
        del said
        found = [candidate for candidate in self._search.beside(key) if not candidate.alternate]
        return self._offer(found, key) if found else None

    def _judge(self, found: Sequence[Candidate], key: str) -> PlaceAnswer | None:
        found = _preferred(found, self._is_written)
        if not found:
            return None
        held = _by_zone(found)
        area = found[0].area if len(found) == 1 else None
        if area and len({rule(zone, self._now) for zone in (*held, *area.bare)}) > 1:
            return self._several(found, key)
        (zone, top), *others = sorted(held.items(), key=lambda entry: -entry[1][0])
        kept = rule(zone, self._now)
        rivals = [(weight, rival) for other, (weight, rival) in others if rule(other, self._now) != kept]
        best = top[1]
        if not all(self._passed_over(rival, weight, best, top[0]) for weight, rival in rivals):
            return self._several(found, key)
        letters = len(key) <= (AIRPORT if best.alternate else CODE) and self._text.isupper()
        if (
            (letters and not best.country and not self._words.meant(key))
            or not _sure(best, key)
            or self._outshining(found, key)
        ):
            return self._offer(found, key)
        place = candidate_place(best, zone, self._typed(best, key))
        if zone in TWO_CLOCKS:
            other = self._index.greatest[TWO_CLOCKS[zone]]
            return Choices((place, city_place(self._index, other)))
        return PlainPlace(place)

    def _outshining(self, found: Iterable[Candidate], key: str) -> list[Candidate]:
        """Find far greater cities with another time of which a town's name is a slip, or the first words.

        Of a city's other name, one as great that is called so itself.
        """
        towns = [candidate for candidate in found if candidate.city]
        if not towns or any(c.area or c.narrowed or c.typo for c in found):
            return []
        rules = {rule(zone, self._now) for town in towns for zone in town.zones}
        times = 1 if all(town.alternate for town in towns) else OUTSHONE
        most = times * max(town.weight for town in towns)
        return [
            near
            for near in (*self._search.typed_wrong(key), *self._search.begun(key))
            if near.city and near.weight >= (max(4 * most, MILLION) if near.alternate else max(most, GREAT))
            if not near.alternate or most < OUTSHONE * GREAT  # "Tampa" is no slip for "Sampa"
            if not near.narrowed and rule(near.city.zone, self._now) not in rules
        ]

    def _passed_over(self, rival: Candidate, weight: int, best: Candidate, most: int) -> bool:
        """Tell whether nobody who means a rival would be surprised to be understood so."""
        greatest = RIVAL_OF_REGION if best.area and not best.country else RIVAL
        if rival.city and not rival.alternate:  # a town's own name is its people's answer
            capital = not best.alternate and best.city and best.city.number in self._index.capitals
            if capital and most >= max(MILLION, FAR_BEYOND * weight):
                return True
            times = FAR_GREATER if best.area and not self._has_its_city(best) else BEYOND_DOUBT
            exact = best.area is not None or not self._text.isascii()  # many leave accents out
            doubted = best.alternate or (exact and self._is_written(rival) and not self._is_written(best))
            return not doubted and most >= times * weight and weight <= greatest
        known = best.city is None or most >= MILLION or best.city.number in self._index.capitals
        times = PLAINLY if known else LESS_PLAINLY
        return most >= times * weight and weight <= greatest

    def _has_its_city(self, region: Candidate) -> bool:
        """Tell whether a region is called as a city in it."""
        numbers = (number for number, _ in region.zones.values())
        name = fold(region.area.name) if region.area else ""
        return any(fold(self._index.city(number).name) == name for number in numbers)

    def _is_written(self, candidate: Candidate) -> bool:
        """Tell whether a text is the name of something to the accent: "Líbano", not "Lebanon"."""
        named = candidate.city or candidate.area
        return named is not None and _plain(named.name) == _plain(self._text)

    def _several(self, found: Sequence[Candidate], key: str) -> PlaceAnswer:
        """Offer what keeps different times; ask for a city where a country keeps too many."""
        if len(found) == 1 and found[0].area:
            area = found[0].area
            rules = {rule(zone, self._now): zone for zone in reversed(list(area.zones))}
            if len(rules) > MOST_TIMES:
                return Unclear(Why.WIDE, area.name)
            cities = sorted(
                (self._index.city(area.zones[zone][0]) for zone in rules.values()), key=lambda c: c.number
            )
            return Choices(told_apart(self._index, [(city_place(self._index, c), c) for c in cities]))
        return self._offer(found, key)

    def _offer(self, found: Sequence[Candidate], key: str) -> PlaceAnswer:
        """Offer the greatest of each zone first, then others of the name, and a great one a letter away."""
        listed: list[tuple[Place, City | None]] = []
        named = {zone for candidate in found if candidate.city for zone in candidate.zones}
        outshining = self._outshining(found, key)
        for candidate in sorted((*found, *outshining), key=lambda c: (c.alternate, -c.weight)):
            if candidate.area and not candidate.country and set(candidate.zones) <= named:
                continue  # a region that is called as its city
            if candidate.area and len({rule(zone, self._now) for zone in candidate.zones}) > 1:
                numbers = [number for number, _ in candidate.zones.values()][:MOST_TIMES]
                listed += [(city_place(self._index, city), city) for city in map(self._index.city, numbers)]
            else:
                zone = max(candidate.zones, key=lambda zone: candidate.zones[zone][1])
                listed.append((candidate_place(candidate, zone, self._typed(candidate, key)), candidate.city))
        firsts = {place.zone: (place, city) for place, city in reversed(listed)}
        chosen = [entry for entry in listed if firsts[entry[0].zone] == entry]
        rest = [entry for entry in listed if entry not in chosen]
        return Choices(told_apart(self._index, (chosen + rest)[:MOST]))

    def _typed(self, candidate: Candidate, key: str) -> str:
        if key in self._words.called:
            return typed_name(self._text, key, (0, len(key.split())))
        if self._words.short.get(" ".join(key.split()[slice(*candidate.words)])):
            return ""
        return typed_name(self._text, key, candidate.words)


SAINTS = ("st", "san", "santa", "santo", "sao", "sant")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _preferred(found: Sequence[Candidate], written: Callable[[Candidate], bool]) -> list[Candidate]:
    """Keep what a whole name names before what is narrowed, and own names before others of small towns."""
    whole = [candidate for candidate in found if not candidate.narrowed]
    narrowed = [candidate for candidate in found if candidate.narrowed]
    own = [candidate for candidate in whole if not candidate.alternate]
    area = next(
        (c for c in own if c.area and all(c is o or _passes_over(c, o, written) for o in whole)), None
    )
    if area:
        return [area]
    great = min([GREAT, *(OUTSHONE * candidate.weight for candidate in own)])
    kept = [*own, *(c for c in whole if c.alternate and c.weight >= great)] if own else narrowed or whole
    if narrowed and not own:
        kept = [candidate for candidate in narrowed if not candidate.alternate] or narrowed
    return list({_key(candidate): candidate for candidate in reversed(kept)}.values())[::-1]


def _passes_over(area: Candidate, other: Candidate, written: Callable[[Candidate], bool]) -> bool:
    town = other.city is not None and not other.alternate and other.city.zone not in area.zones
    if town and written(other) and not written(area):
        return False
    times = FAR_GREATER if town else PLAINLY  # a town's own name is its people's answer
    return area.weight >= times * other.weight and other.weight <= RIVAL


def _key(candidate: Candidate) -> tuple[int, int, bool]:
    city, area = candidate.city, candidate.area
    return (city.number if city else -1, area.number if area else -1, candidate.country)


def _by_zone(found: Iterable[Candidate]) -> dict[str, tuple[int, Candidate]]:
    held: dict[str, tuple[int, Candidate]] = {}
    for candidate in found:
        for zone, (_, people) in candidate.zones.items():
            weight = people // 2 if candidate.alternate else people
            if zone not in held or weight > held[zone][0]:
                held[zone] = weight, candidate
    return held


def _sure(candidate: Candidate, key: str) -> bool:
    if candidate.typo:
        return candidate.weight >= GREAT and len(key) >= LEAST_SURE_TYPO and not candidate.alternate
    if candidate.narrowed or candidate.country:
        return True
    if candidate.alternate:
        return candidate.weight >= GREAT
    return len(key) > CODE or not key.isascii() or (candidate.city is not None and candidate.weight >= GREAT)
