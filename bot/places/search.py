"""What a folded name may mean: cities, regions and countries, with what narrows them, or one letter wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.places.fold import fold
from bot.places.index import Area, City, Index, away
from bot.places.layout import EntryKind
from bot.places.words import PlaceWords

SURROUNDINGS = 60  # km around a city that people name to say where their own is
GREAT = 100_000  # people of a city that may narrow another, or whose other names are known
LEAST_TYPO = 5  # letters: a shorter name is too near to others
MOST_QUALIFIERS = 3
MOST_MENDED = (
    6  # words of a name with what it lies in, where that is typed wrong: each takes thousands of looks
)
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz ",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяіјљњћџґўєї ",
    "αβγδεζηθικλμνξοπρστυφχψως ",
)


@dataclass(frozen=True)
class Candidate:
    """One thing that may be meant; `words` says how many of the key's words are its own name, from where."""

    index: Index
    city: City | None = None
    area: Area | None = None
    country: bool = False  # the area is a whole country
    alternate: bool = False  # by another name than GeoNames' own
    typo: bool = False
    narrowed: bool = False  # a region or country was named with it
    words: tuple[int, int] = (0, 0)

    @cached_property
    def zones(self) -> Mapping[str, tuple[int, int]]:
        """Give its zones, each with its most populous city and how many people it may be."""
        if self.city:
            return {self.city.zone: (self.city.number, self.city.population)}
        return self.area.zones if self.area else {}

    @property
    def weight(self) -> int:
        """Tell how many people it may be."""
        return sum(people for _, people in self.zones.values())


# Where a name must lie: in one of these regions or countries, or about a city.
Scope = Sequence[tuple[int, int | None]]


