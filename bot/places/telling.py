"""A language's words for who is where, in lists that the reading of sentences asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.places.clauses import Word, cut


@dataclass(frozen=True)
class Telling:
    """A language's words for who is where."""

    lists: Mapping[str, frozenset[str]]
    sloppy: Mapping[str, str]
    around: frozenset[str]

    def __getitem__(self, name: str) -> frozenset[str]:
        """Give a list of words."""
        return self.lists[name]

    def clauses(self, text: str) -> list[Word]:
        """Cut a text."""
        return cut(text, self.sloppy, self["turns"], self["doing"], self["first"] | self["others"])

    def says(self, name: str, said: Sequence[str]) -> bool:
        """Tell whether words hold one of a list's, which may be several words."""
        joined = f" {' '.join(said)} "
        return any(f" {phrase} " in joined for phrase in self.lists[name])


# fmt: off
LISTS = (
    "first", "acting", "doing", "ours", "others", "people", "too", "at", "near_to", "far_from", "part_of", "moved",
    "sent", "given_up", "former", "still", "no", "no_after", "yet", "wished", "felt", "did", "verbs", "unless", "stays",
    "turns", "opening", "back_there", "naming", "nearby", "english", "asks", "asks_for", "kinds",
)
# fmt: on


def read_telling(table: Mapping[str, Any], around: frozenset[str]) -> Telling:
    """Make it from its table. Raises KeyError, TypeError, ValueError where one is amiss."""
    lists = {name: frozenset(table[name]) for name in LISTS}
    unknown = set(table) - {*LISTS, "sloppy"}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if any(phrase != phrase.casefold() for phrases in lists.values() for phrase in phrases):
        raise ValueError("not in small letters")
    return Telling(lists, dict(table["sloppy"]), around)
