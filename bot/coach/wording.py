"""How a model reads the words of a language: English as it is typed, any other without its marks, and by their senses.

A sense is a name for words that mean nearly the same ("phone": a mobile, a chat, a call). What is said of danger is
said in many words of few senses, and a language for which there are few texts learns more by the senses than by the
words: also from what is told in another language. Nothing here keeps a word that somebody wrote. Time is linear in
the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.coach.marks import unmarked

# Two letters for one with dots, in German.
_TYPED = {"de": (("ae", "a"), ("oe", "o"), ("ue", "u"))}
# How far two senses may stand apart and still be taken in their order.
NEAR = 4
_BEGINNING, _INSIDE = "*", "~"
# Shorter pieces of words mean nothing by themselves.
_SHORTEST = 2


class Meanings:
    """Which senses a word has: known whole, by its beginning ("golp*"), or by a piece of it ("~schlag")."""

    def __init__(self, named: Mapping[str, str], wording: "Manner") -> None:
        self._whole: dict[str, tuple[str, ...]] = {}
        self._begun: dict[str, tuple[str, ...]] = {}
        self._inside: dict[str, tuple[str, ...]] = {}
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # a set for each word would take most of it all
        for name, known in named.items():
            for entry in known.split():
                bare = "".join(wording.spell(entry.strip(_BEGINNING + _INSIDE).replace("-", "")))
                where = (
                    self._begun
                    if entry.endswith(_BEGINNING)
                    else self._inside
                    if entry.startswith(_INSIDE)
                    else self._whole
                )
                senses = (*where.get(bare, ()), name)
                where[bare] = alike.setdefault(senses, senses)
        self._longest = max(map(len, self._inside), default=0)

    def of(self, word: str) -> set[str]:
        """Return the senses of a word that is spelled as the model spells it."""
        found = set(self._whole.get(word, ()))
        for end in range(_SHORTEST, len(word) + 1):
            found.update(self._begun.get(word[:end], ()))
        for start in range(len(word)) if self._longest else ():
            for end in range(start + _SHORTEST, min(len(word), start + self._longest) + 1):
                found.update(self._inside.get(word[start:end], ()))
        return found

    def names(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the features that senses make: each, each two of a text, and two near each other in their order."""
        placed = [(at, sense) for at, word in enumerate(words) for sense in sorted(self.of(word))]
        there = sorted({sense for _, sense in placed})
        yield from (f"sense {sense}" for sense in there)
        yield from (f"sense {one} + {other}" for one, other in combinations(there, 2))
        for number, (at, sense) in enumerate(placed, 1):
            for after, other in placed[number:]:
                if after > at + NEAR:
                    break
                if after > at:
                    yield f"sense {sense} > {other}"


@dataclass(frozen=True, slots=True)
class Manner:
    """What a model takes for a feature in one language: its spelling, the lengths of pieces of words, and senses."""

    language: str = "en"
    pieces: tuple[int, ...] = (4, 5)
    beginnings: tuple[int, ...] = (5,)
    meanings: Meanings | None = field(default=None, repr=False)

    @property
    def english(self) -> bool:
        """Whether it is English, whose persons and numbers are known."""
        return self.language == "en"

    def spell(self, word: str) -> tuple[str, ...]:
        """Return the words that a lower-case word with straight apostrophes stands for."""
        if self.english:
            return (word.replace("'", ""),)
        for typed, meant in _TYPED.get(self.language, ()):
            word = word.replace(typed, meant)
        return tuple(unmarked(word).split("'"))

    def sensed(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the features that senses make, where there are senses."""
        return self.meanings.names(words) if self.meanings else iter(())


ENGLISH = Manner()


def wording(language: str, meanings: Mapping[str, str]) -> Manner:
    """Return how a language is read, with its senses: a name, and the words that have it."""
    if language == ENGLISH.language:
        return ENGLISH
    bare = Manner(language)
    return Manner(language, (3, 4, 5), (4, 5, 6), Meanings(meanings, bare))
