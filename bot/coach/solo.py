"""Solo practice: how somebody would answer who was met with these words.

They feel heard where the words show an understanding of theirs, or two lesser signs of it, and nothing gets in
the way; partly where there is one without the other; not yet where there is neither.
"""

from enum import StrEnum

from bot.coach.reading import Reading

# From here on something counts as expressed, or as a hint that a word of theirs was taken up.
EXPRESSED = 0.5
TAKEN_UP = 0.2
# A word of the feeling is recognised by its beginning: "homesick", "homesickness".
ALIKE = 5
# A good moment is heard in joy or in a question alone.
GOOD = "good"


class Felt(StrEnum):
    """How it landed."""

    HEARD = "heard"
    PARTLY = "partly"
    UNHEARD = "unheard"


def felt(reading: Reading, way: str = "", feeling: str = "") -> Felt:
    """Tell how a response would land with whoever told the moment.

    `way` and `feeling` are the moment's, where they are known: its feeling named is understanding. What can't be
    read gets the benefit of the doubt.
    """
    if not reading.legible:
        return Felt.PARTLY
    understood = max(reading.reflects, reading.names_feeling, reading.makes_sense, _named(reading, feeling))
    cared, asked = reading.warmth >= EXPRESSED, reading.asks >= EXPRESSED
    signs = (understood >= TAKEN_UP) + cared + asked
    heard = understood >= EXPRESSED or signs > 1 or (way == GOOD and signs > 0)
    if reading.gets_in_the_way:
        return Felt.PARTLY if heard else Felt.UNHEARD
    if heard:
        return Felt.HEARD
    return Felt.PARTLY if signs else Felt.UNHEARD


def _named(reading: Reading, feeling: str) -> float:
    said = reading.text.lower()
    names = [word.strip(",.") for word in feeling.lower().split()]
    return 1.0 if any(len(word) >= ALIKE and word[:ALIKE] in said for word in names) else 0.0
