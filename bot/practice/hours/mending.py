"""Words for times of day that were typed with one letter wrong: what they may be, only ever to be asked about."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.practice.hours.tokens import MARK, Token
from bot.practice.hours.vocabulary import TokenKind, Vocabulary

LEAST = 4  # letters: a shorter word is too near to others
_TELLING = frozenset(
    {
        TokenKind.NUMBER,
        TokenKind.HALF,
        TokenKind.PART,
        TokenKind.FIXED,
        TokenKind.BEFORE_HOUR,
        TokenKind.BETWEEN,
        TokenKind.OCLOCK,
    }
)


def mended(row: Sequence[Token], words: Vocabulary) -> list[Token]:
    """Put the one word that is a slip away for each that nobody knows."""
    known = {word for phrase in words.phrases for word in phrase}
    telling = {word for phrase, kinds in words.phrases.items() if _TELLING & set(kinds) for word in phrase}
    return [_mended(token, known, telling) for token in row]


def marked(row: Sequence[Token], words: Vocabulary) -> list[Token]:
    """Put accents on the words that there are with them."""
    known = {unmarked(word): word for phrase in words.phrases for word in phrase if unmarked(word) != word}
    return [replace(token, word=known.get(token.word, token.word)) for token in row]


def unmarked(word: str) -> str:
    """Leave out accents."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def _mended(token: Token, known: set[str], telling: set[str]) -> Token:
    word = token.word
    if word == MARK or len(word) < LEAST or word in known:
        return token
    near = _slips(word) & telling
    return replace(token, word=next(iter(near))) if len(near) == 1 else token


@lru_cache(maxsize=256)
def _slips(word: str) -> frozenset[str]:
    """List what a word may be a slip of: a letter more, less or another, or two that changed places."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    made: Iterable[str] = (
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in letters),
        *(head + letter + tail for head, tail in cuts for letter in letters),
    )
    return frozenset(made) - {word}
