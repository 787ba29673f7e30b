"""What a moment tells that wants care: fear, a loss, doubt in oneself.

These cues find nothing in the way by themselves. They choose among texts where something is in the way already.
"""

from bot.coach.rules import Language, covered
from bot.coach.shape import Table
from bot.coach.tokens import Tokens

# The first that is found counts.
FEAR, LOSS, SELF_DOUBT = "fear", "loss", "self_doubt"
MOMENTS = (FEAR, LOSS, SELF_DOUBT)


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
