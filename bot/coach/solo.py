"""Solo practice: how somebody would answer who was met with these words.

They feel heard where the words show an understanding of theirs and nothing gets in the way; partly where
there is one without the other; not yet where there is neither.
"""

from enum import StrEnum

from bot.coach.reading import Reading

ENOUGH = 0.4  # from here a number counts as said


class Felt(StrEnum):
    """How it landed."""

    HEARD = "heard"
    PARTLY = "partly"
    UNHEARD = "unheard"


def felt(reading: Reading) -> Felt:
    """Tell how a response would land with whoever told the moment."""
    understood = max(reading.reflects, reading.names_feeling, reading.makes_sense) >= ENOUGH
    kind = understood or max(reading.warmth, reading.asks) >= ENOUGH
    if reading.gets_in_the_way:
        return Felt.PARTLY if understood else Felt.UNHEARD
    if understood:
        return Felt.HEARD
    return Felt.PARTLY if kind or not reading.legible else Felt.UNHEARD
