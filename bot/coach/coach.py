"""The coach: reads a person's own wording, and may offer one suggestion on it."""

from collections.abc import Mapping
from typing import Any, Self

from bot.coach.contrast import KIND as CONTRAST
from bot.coach.reader import Reader
from bot.coach.reading import Reading
from bot.coach.shape import CoachError, Flaw, Spot, Table
from bot.coach.suggest import Suggestion, Suggestions

SECTIONS = (
    "language",
    "spelling",
    "lists",
    "person",
    "no_denial",
    "set_aside",
    "notices",
    "in_the_way",
    "contrast",
    "suggestions",
    "wording",
)


class Coach:
    """Made by `Coach.from_data`; holds patterns and no text that it has read."""

    def __init__(self, reader: Reader, suggestions: Suggestions) -> None:
        self.reader = reader
        self.suggestions = suggestions

    @classmethod
    def from_data(cls, mapping: Mapping[str, Any]) -> Self:
        """Make a coach from a parsed file; raise CoachError with plain findings."""
        findings: list[Flaw] = []
        root = Table(mapping, Spot(), findings)
        root.only(*SECTIONS)
        reader = Reader(root)
        kinds = dict.fromkeys([CONTRAST, *(rule.name for rule in reader.ways.rules)])
        suggestions = Suggestions(root, list(kinds))
        if findings:
            raise CoachError(findings)
        return cls(reader, suggestions)

    def read(self, text: str, about: str = "") -> Reading:
        """Read a response to the partner's words; what repeats them is not held against the writer."""
        return self.reader.read(text, about)

    def suggest(self, reading: Reading, last_kind: str | None = None) -> Suggestion | None:
        """Return the most useful suggestion, or None; none of the kind that was the last one offered."""
        return self.suggestions.offer(reading, last_kind)
