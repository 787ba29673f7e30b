"""The coach: reads a person's own wording, and may offer one suggestion on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from bot.coach.beside import crossed
from bot.coach.contrast import KIND as CONTRAST
from bot.coach.features import words_of
from bot.coach.keeping import Keeping
from bot.coach.model import Model
from bot.coach.reader import LONGEST, Reader
from bot.coach.reading import NUMBERS, Found, Reading
from bot.coach.shape import CoachError, Flaw, Spot, Table
from bot.coach.suggest import COLLAPSE, MET_FIRST, WOUNDS, Suggestion, Suggestions

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
    "gravity",
    "mirror",
    "beside",
    "not_offered",
    "suggestions",
    "wording",
)


LEAVING = "leaving"
# What the model is about: whether something gets in the way.
UNHELPFUL = "unhelpful"
# From where on one of the five numbers is told to the model.
STEPS = (0.1, 0.3, 0.5, 0.7, 0.9)
# The class of length from which on all are alike, beside a moment: in threes of words.
LONG = 6
# How far a kind is ahead of the next where the model names the right one at least every second time, on the hands for
# tuning that were left out.
CLEARLY = 0.15
# ... and where something sure gives way to what wounds.
SURELY = 0.5
# From which score of the model on a phrase is believed that another phrase bears out.
BORNE_OUT = -0.7
# The kinds that the model knows by another name than the phrases.
_OTHERWISE = {
    "defensiveness": "defending",
    "feel_attacked": "attacked",
    "one_word": "curt",
    "threat_to_leave": "leaving",
    "whats_the_big_deal": "big_deal",
}


class Coach:
    """Made by `Coach.from_data`; holds patterns and no text that it has read."""

    def __init__(
        self, reader: Reader, suggestions: Suggestions, keeping: Keeping, model: Model | None
    ) -> None:
        self.reader = reader
        self._keeping = keeping
        self.suggestions = suggestions
        self._model = model if model is not None and model.about == UNHELPFUL else None

    @classmethod
    def from_data(cls, mapping: Mapping[str, Any], model: Model | None = None) -> Self:
        """Make a coach from a parsed file, with a model where there is one; raise CoachError with plain findings."""
        findings: list[Flaw] = []
        root = Table(mapping, Spot(), findings)
        root.only(*SECTIONS)
        root.text("language", default="")
        reader = Reader(root)
        kinds = dict.fromkeys([CONTRAST, *(rule.name for rule in reader.ways.rules)])
        suggestions = Suggestions(root, list(kinds))
        keeping = Keeping(reader.language, root.table("not_offered"))
        reader.language.forget()
        if findings:
            raise CoachError(findings)
        return cls(reader, suggestions, keeping, model)

    def read(self, text: str, about: str = "") -> Reading:
        """Read a response to the partner's words; what repeats them is not held against the writer.

        A phrase that the model finds most unlikely is dropped, and so are the less sure ones where the model is sure
        of another kind; where there is none, the model may notice something.
        """
        reading = self._read(text, about)
        if not reading.gets_in_the_way:
            return reading
        return replace(
            reading, worth_keeping=self._keeping.piece(reading, lambda piece: self._read(piece, about))
        )

    def _read(self, text: str, about: str) -> Reading:
        reading = _gently(self.reader.read(text, about))
        if self._model is None or not reading.legible or len(text) > LONGEST:
            return reading
        limits = self._model.limits
        score, head, lead = self._model.judge(text, hints(reading))
        found = reading.gets_in_the_way
        support = BORNE_OUT if _takes_back(found) or _twofold(found) else limits.support
        kept = tuple(one for one in found if one.plain or score > (support if one.sure else limits.firm))
        mirrored = reading.mirrors and not found
        noticed, likely = score > limits.alone and not mirrored, _OTHERWISE.get(head, head)
        if noticed and likely == COLLAPSE:
            kept = tuple(one for one in kept if one.kind in MET_FIRST)
        elif noticed and not any(_stands(one, likely, lead) for one in kept):
            kept = ()
        doubted = len(kept) < len(found) or score > limits.doubt
        if any(one.kind == COLLAPSE for one in kept):
            likely = COLLAPSE
        unsaid = noticed and not kept
        return replace(
            reading,
            gets_in_the_way=kept,
            unsaid=unsaid,
            likely=likely if noticed else "",
            clearly=noticed and lead >= CLEARLY,
            doubted=doubted,
            kindly=not found and score < limits.heard,
        )

    def tells(self, text: str) -> str:
        """Name what somebody's words tell that wants care, one of `gravity.MOMENTS`; empty where nothing is found."""
        return self.reader.tells(text)

    def suggest(
        self, reading: Reading, last_kind: str | None = None, other: str = "", *, quotes: bool = True
    ) -> Suggestion | None:
        """Return the most useful suggestion, or None; none of the kind that was the last one offered.

        Where it `quotes` none, it repeats no word of the text.
        """
        return self.suggestions.offer(reading, last_kind, other, quotes=quotes)


def _gently(reading: Reading) -> Reading:
    """Return what was read without a threat in it where somebody breaks down: "you'd be better without me"."""
    if COLLAPSE not in reading.kinds:
        return reading
    return replace(
        reading, gets_in_the_way=tuple(one for one in reading.gets_in_the_way if one.kind != LEAVING)
    )


def _stands(one: Found, likely: str, lead: float) -> bool:
    """Whether a phrase still names what is in the way where the model takes the text for a kind.

    A "but" is there for all to see; what is plain or wounds is never left for the model's word.
    """
    if one.plain or one.kind == likely or (one.sure and one.kind in MET_FIRST):
        return True
    if likely in WOUNDS:
        return one.sure and lead < SURELY
    return one.kind == CONTRAST or (one.sure and lead < CLEARLY)


def _takes_back(found: Sequence[Found]) -> bool:
    """Whether a "but" leads to what is surely in the way by itself: "..., but you should have".

    The warm words before it mislead the model.
    """
    turns = [one for one in found if one.kind == CONTRAST]
    others = [one for one in found if one.kind != CONTRAST and one.sure]
    return any(turn.start <= one.start and one.end <= turn.end for turn in turns for one in others)


def _twofold(found: Sequence[Found]) -> bool:
    """Whether two kinds are surely there ("you always ..., you should just ..."): each supports the other."""
    return len({one.kind for one in found if one.sure}) > 1


def hints(reading: Reading) -> set[str]:
    """Return what the phrases noticed, of an understanding and of what is in the way, as features for the model.

    Each of them and each word also stands beside the kind of moment that is answered.
    """
    found = {f"noticed {one.kind}" for one in reading.noticed} or {"noticed nothing"}
    found |= {f"{name} {step}" for name in NUMBERS for step in STEPS if getattr(reading, name) >= step}
    found |= {f"found {one.kind}" for one in reading.gets_in_the_way}
    found |= {f"found {'surely' if one.sure else 'perhaps'}" for one in reading.gets_in_the_way}
    words = words_of(reading.text)
    size = f"long {min(LONG, len(words) // 3)}"
    return found | crossed(reading.beside, (*found, *words, size))
