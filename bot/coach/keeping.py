"""What of a person's own answer can be offered back to them: never what would be as unhelpful as the whole."""

from collections.abc import Callable, Iterator

from bot.coach.contrast import KIND as CONTRAST
from bot.coach.reading import Found, Reading
from bot.coach.rules import Language
from bot.coach.shape import Table

# In words: what is shorter is an interjection. In characters: what is longer is no wording to take up.
SHORTEST_WORDING, LONGEST_WORDING = 3, 240
# From here on a number says that a feeling is met, and a find of fewer words is an interjection or a smile.
MET, WORDS_OF_CARE = 0.4, 2
_CARE = frozenset({"feeling", "sense", "warmth", "thanks", "reflecting"})
_LOOSE = " \t\r\n,;:-\u2013\u2014("


class Keeping:
    """Takes out of an answer what stands for itself: warm towards the other, no tally, no order."""

    def __init__(self, language: Language, table: Table) -> None:
        table.only("say")
        self._language = language
        self._withheld = language.book(table, "say")

    def piece(self, reading: Reading, read: Callable[[str], Reading]) -> str | None:
        """Return the person's own words without what gets in the way; None when they aren't worth offering.

        `read` reads the piece by itself, as everything is read.
        """
        kept = [span for span in _kept(reading) if span[1] > span[0]]
        piece = " ".join(_closed(reading.text[start:end]) for start, end in kept)
        if len(piece.split()) < SHORTEST_WORDING or piece.endswith("?") or len(piece) > LONGEST_WORDING:
            return None
        if self._withheld.find(self._language.read(piece)):
            return None
        alone = read(piece)
        return None if alone.troubled or not _cares(alone) else piece


def _cares(reading: Reading) -> bool:
    met = max(reading.warmth, reading.names_feeling, reading.makes_sense) >= MET
    return met and any(found.kind in _CARE and _is_said(found) for found in reading.noticed)


def _is_said(found: Found) -> bool:
    words = [word for word in found.words.split() if any(letter.isalpha() for letter in word)]
    return len(words) >= WORDS_OF_CARE or any("'" in word or "\u2019" in word for word in words)


def _kept(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the sentences with nothing in the way, and what stands before a "but" that is."""
    for start, end in reading.sentences:
        inside = [found for found in reading.gets_in_the_way if found.start < end and start < found.end]
        turn = next((found for found in inside if found.kind == CONTRAST), None)
        if not inside:
            yield start, end
        elif turn is not None and not any(found.start < turn.start for found in inside):
            yield start, turn.start


def _closed(piece: str) -> str:
    piece = piece.strip(_LOOSE)
    return piece + "." if piece[-1:].isalnum() else piece
