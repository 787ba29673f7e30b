"""The words that the patterns of a file know, each as one letter of an alphabet of their own.

Patterns name tens of thousands of words, most of them many times. As a letter a word takes two bytes, where it takes a
hundred in a set, and Python finds a letter in a string, or a string in another, faster than a word in a list. Once all
patterns are read no word is kept, but what Python's hash makes of it.
"""

from array import array
from bisect import bisect_left

# The letter of every word that no pattern knows; it stands in no pattern, so that it also parts what stands in one.
UNKNOWN = "\0"


class Alphabet:
    """Gives words their letters as patterns are read; `settle` ends that."""

    def __init__(self) -> None:
        self._learnt: dict[str, str] = {}
        self._hashes, self._letters = array("q"), ""

    def learn(self, word: str) -> str:
        """Return the letter of a word of a pattern."""
        return self._learnt.setdefault(word, chr(len(self._learnt) + 1))

    def settle(self) -> None:
        """Let go of the words themselves; none is learnt from here on."""
        hashed = sorted((hash(word), letter) for word, letter in self._learnt.items())
        self._hashes = array("q", [key for key, _ in hashed])
        self._letters = "".join(letter for _, letter in hashed)
        self._learnt.clear()

    def letter(self, word: str) -> str:
        """Return the letter of a word that somebody wrote.

        Python's hash has 64 bits: that an unknown word shares a known one's is not met in this life.
        """
        if self._learnt:
            return self._learnt.get(word, UNKNOWN)
        key = hash(word)
        place = bisect_left(self._hashes, key)
        known = place < len(self._hashes) and self._hashes[place] == key
        return self._letters[place] if known else UNKNOWN
