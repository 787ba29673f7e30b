"""The words of a language around places: sentences that answer, everyday words, clocks, short names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.places.fold import fold

PLACE = "{place}"
_PIECE = re.compile(r"\{place\}|<\w+>|[()\[\]|]|[^\s()\[\]<>|{}]+")
_SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", PLACE: r"(?P<place>\S.*?) "}


@dataclass(frozen=True)
class PlaceWords:
    """What a language says around places; keys are folded."""

    answers: tuple[re.Pattern[str], ...]
    sentences: tuple[re.Pattern[str], ...]
    between: tuple[str, ...]
    either: re.Pattern[str]
    short: Mapping[str, str]
    clocks: frozenset[str]
    wide: frozenset[str]
    everyday: frozenset[str]

    def inside(self, key: str) -> Iterator[tuple[str, bool]]:
        """Yield what a folded text may give as the place, and whether a sentence says that it is one."""
        yield key, False
        for patterns, said in ((self.sentences, True), (self.answers, False)):
            for pattern in patterns:
                found = pattern.fullmatch(f"{key} ")
                if found and found["place"] != key:
                    yield found["place"], said


def read_words(tables: Mapping[str, Any]) -> PlaceWords:
    """Make a language's words from its tables. Raises KeyError, TypeError, ValueError where one is amiss."""
    named = tables["patterns"]
    lists = tables["words"]
    either = "|".join(map(re.escape, sorted(tables["either"], key=len, reverse=True)))
    return PlaceWords(
        tuple(_compiled(pattern, named) for pattern in tables["answers"]),
        tuple(_compiled(pattern, named) for pattern in tables["sentences"]),
        tuple(sorted(map(fold, tables["between"]), key=len, reverse=True)),
        re.compile(rf"\s(?:{either})\s"),
        {fold(short): name for short, name in tables["short"].items()},
        frozenset(map(fold, lists["clocks"])),
        frozenset(map(fold, lists["wide"])),
        frozenset(map(fold, lists["everyday"])),
    )


def _compiled(pattern: str, named: Mapping[str, str]) -> re.Pattern[str]:
    if pattern.count(PLACE) != 1:
        raise ValueError(f"a sentence needs {PLACE} once: {pattern!r}")
    return re.compile("".join(_pieces(pattern, named)))


def _pieces(pattern: str, named: Mapping[str, str]) -> Iterator[str]:
    """Translate: (a|b) is one of these, [a|b] one or none, <name> a named pattern, {place} any words."""
    for piece in _PIECE.findall(pattern):
        if piece[0] == "<":
            yield from ("(?:", *_pieces(named[piece[1:-1]], named), ")")
        else:
            yield _SIGNS.get(piece) or f"{re.escape(piece)} "
