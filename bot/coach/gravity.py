"""What a moment tells that wants care: fear, a loss, doubt in oneself.

These cues find nothing in the way by themselves. They choose among texts where something is in the way already.
"""

from collections.abc import Mapping
from typing import Any

from bot.coach.rules import Language, Rulebook, covered
from bot.coach.shape import CoachError, Flaw, Spot, Table
from bot.coach.tokens import Tokens

# The first that is found counts.
FEAR, LOSS, SELF_DOUBT = "fear", "loss", "self_doubt"
MOMENTS = (FEAR, LOSS, SELF_DOUBT)
_RULE = ("kind", "say", "unless", "unless_near", "must", "must_not")


class Gravity:
    """The cues of a file."""

    def __init__(self, language: Language, table: Table) -> None:
        table.only(*MOMENTS, "unless")
        self._unless = language.book(table, "unless")
        self._books = {name: language.book(table, name) for name in MOMENTS}

    def tells(self, moment: Tokens) -> str:
        """Name what a moment tells that wants care; empty where no cue is found."""
        lifted = covered(moment, self._unless.find(moment))
        found = (
            name
            for name, book in self._books.items()
            if any(not any(lifted[hit.start : hit.end]) for hit in book.find(moment))
        )
        return next(found, "")


class Loss:
    """What tells of a loss, from a file of its own: for a language that has no coach."""

    def __init__(self, mapping: Mapping[str, Any]) -> None:
        """Make it from a parsed file; raise CoachError with plain findings."""
        findings: list[Flaw] = []
        root = Table(mapping, Spot(), findings)
        root.only("language", "spelling", "lists", LOSS)
        tables = list(root.tables(LOSS))
        for table in tables:
            table.only(*_RULE)
        if not tables:
            root.wrong("there is no [[loss]]; write one, with kind and say")
        self._language = Language(root)
        self.book = Rulebook(self._language, tables)
        self._language.forget()
        if findings:
            raise CoachError(findings)

    def told(self, text: str) -> bool:
        """Tell whether a text tells of a loss."""
        return bool(self.book.find(self._language.read(text)))
