r"""Splitting long words under Telegram's limits: after a sentence, else a word, else what reads as one sign.

Telegram counts in UTF-16 units after entities are parsed; Python counts code points. Nothing is lost: the
parts, joined, are the text. What is read as one sign (an accented letter, a family of emoji) is a grapheme
cluster of UAX 29; it is cut only where it alone is too long.

Every step is linear in the text. Segmenters that go back are not: 5,000 spaces in one text, or accents on
one letter, cost uniseg 10 to 50 seconds of the event loop. Possessive quantifiers (`*+`) never go back; flags
are matched in pairs, because `\X` counts them from the first one each time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import regex

LONGEST = 3_500  # of 4,096 UTF-16 units, leaving room for the frame around a quotation
LAST_OF_ONE_UNIT = 0xFFFF  # code points above it take two UTF-16 units

Ends = Sequence[int]

_WORD = re.compile(r"\s++")
_SENTENCE = re.compile(
    r"""
      (?<![.!?\u2026\u061F\u06D4\u0964\u0965])    # not from within a row of full stops
      [.!?\u2026\u061F\u06D4\u0964\u0965]++       # Latin, Arabic and Indic ends
      ["'\u2019\u201D\u00BB)\]]*+ \s++
    | [\u3002\uFF01\uFF1F]++                      # Chinese and Japanese ones, which no space follows
      [\u201D\u300D\u300F\uFF09]*+ \s*+
    | \n\s*+
    """,
    re.VERBOSE,
)
_SIGN = regex.compile(r"\p{RI}{2}[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]*+|\X")


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram does."""
    return len(text) + sum(1 for character in text if ord(character) > LAST_OF_ONE_UNIT)


def ranges(text: str, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Split a text into ranges of at most `longest` UTF-16 units each; one range where it fits.

    Ranges are Python offsets, adjacent, and cover the text. `longest` is 2 or more.
    """
    if units(text) <= longest:
        return [(0, len(text))]
    size = [0, *accumulate(1 + (ord(character) > LAST_OF_ONE_UNIT) for character in text)]
    signs = [match.end() for match in _SIGN.finditer(text)]
    whole = frozenset(signs)
    levels: list[Ends] = [
        [match.end() for match in coarse.finditer(text) if match.end() in whole]
        for coarse in (_SENTENCE, _WORD)
    ]
    levels += [signs, range(1, len(text))]
    return _packed(_fitting(levels, size, longest, 0, len(text)), size, longest)


def _fitting(
    levels: Sequence[Ends], size: Sequence[int], longest: int, start: int, end: int
) -> Iterator[int]:
    """Tell where to break a text, as coarsely as fits: sentences, else words, signs, characters."""
    ends = levels[0]
    for stop in (*ends[bisect_right(ends, start) : bisect_left(ends, end)], end):
        if size[stop] - size[start] <= longest:
            yield stop
        else:
            yield from _fitting(levels[1:], size, longest, start, stop)
        start = stop


def _packed(stops: Iterator[int], size: Sequence[int], longest: int) -> list[tuple[int, int]]:
    """Put as many neighbours into one range as fit."""
    found: list[tuple[int, int]] = []
    start = last = 0
    for stop in stops:
        if size[stop] - size[start] > longest:
            found.append((start, last))
            start = last
        last = stop
    return [*found, (start, last)]
