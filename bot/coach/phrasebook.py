"""Finding many patterns in a text at once.

Each pattern is filed under the words that it can begin with, and with those that can come second, so that
at a word only the few are tried that have a chance.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.coach.alphabet import UNKNOWN
from bot.coach.phrases import Either, Gap, Maybe, PatternPart, Run, WordGroups
from bot.coach.tokens import Tokens

# Any word at all.
ANY = None
Possible = frozenset[str] | None
_TWO_BYTES = 0xFFFF


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern was found: the words from `start` up to `end`, and whose pattern it was."""

    owner: int
    start: int
    end: int


class Postings:
    """For each word the patterns that are filed under it, by their numbers; alike ones are held once."""

    def __init__(self, words_of: Iterable[Possible]) -> None:
        filed: dict[str, list[int]] = {}
        for number, words in enumerate(words_of):
            for word in words or ():
                filed.setdefault(word, []).append(number)
        begins: dict[tuple[int, ...], int] = {}
        rows: list[int] = []
        for row in map(tuple, filed.values()):
            if row not in begins:
                begins[row] = len(rows)
                rows += (len(row), *row)
        self._words = "".join(filed)
        self._begins = _small([begins[tuple(row)] for row in filed.values()])
        self._rows = _small(rows)

    def of(self, word: str) -> Sequence[int]:
        """Return the patterns under a word, in their order."""
        place = self._words.find(word)
        if place < 0:
            return ()
        begins = self._begins[place] + 1
        return self._rows[begins : begins + self._rows[begins - 1]]


class Phrasebook:
    """Patterns with their owners."""

    def __init__(self, phrases: Iterable[tuple[int, Run]]) -> None:
        owned = list(phrases)
        self._owners, self._runs = _small([owner for owner, _ in owned]), tuple(run for _, run in owned)
        self._first = Postings(first(run.parts) for run in self._runs)
        self._second = Postings(second(run.parts) for run in self._runs)
        self._whatever = bytes(second(run.parts) is ANY for run in self._runs)

    def find(self, text: Tokens) -> list[Hit]:
        """Return every place where a pattern stands, the longest from each place."""
        hits: list[Hit] = []
        if not self._runs:
            return hits
        for at, (word, after) in enumerate(pairwise(text.letters + UNKNOWN)):
            if not (begun := self._first.of(word)):
                continue
            followed = {*self._second.of(after)}
            for number in begun:
                if not self._whatever[number] and number not in followed:
                    continue
                end = max(self._runs[number].ends(text, at), default=at)
                if end > at:
                    hits.append(Hit(self._owners[number], at, end))
        return hits


def _small(numbers: Sequence[int]) -> "array[int]":
    """Hold whole numbers in as little room as they need."""
    return array("H" if max(numbers, default=0) <= _TWO_BYTES else "L", numbers)


def first(parts: tuple[PatternPart, ...]) -> Possible:
    """Return the words that pieces can begin with; ANY where that can be any word, or none."""
    words: frozenset[str] = frozenset()
    for number, part in enumerate(parts):
        if isinstance(part, WordGroups):
            return words.union(choice[0] for choice in part.choices)
        if isinstance(part, Run):
            found = first((*part.parts, *parts[number + 1 :]))
            return ANY if found is ANY else words | found
        if isinstance(part, Either):
            return _union(words, (first((*run.parts, *parts[number + 1 :])) for run in part.runs))
        if isinstance(part, Gap):
            return ANY
        if isinstance(part, Maybe):
            found = first((part.part,))
            if found is ANY:
                return ANY
            words |= found
    return ANY


def second(parts: tuple[PatternPart, ...]) -> Possible:
    """Return the words that can come second in pieces; ANY where that can be any word, or none needs to."""
    words: frozenset[str] = frozenset()
    for number, part in enumerate(parts):
        rest = parts[number + 1 :]
        if isinstance(part, WordGroups):
            return _union(words, [_after(part, rest)])
        if isinstance(part, Run):
            return _union(words, [second((*part.parts, *rest))])
        if isinstance(part, Either):
            return _union(words, (second((*run.parts, *rest)) for run in part.runs))
        if isinstance(part, Gap):
            return ANY
        if isinstance(part, Maybe):
            found = second((part.part, *rest))
            if found is ANY:
                return ANY
            words |= found
    return ANY


def _after(part: WordGroups, rest: tuple[PatternPart, ...]) -> Possible:
    return _union(
        frozenset(choice[1] for choice in part.choices if len(choice) > 1),
        [first(rest)] if part.single else [],
    )


def _union(words: frozenset[str], more: Iterable[Possible]) -> Possible:
    for found in more:
        if found is ANY:
            return ANY
        words |= found
    return words
