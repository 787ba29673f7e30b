"""One suggestion on a person's own wording: the most useful, with one possible wording of their own where one fits.

What is contempt, a threat or the like gets no wording: it is not to be repaired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from bot.coach.contrast import KIND as CONTRAST
from bot.coach.gravity import MOMENTS
from bot.coach.reading import Found, Reading
from bot.coach.shape import Table

# Longer than this, what is pointed at is shortened in the suggestion.
WORDS = "{words}"  # where a text repeats what was found
LONGEST_POINTED_AT = 60
# What only the model noticed, and what is missing where nothing is in the way.
UNSAID, MISSING = "unsaid", "missing"
# What wounds is never met by what suits its moment: it is stopped.
WOUNDS = frozenset({"contempt", "gaslighting", "leaving"})
# Where somebody breaks down, or wounds, nothing smaller is held against them.
COLLAPSE = "collapse"
MET_FIRST = WOUNDS | {COLLAPSE}
_LOOSE = " ,;:-\u2013\u2014"
_CLAUSE_ENDS = frozenset(",.;:!?…\n()")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the coach offers a person on their own wording: the sentence they read, wording included."""

    kind: str
    text: str = field(repr=False)
    wording: str | None = field(repr=False)


class Suggestions:
    """The texts of a file, and choosing among them.

    Of what is found that is offered which the model takes it for, then what is surely meant; the order of the kinds in
    the file decides among the rest. What breaks down or surely wounds comes first.
    """

    def __init__(self, root: Table, kinds: Sequence[str]) -> None:
        table = root.table("suggestions")
        self.kinds = tuple(table.names())
        self._texts: Mapping[str, tuple[str, ...]] = {
            kind: _texts(table.table(kind), kinds) for kind in self.kinds
        }
        self._fitting = {
            (kind, fits): texts
            for kind in self.kinds
            for fits in (*kinds, *MOMENTS)
            if (texts := table.table(kind).texts(fits))
        }
        self._openings = {kind: table.table(kind).texts("begin") for kind in self.kinds}
        self._alone = frozenset(kind for kind in self.kinds if table.table(kind).flag("alone"))
        wording = root.table("wording")
        wording.only("other", "say", "begin", "starters", "gently")
        self._other = wording.text("other")
        self._frames = _frames(wording, "say")
        self._begin = _frames(wording, "begin")
        self._starters = wording.texts("starters", needed=True) or ("",)
        self._gently = wording.texts("gently", needed=True) or ("",)
        own = [opening for openings in self._openings.values() for opening in openings]
        self.starters = tuple(dict.fromkeys([*self._starters, *self._gently, *own]))
        for kind in (*kinds, UNSAID, MISSING):
            if kind not in self._texts:
                root.wrong(f'[suggestions.{kind}] is missing; write it with say = ["..."]', "suggestions")

    def offer(
        self, reading: Reading, last_kind: str | None, other: str = "", *, quotes: bool = True
    ) -> Suggestion | None:
        """Return the most useful suggestion, or None; never twice in a row for the same thing.

        `other` is the partner's name, where it is known. Where it `quotes` none, a text is chosen that repeats no word.
        """
        found = reading.gets_in_the_way
        said = [one for one in found if one.kind == last_kind]
        if last_kind != UNSAID and reading.unsaid:
            return self._write(reading, UNSAID, None, other)
        for one in sorted(found, key=lambda one: self._place(reading, one)):
            if one.kind != last_kind and not any(_shares(one, before) for before in said):
                return self._write(reading, one.kind, one, other, quotes=quotes)
        return None

    def name_missing(self, reading: Reading, other: str = "") -> Suggestion | None:
        """Say what is missing where nothing is in the way; whoever asks sees to it that it stays rare."""
        return self._write(reading, MISSING, None, other) if reading.missing else None

    def _place(self, reading: Reading, one: Found) -> tuple[bool, bool, bool, int]:
        """Return where among all that is found this stands; the lowest is offered."""
        likely = reading.clearly and one.kind == reading.likely
        first = one.kind in MET_FIRST and (one.sure or likely)
        return not first, not likely, not one.sure, self.kinds.index(one.kind)

    def _write(
        self, reading: Reading, kind: str, found: Found | None, other: str, *, quotes: bool = True
    ) -> Suggestion:
        turn = crc32(reading.text.encode("utf-8", "replace"))
        texts = self._for(reading, kind)
        if not quotes:
            texts = tuple(text for text in texts if WORDS not in text) or texts
        pointed_at = _pointed_at(reading.text, found) if found else ""
        text = texts[turn % len(texts)]
        sentence = _named(text, other or self._other).replace(WORDS, pointed_at)
        own = reading.worth_keeping
        if kind in self._alone or (own is None and "?" in text):  # one question, or one opening: never both
            return Suggestion(kind, sentence, None)
        openings = self._gently if reading.tells else self._openings[kind] or self._starters
        wording = own or openings[turn % len(openings)]
        frames = self._frames if own else self._begin
        frame = frames[turn // len(texts) % len(frames)].replace("{wording}", wording)
        return Suggestion(kind, f"{sentence} {frame}", wording)

    def _for(self, reading: Reading, kind: str) -> tuple[str, ...]:
        """Return the texts of a kind, or those that were written for what it likely is, or for such a moment.

        What may be one kind as well as another is not named, unless it wounds.
        """
        likely = reading.likely if reading.clearly else ""
        first = kind == UNSAID and (reading.likely in WOUNDS or likely == COLLAPSE)
        order = (reading.likely,) if first else (reading.tells, likely)
        fitting = (self._fitting.get((kind, name)) for name in order)
        return next((texts for texts in fitting if texts), self._texts[kind])


def _named(text: str, other: str) -> str:
    return text.replace("{other}", other).replace("{Other}", other[:1].upper() + other[1:])


def _shares(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _pointed_at(text: str, found: Found) -> str:
    """Return what was found with its clause: from its beginning where it is near, and cut at a word where it is long.

    What takes back what stands before it is shown from where it turns.
    """
    start, end = found.start, found.end
    while start < end and (text[start] in _CLAUSE_ENDS or text[start].isspace()):
        start += 1
    first = start
    while end < len(text) and (text[end] not in _CLAUSE_ENDS or _in_a_number(text, end)):
        end += 1
    while found.kind != CONTRAST and start > 0 and text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    whole, rest = (" ".join(text[at:end].split()).lstrip(_LOOSE) for at in (start, first))
    clause = whole if len(whole) <= LONGEST_POINTED_AT else rest
    if len(clause) <= LONGEST_POINTED_AT:
        return clause
    return clause[:LONGEST_POINTED_AT].rsplit(" ", 1)[0] + " …"


def _in_a_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _texts(table: Table, kinds: Sequence[str]) -> tuple[str, ...]:
    table.only("say", "alone", "begin", *kinds, *MOMENTS)
    return table.texts("say", needed=True) or ("",)


def _frames(table: Table, key: str) -> tuple[str, ...]:
    for frame in table.texts(key, needed=True):
        if "{wording}" not in frame:
            table.wrong(f"“{frame}” shows no wording; put {{wording}} where it goes", key, frame)
    return table.texts(key) or ("{wording}",)
