"""A mirror: nothing but what the other felt or needed, said plainly or as a guess ("You were tired, too").

It claims no motive, denies nothing and judges nobody; what does is lifted by the file's `unless`. So few words of which
half are "you" look like a verdict to a model that has met many of those: a whole answer of mirrors is not held against
the writer on its word alone.
"""

from bot.coach.beside import SORE
from bot.coach.rules import Language, covered
from bot.coach.shape import Table
from bot.coach.tokens import ENDS, PAUSE, Sentence, Tokens

# A longer sentence says more than a feeling; so does what stands after a comma, but for a word or two ("..., love").
LONGEST, AFTERTHOUGHT = 14, 2
# How many words may stand before it ("oh, so you ...").
LEAD = 3


class Mirrors:
    """The phrases of a file."""

    def __init__(self, language: Language, table: Table) -> None:
        table.only("say", "glad", "unless", "must", "must_not")
        self._say = language.book(table, "say")
        self._glad = language.book(table, "glad")
        self._unless = language.book(table, "unless")

    def whole(self, text: Tokens, beside: str) -> bool:
        """Whether a text is mirrors and nothing else; joy is only mirrored where the moment isn't sore."""
        lifted = covered(text, self._unless.find(text))
        books = (self._say,) if beside == SORE else (self._say, self._glad)
        begun = {hit.start for book in books for hit in book.find(text)}
        sentences = [one for one in text.sentences if one.end > one.start]
        return bool(sentences) and all(
            _begins(one, begun) and _one_breath(text, one) and not any(lifted[one.start : one.end])
            for one in sentences
        )


def _begins(sentence: Sentence, begun: set[int]) -> bool:
    return any(place in begun for place in range(sentence.start, min(sentence.start + LEAD, sentence.end)))


def _one_breath(text: Tokens, sentence: Sentence) -> bool:
    words = [word for word in text.words[sentence.start : sentence.end] if word not in ENDS]
    last = max((place for place, word in enumerate(words, 1) if word == PAUSE), default=len(words))
    return len(words) <= LONGEST and len(words) - last <= AFTERTHOUGHT
