"""What comes of an answer to "Where are you?"."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Place:
    """A place in its reader's words, what it lies in, and the zone that its clocks keep."""

    name: str
    area: str  # a region or a country; empty for a country itself
    zone: str
    city: int = -1  # its number in the index, or that of a greater one that keeps its time

    @property
    def label(self) -> str:
        """Say it so that no other place is called alike."""
        return ", ".join(filter(None, (self.name, self.area)))


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
