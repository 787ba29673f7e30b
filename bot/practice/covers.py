"""What an author has covered of their own words: ranges of code points that stay covered for whoever reads them.

In words on their way to a screen two noncharacters stand around what is covered: nobody can type them, and they
are no words.
"""

import re
from collections.abc import Iterable

OPEN, SHUT = "\ufdd0", "\ufdd1"

Ranges = tuple[tuple[int, int], ...]

_MARKS = re.compile(f"[{OPEN}{SHUT}]")


def marked(text: str, covers: Iterable[tuple[int, int]], start: int = 0, end: int | None = None) -> str:
    """Write a part of a text, with marks around what is covered of it."""
    end = len(text) if end is None else min(end, len(text))
    found, last = [], start
    for first, after in covers:
        begin, stop = max(first, last), min(after, end)
        if begin < stop:
            found += [text[last:begin], OPEN, text[begin:stop], SHUT]
            last = stop
    return "".join((*found, text[last:end]))


def unmarked(text: str) -> tuple[str, Ranges]:
    """Take the marks out of a text; tell what they covered, in order and apart from each other."""
    if OPEN not in text and SHUT not in text:
        return text, ()
    covers: list[tuple[int, int]] = []
    at = depth = begun = 0
    for piece in re.split(f"([{OPEN}{SHUT}])", text):
        if piece == OPEN:
            begun, depth = (at if depth == 0 else begun), depth + 1
        elif piece == SHUT:
            depth = max(0, depth - 1)
            if depth == 0 and begun < at:
                covers.append((begun, at))
        else:
            at += len(piece)
    return _MARKS.sub("", text), _joined(covers)


def hides(covers: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether any of a part of a text is covered."""
    return any(first < end and start < after for first, after in covers)


def moved(covers: Iterable[tuple[int, int]], by: int) -> Ranges:
    """Move ranges, as words before them do."""
    return tuple((first + by, after + by) for first, after in covers)


def written(covers: Ranges | None) -> str | None:
    """Write ranges down: "3-9 12-20"; None where it is not known what of a part is covered."""
    return None if covers is None else " ".join(f"{first}-{after}" for first, after in covers)


def read(text: str | None) -> Ranges | None:
    """Read ranges that were written down."""
    if text is None:
        return None
    pairs = (part.split("-") for part in text.split())
    return tuple((int(first), int(after)) for first, after in pairs)


def _joined(covers: Iterable[tuple[int, int]]) -> Ranges:
    found: list[tuple[int, int]] = []
    for first, after in covers:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(after, found[-1][1]))
        else:
            found.append((first, after))
    return tuple(found)
