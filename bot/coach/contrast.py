"""An acknowledgement, then "but": the part after it may arrive louder than the part before.

After a plain acknowledgement ("I understand", "I'm sorry", "that's great") a "but" gets in the way unless
what follows is kind, and a "though" where a known rebuttal follows. After anything else that was noticed, a
turn gets in the way only with something in it that does so by itself.
"""

from collections.abc import Iterator

from bot.coach.phrasebook import Hit
from bot.coach.rules import Language, covered
from bot.coach.shape import Table
from bot.coach.tokens import Sentence, Tokens

KIND = "but"
# A pivot this close to the end of its sentence has nothing after it to be louder ("..., but still.").
SHORTEST_TAIL = 2


class Contrast:
    """Finds the clause after a pivot that takes an acknowledgement back."""

    def __init__(self, language: Language, table: Table) -> None:
        table.only("pivot", "soft_pivot", "acknowledges", "kindly", "rebuts", "unless", "must", "must_not")
        self._pivots = frozenset(table.texts("pivot", needed=True))
        self._soft = frozenset(table.texts("soft_pivot"))
        self._acknowledges = language.book(table, "acknowledges")
        self._kindly = language.book(table, "kindly")
        self._rebuts = language.book(table, "rebuts")
        self._unless = language.book(table, "unless")

    def pivots(self, text: Tokens) -> Iterator[int]:
        """Yield the place of each word that turns a sentence round."""
        lifted = covered(text, self._unless.find(text))
        for place, word in enumerate(text.words):
            if (word in self._pivots or word in self._soft) and not lifted[place] and not text.quoted[place]:
                yield place

    def find(self, text: Tokens, *, noticed: list[Hit], in_the_way: list[Hit]) -> list[Hit]:
        """Return the clauses after a pivot that get in the way, pivot included."""
        pivots = list(self.pivots(text))
        if not pivots:
            return []
        known = covered(text, noticed)
        plain = covered(text, self._acknowledges.find(text))
        kindly = {hit.start for hit in self._kindly.find(text)}
        rebuts = {hit.start for hit in self._rebuts.find(text)}
        troubled = covered(text, in_the_way)
        found: list[Hit] = []
        for pivot, end in _clauses(text, pivots):
            before = _before(text, pivot)
            acknowledged = any(plain[before.start : before.end])
            if end - pivot < SHORTEST_TAIL or not (acknowledged or any(known[before.start : before.end])):
                continue
            kind = any(place in kindly for place in range(pivot, min(pivot + 3, end)))
            rebutted = any(place in rebuts for place in range(pivot, end))
            turned = not kind and (rebutted or text.words[pivot] not in self._soft)
            if any(troubled[pivot:end]) or (acknowledged and turned):
                found.append(Hit(0, pivot, end))
        return found


def _clauses(text: Tokens, pivots: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each pivot with the end of its sentence, or the next pivot in it."""
    for number, pivot in enumerate(pivots):
        end = text.sentence(pivot).end
        following = pivots[number + 1] if number + 1 < len(pivots) else end
        yield pivot, min(end, following)


def _before(text: Tokens, pivot: int) -> Sentence:
    """Return what stands before a pivot: its sentence so far or, where it opens one, the sentence before."""
    sentence = text.sentence(pivot)
    number = text.sentence_of[pivot]
    if pivot - sentence.start > 1 or number == 0:
        return Sentence(sentence.start, pivot, asked=False)
    return text.sentences[number - 1]
