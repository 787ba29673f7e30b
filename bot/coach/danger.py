"""Words that suggest danger to the person who writes them, or to somebody near them.

A plain statement is to be found even where it stands in quotation marks; a figure of speech is not. What is
found goes to nobody but its author. Time is linear in the text.
"""

from collections.abc import Mapping
from typing import Any, Self

from bot.coach.rules import Language, Rulebook
from bot.coach.shape import CoachError, Flaw, Spot, Table

KINDS = ("self_harm", "violence", "fear")
# Longer than anything that Telegram delivers at once; what is beyond it is not read.
LONGEST = 65_536
_SECTIONS = ("language", "spelling", "lists", "no_denial", "danger")
_RULE = ("kind", "say", "unless", "unless_near", "with_not", "must", "must_not")


class Danger:
    """Made by `Danger.from_data`; holds patterns and no text that it has read."""

    def __init__(self, language: Language, rules: Rulebook) -> None:
        self._language = language
        self.rules = rules

    @classmethod
    def from_data(cls, mapping: Mapping[str, Any]) -> Self:
        """Make it from a parsed file; raise CoachError with plain findings."""
        findings: list[Flaw] = []
        root = Table(mapping, Spot(), findings)
        root.only(*_SECTIONS)
        tables = list(root.tables("danger"))
        for table in tables:
            table.only(*_RULE)
            if table.text("kind") not in KINDS:
                table.wrong(f"its kind has no meaning here; the kinds are {', '.join(KINDS)}", "kind")
        if not tables:
            root.wrong("there is no [[danger]]; write at least one, with kind and say")
        language = Language(root)
        rules = Rulebook(language, tables)
        if findings:
            raise CoachError(findings)
        return cls(language, rules)

    def notices(self, text: str) -> str | None:
        """Return which danger a text suggests, or None."""
        found = {rule.name for rule, _ in self.rules.find(self._language.read(text[:LONGEST]))}
        return next((kind for kind in KINDS if kind in found), None)
