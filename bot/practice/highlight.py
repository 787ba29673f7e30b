"""A highlight: a sentence of the other's revealed words that a reader has marked for themselves.

It holds no words: it says where in somebody's words they stand, and they are read through the seal each time. So it
goes with the words, whoever deletes them, and tells nothing once the couple has parted. Whose words they are hears
of it where the reader wants that, and not before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.practice.ids import HighlightId, PartnerId, PieceId, RoundId
from bot.practice.round import Slot

_CLOSING = "\"'\u2019\u201d\u00bb)\\]\u300d\u300f"  # what may close a quotation behind the mark that ends its sentence
_END = re.compile(
    rf"""
      [\u3002\uff01\uff1f]+[{_CLOSING}]*  # they are followed by no blank
    | [.!?\u2026\u061f\u06d4\u0964]+[{_CLOSING}]*(?=\s|$)
    | \n+
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Highlight:
    """Where a sentence stands: the other's words, one part of them, and a range in it."""

    id: HighlightId
    reader: PartnerId
    author: PartnerId
    round: RoundId
    slot: Slot
    piece: PieceId
    start: int
    end: int
    made_at: datetime
    told_at: datetime | None = None  # when its author was told, by a press of the reader's


def sentences(text: str) -> list[tuple[int, int]]:
    """Find where the sentences of a text stand, without the blanks around them; a line is one at least.

    A full stop ends none where a small letter follows or a single letter stands before it: "e.g. this", "J. K.".
    """
    found = list(_spans(text))
    return [(start, end) for start, end in found if any(c.isalnum() for c in text[start:end])]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        if not _goes_on(text, start, mark):
            yield _bare(text, start, mark.end())
            start = mark.end()
    yield _bare(text, start, len(text))


def _goes_on(text: str, start: int, mark: re.Match[str]) -> bool:
    if mark.group()[0] != ".":
        return False
    before, after = text[start : mark.start()], text[mark.end() :].lstrip(" \t")
    initial = before[-1:].isalpha() and not before[-2:-1].isalnum()
    return bool(after) and (after[0].islower() or (initial and mark.group() == "." and before[-1:].isupper()))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return start + left, start + max(left, len(part.rstrip()))
