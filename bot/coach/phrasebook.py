"""Finding many patterns in a text at once.

Each pattern is filed under the words that it can begin with, and with those that can come second, so that
at a word only the few are tried that have a chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.coach.phrases import Either, Gap, Maybe, PatternPart, Run, WordGroups
from bot.coach.tokens import Tokens

# Any word at all.
ANY = None
Possible = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern was found: the words from `start` up to `end`, and whose pattern it was."""

    owner: int
    start: int
    end: int


class Phrasebook:
    """Patterns with their owners."""

    def __init__(self, phrases: Iterable[tuple[int, Run]]) -> None:
        by_first: dict[str, list[tuple[int, Run, Possible]]] = {}
        seconds: dict[Possible, Possible] = {}
        for owner, run in phrases:
            possible = second(run.parts)
            entry = (owner, run, seconds.setdefault(possible, possible))
            for word in first(run.parts) or ():
                by_first.setdefault(word, []).append(entry)
        # The words of a list begin the same patterns: these are held once for all of them.
        alike: dict[tuple[int, ...], tuple[tuple[int, Run, Possible], ...]] = {}
        self._by_first = {
            word: alike.setdefault(tuple(map(id, entries)), tuple(entries))
            for word, entries in by_first.items()
        }

    def find(self, text: Tokens) -> list[Hit]:
        """Return every place where a pattern stands, the longest from each place."""
        hits: list[Hit] = []
        if not self._by_first:
            return hits
        following = (*text.words[1:], "")
        for at, word in enumerate(text.words):
            for owner, run, possible in self._by_first.get(word, ()):
                if possible is not ANY and following[at] not in possible:
                    continue
                end = max(run.ends(text, at), default=at)
                if end > at:
                    hits.append(Hit(owner, at, end))
        return hits


def first(parts: tuple[PatternPart, ...]) -> Possible:
    """Return the words that pieces can begin with; ANY where that can be any word, or none."""
    words: frozenset[str] = frozenset()
    for number, part in enumerate(parts):
        if isinstance(part, WordGroups):
            return words.union(part.single, part.groups)
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
    groups = frozenset(group[1] for same in part.groups.values() for group in same)
    return _union(groups, [first(rest)] if part.single else [])


def _union(words: frozenset[str], more: Iterable[Possible]) -> Possible:
    for found in more:
        if found is ANY:
            return ANY
        words |= found
    return words
