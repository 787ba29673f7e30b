"""The words of a language for times of day, and the finding of its phrases in a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from sys import intern
from typing import Any

DAY = 24 * 60


class TokenKind(Enum):
    """What a phrase does in a time of day."""

    NUMBER = auto()  # value: the number
    BEFORE_HOUR = auto()  # value: minutes by which it moves the hour that follows
    BETWEEN = auto()  # value: 1 or -1, between minutes and an hour
    AFTER_HOUR = auto()  # value: minutes by which it moves the hour before it
    HOUR_THEN = auto()  # value: 1 or -1, between an hour and minutes
    FIXED = auto()  # value: a minute of the day
    HALF = auto()  # value: 0 or 1, the half of the day
    OCLOCK = auto()
    MILITARY = auto()
    ABOUT = auto()
    SOFT = auto()
    START = auto()
    END = auto()
    JOIN = auto()
    NONE = auto()
    UNIT = auto()
    FILLER = auto()
    PART = auto()  # value: the part's number


@dataclass(frozen=True)
class HourPart:
    """A part of the day: from a minute up to another, and the minutes to offer where no hour is named."""

    start: int
    end: int
    offer: tuple[int, ...]

    def holds(self, minute: int) -> bool:
        """Tell whether a minute of the day lies in it."""
        return (minute - self.start) % DAY < ((self.end - self.start) % DAY or DAY)

    @property
    def nightly(self) -> bool:
        """Tell whether it goes on past midnight."""
        return self.start > self.end


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language; `halves`: a bare hour may be either half of the day."""

    halves: bool
    phrases: Mapping[tuple[str, ...], Mapping[TokenKind, int]] = field(repr=False)
    parts: tuple[HourPart, ...] = field(repr=False)
    longest: int

    def match(self, words: Sequence[str], kind: TokenKind) -> tuple[int, int]:
        """Find the longest phrase of a kind that the words begin with: how many words, and its value."""
        for length in range(min(self.longest, len(words)), 0, -1):
            found = self.phrases.get(tuple(words[:length]), {})
            if kind in found:
                return length, found[kind]
        return 0, 0


LISTS = {
    "oclock": TokenKind.OCLOCK,
    "military": TokenKind.MILITARY,
    "about": TokenKind.ABOUT,
    "soft": TokenKind.SOFT,
    "start": TokenKind.START,
    "end": TokenKind.END,
    "join": TokenKind.JOIN,
    "none": TokenKind.NONE,
    "units": TokenKind.UNIT,
    "filler": TokenKind.FILLER,
}
TABLES = {
    "numbers": TokenKind.NUMBER,
    "before_hour": TokenKind.BEFORE_HOUR,
    "between": TokenKind.BETWEEN,
    "after_hour": TokenKind.AFTER_HOUR,
    "hour_then": TokenKind.HOUR_THEN,
}


def vocabulary(tables: Mapping[str, Any]) -> Vocabulary:
    """Make a vocabulary from a language's tables. Raises KeyError, TypeError, ValueError where one is amiss."""
    phrases: dict[tuple[str, ...], dict[TokenKind, int]] = {}
    for phrase, kind, value in _entries(tables):
        said = tuple(
            map(intern, phrase.replace("-", " ").split())
        )  # each word is held once for all its phrases
        if not said or phrase != phrase.casefold():
            raise ValueError(f"not a phrase in small letters: {phrase!r}")
        phrases.setdefault(said, {})[kind] = value
    parts = tuple(
        HourPart(_minute(part["from"]) % DAY, _minute(part["to"]) % DAY, tuple(map(_minute, part["offer"])))
        for part in tables["parts"]
    )
    # Many phrases do the same: what they do is held once for all of them.
    alike: dict[tuple[tuple[TokenKind, int], ...], Mapping[TokenKind, int]] = {}
    shared = {said: alike.setdefault(tuple(does.items()), does) for said, does in phrases.items()}
    return Vocabulary(bool(tables["halves"]), shared, parts, max(map(len, phrases)))


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, TokenKind, int]]:
    for name, kind in TABLES.items():
        yield from ((phrase, kind, int(value)) for phrase, value in tables[name].items())
    for name, kind in LISTS.items():
        yield from ((phrase, kind, 0) for phrase in tables["words"][name])
    for half, name in enumerate(("am", "pm")):
        yield from ((phrase, TokenKind.HALF, half) for phrase in tables["words"][name])
    for phrase, clock in tables["fixed"].items():
        yield phrase, TokenKind.FIXED, _minute(clock) % DAY
    for number, part in enumerate(tables["parts"]):
        yield from ((phrase, TokenKind.PART, number) for phrase in part["words"])


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
