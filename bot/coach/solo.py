"""Solo practice: how somebody would answer who was met with these words.

What they say comes from what the coach noticed, never from an echoed word or a question alone. They feel heard where
nothing gets in the way, and the words name or make sense of what was theirs or the model knows them for warm; where
something does, named or only likely, it is that which they answer to; contempt, a threat to leave and a denial of what
was end the moment, kindly.
Nobody grants a part that was not given: "partly" needs something warm in words that can stand by themselves.
"""

from enum import StrEnum

from bot.coach.gravity import FEAR, LOSS
from bot.coach.reading import Reading
from bot.coach.suggest import WOUNDS

# From here on something counts as expressed, or as a hint that a word of theirs was taken up.
EXPRESSED = 0.5
TAKEN_UP = 0.2
# A word of the feeling is recognised by its beginning: "homesick", "homesickness".
ALIKE = 5
# A good moment is heard in joy, where it is joined by a question or by words of theirs.
GOOD = "good"
_UNDERSTANDING = frozenset({"reflecting", "feeling", "sense"})


class Felt(StrEnum):
    """How it landed."""

    HEARD = "heard"
    PARTLY = "partly"
    UNHEARD = "unheard"
    FIXED = "fixed"
    SMALLER = "smaller"
    TURNED = "turned"
    PUSHED = "pushed"
    SHUT = "shut"
    WEIGHED_DOWN = "weighed_down"
    STOPPED = "stopped"


# What each kind of thing in the way does to whoever told the moment.
BY_KIND = {
    "contempt": Felt.STOPPED,
    "leaving": Felt.STOPPED,
    "gaslighting": Felt.STOPPED,
    "collapse": Felt.WEIGHED_DOWN,
    "blame": Felt.PUSHED,
    "mind_reading": Felt.PUSHED,
    "sarcasm": Felt.PUSHED,
    "interrogation": Felt.PUSHED,
    "attacked": Felt.PUSHED,
    "keeping_score": Felt.PUSHED,
    "dismissal": Felt.SHUT,
    "curt": Felt.SHUT,
    "defending": Felt.SHUT,
    "minimising": Felt.SMALLER,
    "big_deal": Felt.SMALLER,
    "toxic_positivity": Felt.SMALLER,
    "comparison": Felt.SMALLER,
    "self_turn": Felt.TURNED,
    "advice": Felt.FIXED,
}
# What only the model noticed, and still leaves a half that may have been warm.
_HALF = frozenset({"but", "advice"})
# Too little, or too patient, for whoever told of fear or of a loss.
_PATIENT = frozenset({Felt.SMALLER, Felt.UNHEARD})


def felt(reading: Reading, way: str = "", feeling: str = "") -> Felt:
    """Tell how a response would land with whoever told the moment.

    `way` and `feeling` are the moment's, where they are known: its feeling named is understanding. What can't be
    read gets the benefit of the doubt.
    """
    if not reading.legible:
        return Felt.PARTLY
    understood = _understood(reading, feeling)
    if reading.troubled:
        landed = _landed(reading)
        half = reading.worth_keeping is not None or (
            reading.unsaid and reading.likely in _HALF and _warm(reading)
        )
        return Felt.PARTLY if understood and half and landed is not Felt.STOPPED else landed
    if understood or reading.kindly or _glad(reading, way):
        return Felt.PARTLY if reading.doubted else Felt.HEARD
    echoed = reading.reflects >= TAKEN_UP and not reading.doubted
    hints = (echoed, reading.warmth >= EXPRESSED, reading.asks >= EXPRESSED)
    return Felt.PARTLY if any(hints) else Felt.UNHEARD


def _landed(reading: Reading) -> Felt:
    """Tell which of the things in the way is answered to: what ends a moment, else what the model takes it for."""
    likely = reading.likely if reading.clearly else ""
    found = sorted(reading.gets_in_the_way, key=lambda one: (one.kind != likely, not one.sure))
    unnamed = reading.likely if likely or reading.likely in WOUNDS else ""
    kinds = [one.kind for one in found] or [unnamed]
    landings = [BY_KIND[kind] for kind in kinds if kind in BY_KIND]
    if Felt.STOPPED in landings:
        return Felt.STOPPED
    landed = next(iter(landings), Felt.UNHEARD)
    return Felt.SHUT if landed in _PATIENT and reading.tells in {FEAR, LOSS} else landed


def _warm(reading: Reading) -> bool:
    return reading.warmth >= EXPRESSED


def _understood(reading: Reading, feeling: str) -> bool:
    """Whether the words say what it was like, in a way that no echo does by itself."""
    said = any(found.kind in _UNDERSTANDING for found in reading.noticed)
    clearly = max(reading.reflects, reading.names_feeling, reading.makes_sense) >= EXPRESSED
    return (said and clearly) or _named(reading, feeling)


def _glad(reading: Reading, way: str) -> bool:
    if way != GOOD or reading.warmth < EXPRESSED:
        return False
    return reading.asks >= EXPRESSED or reading.reflects >= TAKEN_UP


def _named(reading: Reading, feeling: str) -> bool:
    said = reading.text.lower()
    names = [word.strip(",.") for word in feeling.lower().split()]
    return any(len(word) >= ALIKE and word[:ALIKE] in said for word in names)
