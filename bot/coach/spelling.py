"""What people type in the spelling of the patterns: "u" as "you", "shouldve" as "should have"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.coach.marks import unmarked

# Below this length one changed letter too often makes another word ("tired", "tried"; "heard", "hears").
SHORTEST_FORGIVEN = 7
# From this length on two slips still leave the word recognisable ("dissapointed").
LONG = 11


@dataclass(frozen=True, slots=True)
class Speller:
    """Turns one written word into the words that it stands for.

    `typed` maps whole words, `endings` the part from an apostrophe on; `forgiven` are long words that are
    recognised with one slip of the finger, and `known` the words that are never taken for a slip. Where a language is
    `bare`, accents and the like are left out, in patterns as in what people type; where it is `elided`, an apostrophe
    parts two words ("m'a").
    """

    typed: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, str]
    forgiven: tuple[str, ...] = ()
    known: frozenset[str] = field(default=frozenset())
    bare: bool = False
    elided: bool = False

    def __call__(self, word: str) -> tuple[str, ...]:
        """Return the words that a lower-case word with straight apostrophes stands for."""
        if self.bare:
            word = unmarked(word)
        if word in self.typed:
            return self.typed[word]
        if "'" in word:
            return self._split(word) if self.elided else self._apart(word)
        if word in self.known or len(word) < SHORTEST_FORGIVEN:
            return (word,)
        return (self._forgive(word),)

    def _split(self, word: str) -> tuple[str, ...]:
        return tuple(part for piece in word.split("'") if piece for part in self(piece))

    def _apart(self, word: str) -> tuple[str, ...]:
        for ending, stands_for in self.endings.items():
            if word.endswith(ending) and len(word) > len(ending):
                head = self(word[: -len(ending)])
                return (*head, stands_for) if stands_for else head
        return (word.replace("'", ""),)

    def _forgive(self, word: str) -> str:
        slips = 2 if len(word) >= LONG else 1
        near = process.extractOne(word, self.forgiven, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near is not None and near[0][0] == word[0] else word


def forgivable(words: Iterable[str]) -> tuple[str, ...]:
    """Keep the words that are long enough to be recognised with a slip."""
    return tuple(sorted({word for word in words if len(word) >= SHORTEST_FORGIVEN and word.isalpha()}))
