"""Whether a text is prose in the language of the patterns: the coach is silent on what it can't read."""

from collections.abc import Iterable

import regex

from bot.coach.tokens import Tokens

# From this many words on a text in the language has some of its most frequent ones.
ENOUGH_WORDS = 6
COMMON_SHARE = 0.2
# Prose has few of these signs for each letter.
CODE_SHARE = 0.12
_CODE = regex.compile(r"[{}\[\]=_\\#$%&*+/@|~^]|<(?!3)|;\s*$|\(\)", regex.MULTILINE)
_LETTER = regex.compile(r"\p{L}")
_FOREIGN = regex.compile(r"[\p{L}--\p{Latin}]", regex.VERSION1)


class Legible:
    """Tells prose in one language from other languages and from code."""

    def __init__(self, common: Iterable[str]) -> None:
        self._common = frozenset(common)

    def holds(self, text: str, words: Tokens) -> bool:
        """Tell whether there is something here that the patterns can be trusted with."""
        letters = len(_LETTER.findall(text))
        if not letters or len(_FOREIGN.findall(text)) * 2 > letters:
            return False
        if len(_CODE.findall(text)) > letters * CODE_SHARE:
            return False
        own = [
            word
            for word, quoted in zip(words.words, words.quoted, strict=True)
            if word.isalpha() and not quoted
        ]
        if len(own) < ENOUGH_WORDS:
            return bool(own)
        return sum(word in self._common for word in own) >= len(own) * COMMON_SHARE
