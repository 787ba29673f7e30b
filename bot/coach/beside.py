"""What an answer is read beside: words of the partner's that tell of something sore, something good, or neither.

The same few words are warm after one moment and cold after another ("get in!", "three times"). This finds nothing by
itself; it lets the model weigh a word by the kind of moment that it answers.
"""

from collections.abc import Iterable

from bot.coach.shape import Table

# Nothing is known of the moment; or it is neither, or one of the two.
UNKNOWN, PLAIN, GOOD, SORE = "unknown", "plain", "good", "sore"


class Beside:
    """The words of a file by which a moment is told; after a change of them the model is trained again."""

    def __init__(self, table: Table) -> None:
        table.only("sore", "good")
        self._sore = frozenset(table.texts("sore"))
        self._good = frozenset(table.texts("good"))

    def kind(self, moment: Iterable[str]) -> str:
        """Tell what kind of moment some words are, as the model reads words; one that is both is sore."""
        words = list(moment)
        sore, good = (sum(word in those for word in words) for those in (self._sore, self._good))
        if not words:
            return UNKNOWN
        if sore and sore >= good:
            return SORE
        return GOOD if good else PLAIN


def crossed(kind: str, names: Iterable[str]) -> set[str]:
    """Return features that say a thing beside such a moment."""
    return {f"{kind}: {name}" for name in names}
