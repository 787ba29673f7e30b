"""Splitting long words under Telegram's limits, at sentence or word boundaries.

Telegram counts in UTF-16 units after entities are parsed; Python counts code points. Sentences,
words and clusters are Unicode's (UAX 29), by uniseg. Nothing is lost: the parts, joined, are the text.
"""

from collections.abc import Callable, Iterable, Iterator

from uniseg.graphemecluster import grapheme_clusters
from uniseg.sentencebreak import sentences
from uniseg.wordbreak import words

LONGEST = 3_500  # of 4,096 UTF-16 units, leaving room for the frame around a quotation
LAST_OF_ONE_UNIT = 0xFFFF  # code points above it take two UTF-16 units


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram does."""
    return len(text) + sum(1 for character in text if ord(character) > LAST_OF_ONE_UNIT)


def ranges(text: str, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Split a text into ranges of at most `longest` UTF-16 units each; one range where it fits.

    Ranges are Python offsets, adjacent, and cover the text.
    """
    if units(text) <= longest:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    start = 0
    for part in _pack(_fitting(text, longest), longest):
        found.append((start, start + len(part)))
        start += len(part)
    return found


_FINER: tuple[Callable[[str], Iterable[str]], ...] = (sentences, words, grapheme_clusters, iter)


def _fitting(text: str, longest: int, level: int = 0) -> Iterator[str]:
    """Break a text as coarsely as fits: sentences, else words, else clusters, else characters."""
    for part in _FINER[level](text):
        if units(part) <= longest:
            yield part
        else:
            yield from _fitting(part, longest, level + 1)


def _pack(parts: Iterable[str], longest: int) -> Iterator[str]:
    packed: list[str] = []
    size = 0
    for part in parts:
        if packed and size + units(part) > longest:
            yield "".join(packed)
            packed, size = [], 0
        packed.append(part)
        size += units(part)
    if packed:
        yield "".join(packed)
