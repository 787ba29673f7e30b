"""How grave it is: what an answer may do that is no slip, and what a moment tells that wants care.

These cues name nothing to the writer. They choose among texts where something is in the way already.
"""

from collections.abc import Sequence

from bot.coach.phrasebook import Phrasebook
from bot.coach.rules import Language
from bot.coach.shape import Table
from bot.coach.tokens import Tokens

# What an answer may do, the gravest first: contempt, denial and threat; then checking up, mocking and finding fault.
WOUNDS, DENIES, THREATENS, ACCUSES = "wounds", "denies", "threatens", "accuses"
# What a moment may tell: the first that is found counts.
FEAR, LOSS, SELF_DOUBT = "fear", "loss", "self_doubt"
ANSWERS, MOMENTS = (WOUNDS, DENIES, THREATENS, ACCUSES), (FEAR, LOSS, SELF_DOUBT)


class Gravity:
    """The cues of a file, for answers and for moments."""

    def __init__(self, language: Language, table: Table) -> None:
        table.only(*ANSWERS, *MOMENTS)
        self._books = {name: language.book(table, name) for name in (*ANSWERS, *MOMENTS)}

    def weight(self, answer: Tokens) -> str:
        """Name what an answer may do; empty where no cue is found."""
        return self._first(ANSWERS, answer)

    def tells(self, moment: Tokens) -> str:
        """Name what a moment tells that wants care; empty where no cue is found."""
        return self._first(MOMENTS, moment)

    def _first(self, names: Sequence[str], text: Tokens) -> str:
        return next((name for name in names if _holds(self._books[name], text)), "")


def _holds(book: Phrasebook, text: Tokens) -> bool:
    return any(not text.quoted[hit.start] for hit in book.find(text))
