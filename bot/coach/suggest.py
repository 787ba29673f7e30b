"""One suggestion on a person's own wording: the most useful, with one possible wording of their own where one fits.

What is contempt, a threat or the like gets no wording: it is not to be repaired.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from bot.coach.contrast import KIND as CONTRAST
from bot.coach.reading import Found, Reading
from bot.coach.shape import Table

# Longer than this, what is pointed at is shortened in the suggestion, and a wording is too long to be one.
LONGEST_POINTED_AT = 60
LONGEST_WORDING = 240
# What only the model noticed, and what is missing where nothing is in the way.
UNSAID, MISSING = "unsaid", "missing"
# A wording has to keep something that was noticed; a question alone would leave nothing to send.
_UNDERSTANDING = ("reflecting", "feeling", "sense", "warmth", "thanks")
_CLAUSE_ENDS = frozenset(",.;:!?…\n()")
_LOOSE = " \t\r\n,;:-\u2013\u2014("


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the coach offers a person on their own wording: the sentence they read, wording included."""

    kind: str
    text: str = field(repr=False)
    wording: str | None = field(repr=False)


class Suggestions:
    """The texts of a file, and choosing among them.

    The order of the kinds in the file is the order of use: the first that is found is offered.
    """

    def __init__(self, root: Table, kinds: Sequence[str]) -> None:
        table = root.table("suggestions")
        self.kinds = tuple(table.names())
        self._texts: Mapping[str, tuple[str, ...]] = {kind: _texts(table.table(kind)) for kind in self.kinds}
        self._alone = frozenset(kind for kind in self.kinds if table.table(kind).flag("alone"))
        wording = root.table("wording")
        wording.only("other", "say", "begin", "starters")
        self._other = wording.text("other")
        self._frames = _frames(wording, "say")
        self._begin = _frames(wording, "begin")
        self.starters = wording.texts("starters", needed=True) or ("",)
        for kind in (*kinds, UNSAID, MISSING):
            if kind not in self._texts:
                root.wrong(f'[suggestions.{kind}] is missing; write it with say = ["..."]', "suggestions")

    def offer(self, reading: Reading, last_kind: str | None, other: str = "") -> Suggestion | None:
        """Return the most useful suggestion, or None; never twice in a row for the same thing.

        `other` is the partner's name, where it is known.
        """
        said = [found for found in reading.gets_in_the_way if found.kind == last_kind]
        for kind in self.kinds:
            if kind == last_kind:
                continue
            for found in reading.gets_in_the_way:
                if found.kind == kind and not any(_shares(found, before) for before in said):
                    return self._write(reading, kind, found, other)
        return self._write(reading, UNSAID, None, other) if reading.unsaid and last_kind != UNSAID else None

    def name_missing(self, reading: Reading, other: str = "") -> Suggestion | None:
        """Say what is missing where nothing is in the way; whoever asks sees to it that it stays rare."""
        return self._write(reading, MISSING, None, other) if reading.missing else None

    def _write(self, reading: Reading, kind: str, found: Found | None, other: str) -> Suggestion:
        turn = crc32(reading.text.encode("utf-8", "replace"))
        texts = self._texts[kind]
        pointed_at = _pointed_at(reading.text, found) if found else ""
        sentence = _named(texts[turn % len(texts)], other or self._other).replace("{words}", pointed_at)
        if kind in self._alone:
            return Suggestion(kind, sentence, None)
        own = left_out(reading)
        wording = own or self.starters[turn % len(self.starters)]
        frames = self._frames if own else self._begin
        frame = frames[turn // len(texts) % len(frames)].replace("{wording}", wording)
        return Suggestion(kind, f"{sentence} {frame}", wording)


def _named(text: str, other: str) -> str:
    return text.replace("{other}", other).replace("{Other}", other[:1].upper() + other[1:])


def left_out(reading: Reading) -> str | None:
    """Return the person's own words without what gets in the way; None when too little of worth is left."""
    kept = [span for span in _kept(reading) if span[1] > span[0]]
    if not any(
        _holds(span, found) for span in kept for found in reading.noticed if found.kind in _UNDERSTANDING
    ):
        return None
    wording = " ".join(_closed(reading.text[start:end]) for start, end in kept)
    return wording if len(wording) <= LONGEST_WORDING else None


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


def _holds(span: tuple[int, int], found: Found) -> bool:
    return span[0] <= found.start and found.end <= span[1]


def _shares(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _pointed_at(text: str, found: Found) -> str:
    """Return what was found, up to the end of its clause where that is near."""
    end = found.end
    while end < len(text) and text[end] not in _CLAUSE_ENDS:
        end += 1
    clause = " ".join(text[found.start : end].split())
    if len(clause) <= LONGEST_POINTED_AT:
        return clause
    words = " ".join(found.words.split())
    return words if len(words) <= LONGEST_POINTED_AT else words[:LONGEST_POINTED_AT].rsplit(" ", 1)[0] + " …"


def _texts(table: Table) -> tuple[str, ...]:
    table.only("say", "alone")
    return table.texts("say", needed=True) or ("",)


def _frames(table: Table, key: str) -> tuple[str, ...]:
    for frame in table.texts(key, needed=True):
        if "{wording}" not in frame:
            table.wrong(f"“{frame}” shows no wording; put {{wording}} where it goes", key, frame)
    return table.texts(key) or ("{wording}",)