class Search:
    """Finds candidates for keys."""

    def __init__(self, index: Index, words: PlaceWords) -> None:
        self._index, self._words = index, words

    def exact(self, key: str) -> list[Candidate]:
        """Find what has this name, and what has it with a region or country beside."""
        return list(self._whole(key)) + list(self._narrowed(key))

    def whole(self, key: str) -> list[Candidate]:
        """Find what has this whole name."""
        return list(self._whole(key))

    def typed_wrong(self, key: str) -> list[Candidate]:
        """Find what has this name but for one letter, with a region or country beside or not."""
        near = (name for name in _one_letter_off(key) if self._index.knows(name))
        typed = [candidate for name in near for candidate in self._whole(name, typo=True)]
        typed += (*self._narrowed(key, typo=True), *self._mended(key))
        found: dict[tuple[int, bool], Candidate] = {}
        for candidate in sorted(typed, key=lambda candidate: candidate.alternate):  # its own name first
            if not candidate.alternate or candidate.weight >= GREAT:
                found.setdefault(_identity(candidate), candidate)
        return list(found.values())

    def begun(self, key: str) -> list[Candidate]:
        """Find the cities whose own name begins with these words and goes on."""
        longer = self._index.beginning(f"{key} ")
        return [c for name in longer for c in self._whole(name) if c.city and not c.alternate]

    def beside(self, key: str) -> list[Candidate]:
        """Find the names in a key whose other words name a place that is not about there, or is not known."""
        tokens = key.split()
        found: list[Candidate] = []
        for cut in range(len(tokens) - 1, 0, -1):
            if self._where(tokens[cut:]) is not None:
                found += self._whole(" ".join(tokens[:cut]))
        return found

    def _whole(self, key: str, *, typo: bool = False) -> Iterator[Candidate]:
        words = (0, len(key.split()))
        for number, kind in self._index.named(key):
            match kind:
                case EntryKind.CITY | EntryKind.ALTERNATE:
                    city = self._index.city(number)
                    if city.zone:
                        other = kind is EntryKind.ALTERNATE
                        yield Candidate(self._index, city, alternate=other, typo=typo, words=words)
                case EntryKind.COUNTRY if self._index.countries[number].zones:
                    area = self._index.countries[number]
                    yield Candidate(self._index, area=area, country=True, typo=typo, words=words)
                case EntryKind.REGION if self._index.regions[number].zones:
                    yield Candidate(self._index, area=self._index.regions[number], typo=typo, words=words)

    def _narrowed(self, key: str, *, typo: bool = False, short: bool = True) -> Iterator[Candidate]:
        """Find a name before a region or country that it lies in, or after it ("Texas, Paris")."""
        tokens = key.split()
        for cut in range(1, len(tokens)):
            for start, end in ((0, cut), (cut, len(tokens))):
                where = self._where(tokens[cut:] if start == 0 else tokens[:cut])
                if start and where:  # only a region or country comes before a place, by its name
                    where = [named for place in where if (named := [at for at in place if at[0] >= 0])]
                    where = where if self._is_area(" ".join(tokens[:cut])) else None
                if where:
                    name = " ".join(tokens[start:end])
                    yield from self._lying(name, where, (start, end), typo=typo, short=short)

    def _is_area(self, key: str) -> bool:
        return any(kind in {EntryKind.REGION, EntryKind.COUNTRY} for _, kind in self._index.named(key))

    def _mended(self, key: str) -> Iterator[Candidate]:
        """Find a name before a region or country of which one letter is wrong."""
        tokens = key.split()
        for cut in range(1, len(tokens)) if len(tokens) <= MOST_MENDED else ():
            for near in _one_letter_off(" ".join(tokens[cut:])):
                if self._is_area(near):
                    where = [self._place(near)]
                    for found in self._lying(" ".join(tokens[:cut]), where, (0, cut), typo=False):
                        yield replace(found, typo=True)

    def _lying(
        self, name: str, where: Sequence[Scope], words: tuple[int, int], *, typo: bool, short: bool = True
    ) -> Iterator[Candidate]:
        for near in _one_letter_off(name) if typo else (name,):
            for candidate in self._meant(near) if short and not typo else self._known(near, typo=typo):
                if not candidate.country and all(_lies(candidate, place, self._index) for place in where):
                    yield Candidate(
                        self._index, candidate.city, candidate.area, alternate=candidate.alternate,
                        typo=typo, narrowed=True, words=words,
                    )  # fmt: skip

    def _meant(self, name: str) -> Iterator[Candidate]:
        """Find what has a name, or is said short so, or is called so by whoever reads this language."""
        yield from self._known(name)
        meant = fold(self._words.meant(name))
        if meant:
            yield from self._known(meant)
            yield from self._narrowed(meant, short=False)  # what is short for a name may be a part of it

    def _known(self, name: str, *, typo: bool = False) -> Iterator[Candidate]:
        if self._index.knows(name):
            yield from self._whole(name, typo=typo)

    def _where(self, tokens: Sequence[str], most: int = MOST_QUALIFIERS) -> list[Scope] | None:
        """Read words as regions and countries, each between words or none; None where they are not."""
        tokens = self._without_between(tokens)
        if not tokens:
            return []
        if most:
            for cut in range(len(tokens), 0, -1):
                place = self._place(" ".join(tokens[:cut]))
                rest = self._where(tokens[cut:], most - 1) if place else None
                if rest is not None:
                    return [place, *rest]
        return None

    def _without_between(self, tokens: Sequence[str]) -> Sequence[str]:
        for phrase in self._words.between:
            said = phrase.split()
            if len(tokens) > len(said) and list(tokens[: len(said)]) == said:
                return tokens[len(said) :]
        return tokens

    def _place(self, key: str) -> Scope:
        found: list[tuple[int, int | None]] = []
        for number, kind in self._index.named(key):
            if kind in {EntryKind.COUNTRY, EntryKind.COUNTRY_CODE}:
                found.append((number, None))
            elif kind in {EntryKind.REGION, EntryKind.REGION_CODE}:
                found.append((self._index.regions[number].country, number))
            elif self._index.city(number).population >= GREAT:
                found.append((-1, number))
        return found


def _lies(candidate: Candidate, place: Scope, index: Index) -> bool:
    for country, part in place:
        city, area = candidate.city, candidate.area
        if city and country >= 0 and city.country == country and part in {None, city.region}:
            return True
        if city and country < 0 and part is not None and part != city.number:
            other = index.city(part)
            at, there = (city.latitude, city.longitude), (other.latitude, other.longitude)
            if city.country == other.country and away(at, there) <= SURROUNDINGS:
                return True
        if area and part is None and area.country == country:
            return True
    return False


def _identity(candidate: Candidate) -> tuple[int, bool]:
    if candidate.city:
        return candidate.city.number, True
    return (candidate.area.number if candidate.area else 0) * 2 + candidate.country, False


def _one_letter_off(key: str) -> Iterable[str]:
    """List a name with one letter more, less, another, or two that changed places."""
    alphabet = next((letters for letters in ALPHABETS if set(key) <= set(letters)), "")
    if not alphabet or len(key) < LEAST_TYPO:
        return set()
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    made = {head + tail[1:] for head, tail in cuts if tail}
    made |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    made |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in alphabet}
    made |= {head + letter + tail for head, tail in cuts for letter in alphabet}
    return {" ".join(name.split()) for name in made} - {key}
