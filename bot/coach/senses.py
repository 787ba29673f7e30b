"""Words that mean alike, for the model: what was learned of "mum" says something of "auntie", too.

The groups stand in the model's own file, which has them from the one it was trained with. A word may be in several
groups; one that is in none is looked up without its ending.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

# How far apart two words may stand, and their groups still be taken together.
APART = 3
# What is left of a word without its ending has so many letters at least.
SHORTEST = 3


class Senses:
    """The groups of a file; without any, no word has one."""

    def __init__(self, groups: Mapping[str, str], endings: Sequence[tuple[str, str]]) -> None:
        self._groups: dict[str, tuple[str, ...]] = {}
        for name, words in groups.items():
            for word in dict.fromkeys(words.split()):
                self._groups[word] = (*self._groups.get(word, ()), f"<{name}>")
        self._endings = tuple(endings)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Make them from what a file holds; raise ValueError, KeyError or TypeError where it holds something else."""
        groups = {str(name): str(words) for name, words in data["groups"].items()}
        endings = [(str(ending), str(instead)) for ending, instead in data["endings"]]
        return cls(groups, endings)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the groups of a word."""
        found = self._groups.get(word)
        if found is not None:
            return found
        for ending, instead in self._endings:
            stem = word.removesuffix(ending)
            if SHORTEST <= len(stem) < len(word) and (found := self._groups.get(stem + instead)):
                return found
        return ()

    def features(self, line: Sequence[str]) -> Iterator[str]:
        """Yield the groups in a line of words, and each beside the words and groups around it."""
        if not self._groups:
            return
        groups = [self.of(word) for word in line]
        for place, names in enumerate(groups):
            for name in names:
                yield name
                for apart in range(1, APART + 1):
                    between, after, before = "_" if apart > 1 else " ", place + apart, place - apart
                    if after < len(line):
                        yield from (f"{name}{between}{other}" for other in (*groups[after], line[after]))
                    if before >= 0:
                        yield f"{line[before]}{between}{name}"


NONE = Senses({}, ())
