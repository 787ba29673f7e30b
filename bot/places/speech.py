"""Places in what somebody says in a sentence, in English or in their own language: offered, never set."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from bot.places import tongues
from bot.places.clauses import Word
from bot.places.fold import fold
from bot.places.index import Index
from bot.places.naming import city_place
from bot.places.outcome import Choices, Place, PlaceAnswer, PlainPlace, Unclear, Why
from bot.places.search import GREAT, Candidate, Search
from bot.places.sentence import WhereTold
from bot.places.words import PlaceWords

MOST = 6  # places that are offered
LEAST_OFFERED = 15_000  # people of a city that an everyday word may name
LONGER = 2  # letters by which a name may go on after its stem
MOST_SLIPPED = 2  # words of a name in which a slip is looked for: each takes thousands of looks
SURE_SHORT = 3  # letters of a short name that is no word of another language ("la")
STOPS = frozenset({"in", "to", "from", "of", "and", "or", "for", "at", "near", "is", "are", "am"})


@dataclass(frozen=True)
class Looks:
    """How a finder looks a key up."""

    exactly: Callable[..., PlaceAnswer | None]
    everyday: Callable[[str, int], PlaceAnswer]
    typed_wrong: Callable[..., PlaceAnswer | None]
    judge: Callable[[Sequence[Candidate], str], PlaceAnswer | None]


class Speech:
    """One text that is more than a name."""

    def __init__(self, text: str, words: PlaceWords, index: Index, search: Search, looks: Looks) -> None:
        self._text, self._words, self._index = text, words, index
        self._search, self._looks = search, looks
        self._denied = False

    def find(self) -> PlaceAnswer | None:
        """Offer where its writer is; nothing where it says so of nowhere, None where it names no place."""
        reading = WhereTold(self._text, self._words.telling, self._named)
        ways = [reading.places, self._abroad]
        for way in reversed(ways) if reading.foreign else ways:
            offered = {place.label: place for found in way() for place in to_confirm(found).places}
            if offered:
                return Choices(tuple(offered.values())[:MOST])
            if reading.foreign and self._denied:
                break
        return Unclear(Why.UNKNOWN) if reading.held or self._denied else None

    def _named(self, said: Sequence[Word], led: bool, slips: bool) -> PlaceAnswer | None:  # noqa: FBT001 (WordLook's)
        """Find what words name, where something like "in" leads to them or their name is well known."""
        key, short = self._key(said), ""
        if not key or self._is_common(said, key):
            return None
        if slips:
            few = led and len(said) <= MOST_SLIPPED
            slipped = self._looks.typed_wrong(key, said=True) if few else None
            return slipped if isinstance(slipped, PlainPlace | Choices) else None
        if key in self._words.short:
            if not (led or said[0].capital or len(key) >= SURE_SHORT):
                return None
            short = key
        if len(said) == 1 and key in self._words.everyday and not short:
            if not led or not (said[0].capital or self._text.islower()):
                return None
            found: PlaceAnswer | None = self._looks.everyday(key, GREAT)
        else:
            found = self._looks.exactly(key, said=True)
        if not isinstance(found, PlainPlace | Choices):
            return None
        return _own_first(found, key) if led or short or self._is_well_known(key) else None

    def _key(self, said: Sequence[Word]) -> str:
        """Make the key of words; without what is no part of a name ("you'd"), or only owns something."""
        owns = len(said[-1].meant) > 1 and said[-1].meant[-1] == "is"
        if any(len(word.meant) > 1 and not (owns and word is said[-1]) for word in said):
            return ""
        raw = " ".join(word.raw for word in said)
        return fold(raw.rpartition("'")[0] if owns else raw)

    def _is_common(self, said: Sequence[Word], key: str) -> bool:
        """Tell whether words begin or end with one that stands around places, and are not written as a name."""
        ends = (said[0], said[-1])
        common = [fold(word.raw) in self._words.around or word.meant[0] in STOPS for word in ends]
        if len(said) == 1:
            return common[0] and key not in self._words.short
        return any(common) and not all(word.capital for word in ends)

    def _is_well_known(self, key: str) -> bool:
        found = self._search.exact(key)
        return any(c.narrowed or c.weight >= (2 * GREAT if c.alternate else GREAT) for c in found)

    def _abroad(self) -> Iterator[Choices]:
        """Find places in a text of another language, those of its own countries first."""
        told = tongues.told(self._text, tongues.tongues(_read), self._named_abroad, self._begun)
        self._denied = told == []
        for found, spoken in told or ():
            beyond = {place: self._is_beyond(place, spoken) for place in to_confirm(found).places}
            yield Choices(tuple(sorted(beyond, key=beyond.__getitem__)))

    def _is_beyond(self, place: Place, spoken: frozenset[str]) -> bool:
        """Tell whether a language is not that of a place's country, or the place is a whole country."""
        city = self._index.city(place.city)
        return self._index.codes[city.country] not in spoken or not place.area

    def _named_abroad(self, key: str, *, led: bool = False) -> PlaceAnswer | None:
        """Find a name in another language: a town's where "in" leads to it, else a great city's or a country's."""
        found = self._search.exact(key)
        if not any(c.weight >= (LEAST_OFFERED if led else GREAT) for c in found):
            return None
        outcome = self._looks.judge(found, key)
        return _own_first(outcome, key) if isinstance(outcome, PlainPlace | Choices) else None

    def _begun(self, stem: str) -> PlaceAnswer | None:
        """Find the greatest city whose name is a stem with another ending."""
        cities = [
            candidate.city
            for name in self._index.beginning(stem)
            if len(name) <= len(stem) + LONGER and " " not in name[len(stem) :]
            for candidate in self._search.whole(name)
            if candidate.city and candidate.weight >= GREAT
        ]
        greatest = min(cities, key=lambda city: city.number, default=None)
        return PlainPlace(city_place(self._index, greatest)) if greatest else None


def to_confirm(found: PlainPlace | Choices) -> Choices:
    """Offer even what is plain."""
    return Choices((found.place,)) if isinstance(found, PlainPlace) else found


def _own_first(found: PlainPlace | Choices, key: str) -> PlainPlace | Choices:
    """Put what is called so before what it may be a slip of."""
    if isinstance(found, PlainPlace):
        return found
    return Choices(tuple(sorted(found.places, key=lambda place: fold(place.name) != key)))


def _read(path: Path) -> Any:
    return tomli.loads(path.read_text(encoding="utf-8"))
