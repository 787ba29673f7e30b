"""Splitting long words under Telegram's limits: after a sentence, else a word, else what is read as one sign.

Telegram counts in UTF-16 units after entities are parsed; Python counts code points. Nothing is lost: the
parts, joined, are the text. What is read as one sign (an accented letter, a family of emoji) is a grapheme
cluster of UAX 29; it is cut only where it alone is too long.

Every step is linear in the text. uniseg's own segmenters are not: 5,000 spaces in one text, or accents on one
letter, cost them 10 to 50 seconds of the event loop. So uniseg tells of what kind a character is, and an
expression over these kinds finds the clusters; possessive quantifiers (`*+`) never go back.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from uniseg.derived import InCB, indic_conjunct_break
from uniseg.emoji import extended_pictographic
from uniseg.graphemecluster import GCB, grapheme_cluster_break

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
_LETTERS = {
    GCB.CR: "r",
    GCB.LF: "n",
    GCB.CONTROL: "c",
    GCB.EXTEND: "e",
    GCB.ZWJ: "z",
    GCB.REGIONAL_INDICATOR: "f",
    GCB.PREPEND: "p",
    GCB.PACINGMARK: "s",
    GCB.L: "L",
    GCB.V: "V",
    GCB.T: "T",
    GCB.LV: "A",
    GCB.LVT: "B",
}
_CLUSTER = re.compile(
    r"""
      rn | [rnc]
    | p*+                                        # what is put before a sign
      (?: L*+ (?: [AV]V*+T*+ | BT*+ ) | L++ | T++  # a Hangul syllable
        | ff                                     # a flag
        | x (?: [ekw]*+ zx )*+                   # an emoji, or several joined
        | q (?: [ez]*+ k [ekz]*+ q )*+           # an Indic conjunct
        | [^rnc] )
      [ekwzs]*+                                  # what is put onto it
    | p++
    """,
    re.VERBOSE,
)


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
    signs = [match.end() for match in _CLUSTER.finditer("".join(map(_kind, text)))]
    whole = frozenset(signs)
    levels: list[Ends] = [
        [match.end() for match in coarse.finditer(text) if match.end() in whole]
        for coarse in (_SENTENCE, _WORD)
    ]
    levels += [signs, range(1, len(text))]
    return _packed(_fitting(levels, size, longest, 0, len(text)), size, longest)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Tell in one letter of what kind a character is, as UAX 29 asks for clusters."""
    conjunct = indic_conjunct_break(character)
    if conjunct is InCB.CONSONANT:
        return "q"
    if conjunct is InCB.LINKER:
        return "k"
    letter = _LETTERS.get(grapheme_cluster_break(character))
    if letter == "e":
        return "e" if conjunct is InCB.EXTEND else "w"
    return letter or ("x" if extended_pictographic(character) else "o")


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
