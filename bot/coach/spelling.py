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
# What is written onto the front of a word is taken off where so much of it is left: of a shorter one it is a part.
SHORTEST_LEFT = 4


@dataclass(frozen=True, slots=True)
class Speller:
    """Turns one written word into the words that it stands for.

    `typed` maps whole words, `endings` the part from an apostrophe on; `forgiven` are long words that are
    recognised with one slip of the finger, and `known` the words that are never taken for a slip. Where a language is
    `bare`, accents and the like are left out, in patterns as in what people type; where it is `elided`, an apostrophe
    parts two words ("m'a"). `written` maps whole words before that, `letters` are typed for others (ae for ä), and
    `beginnings` maps what is written onto the front of a word ("and", a tense) to what is left of it.
    """

    typed: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, str]
    forgiven: tuple[str, ...] = ()
    known: frozenset[str] = field(default=frozenset())
    bare: bool = False
    elided: bool = False
    written: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    beginnings: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, word: str) -> tuple[str, ...]:
        """Return the words that a lower-case word with straight apostrophes stands for."""
        if word in self.written:
            return (self.written[word],)
        if self.bare:
            word = unmarked(word)
        for typed, meant in self.letters.items():
            word = word.replace(typed, meant)
        return self._spell(word)

    def _spell(self, word: str) -> tuple[str, ...]:
        if word in self.typed:
            return self.typed[word]
        for beginning, left in self.beginnings.items():
            if word.startswith(beginning) and len(word) - len(beginning) + len(left) >= SHORTEST_LEFT:
                return self._spell(left + word[len(beginning) :])
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
