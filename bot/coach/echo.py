"""What a response takes up from the partner's words: whole runs of words, and single ones."""

from collections.abc import Iterable, Mapping

from bot.coach.tokens import ENDS, PAUSE, Tokens

# A run this long is the partner's sentence and no accident.
RUN = 3
# Words that begin alike are taken for the same word: "laughed" and "laughing".
ALIKE = 4


class Echo:
    """Compares a response with the partner's words; who says "I" is left out of the comparison.

    `common` are the words too frequent to mean anything by themselves; `person` maps each word that changes
    with the speaker ("my", "your") to what stands for all of them.
    """

    def __init__(self, common: Iterable[str], person: Mapping[str, str]) -> None:
        self._common = frozenset(common)
        self._person = person

    def spoken(self, about: Tokens) -> str:
        """Return the partner's words as one line in which nobody says "I", for `repeats`."""
        return self._line(about.words)

    def repeats(self, text: Tokens, start: int, end: int, spoken: str) -> bool:
        """Tell whether words, and one beside them, stand in the partner's words as well.

        With the word beside them it is the partner's sentence; alone it may be a turn of phrase of both.
        """
        wider = [(start, end + 1)] if end < len(text.words) else []
        wider += [(start - 1, end)] if start else []
        return any(last - head >= RUN and self._line(text.words[head:last]) in spoken for head, last in wider)

    def taken_up(self, text: Tokens, about: Tokens) -> list[tuple[int, str]]:
        """Return where the words of weight stand that the partner used as well, with what identifies each."""
        theirs = {key for word in about.words if (key := self._key(word))}
        return [
            (place, key)
            for place, word in enumerate(text.words)
            if (key := self._key(word)) in theirs and key
        ]

    def _line(self, words: Iterable[str]) -> str:
        return f" {' '.join(self._person.get(word, word) for word in words)} "

    def _key(self, word: str) -> str:
        if word in self._common or word in ENDS or word == PAUSE or len(word) < ALIKE - 1:
            return ""
        return word[:ALIKE]
