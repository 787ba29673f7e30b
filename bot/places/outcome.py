"""What comes of an answer to "Where are you?"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self


@dataclass(frozen=True)
class Place:
    """A place in its reader's words, what it lies in, and the zone that its clocks keep."""

    name: str
    zone: str
    region: str = ""
    country: str = ""  # empty for a country itself, and where a region is enough
    code: str = ""  # ISO's two letters of that country
    city: int = -1  # its number in the index, or that of a greater one that keeps its time
    comma: str = ", "

    @property
    def area(self) -> str:
        """Say what it lies in: a region, a country or both; empty for a country itself."""
        return self.comma.join(filter(None, (self.region, self.country)))

    @property
    def label(self) -> str:
        """Say it so that no other place is called alike."""
        return self.comma.join(filter(None, (self.name, self.area)))

    def told(self, countries: Mapping[str, str], comma: str = ", ") -> Self:
        """Call its country as a language does, and part them by its comma; `countries` are by their two letters."""
        return replace(self, country=self.country and countries.get(self.code, self.country), comma=comma)


@dataclass(frozen=True)
class PlainPlace:
    """One place, beyond doubt: it may be set, and is confirmed by its name."""

    place: Place


@dataclass(frozen=True)
class Choices:
    """Places that may be meant, no two called alike, the likeliest first; one alone is to be confirmed."""

    places: tuple[Place, ...]


class Why(Enum):
    """Why a place is asked again."""

    UNKNOWN = "unknown"
    CLOCK = "clock"  # a time zone's name or letters: they change with the seasons, or mean several
    WIDE = "wide"  # a part of the world, or a country with more times than can be offered


@dataclass(frozen=True)
class Unclear:
    """No place that could be set; `name` is the country or region that keeps several times."""

    why: Why
    name: str = ""


PlaceAnswer = PlainPlace | Choices | Unclear
