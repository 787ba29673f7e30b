"""What hurts or denies, by the words that a language lists: nothing glad is put before it, or offered under it.

A list of ordinary sad words and every "not", and no reading of danger: a bad day at work is in it like a blow. So what
is chosen by it tells nothing that the words themselves don't.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Final

_STEM: Final = "*"
_GAP: Final = "…"
_BETWEEN: Final = r"(?:\S+\s+){0,3}"
_ALIKE: Final = str.maketrans({"\u2019": "'", "\u0640": "", "\u0649": "\u064a", "\u0629": "\u0647"})
"""Typed for each other: apostrophes, and the Arabic endings; a lengthened line is no letter."""


class Soreness:
    """A language's sore words. In one, `*` stands for any letters; several words stand one after the other.

    Between two, `…` stands for up to three words, or none: "felt … small".
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrases)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        said = (_said(phrase) for phrase in sorted(self._phrases))
        return re.compile(rf"\b(?:{'|'.join(said)})\b" if self._phrases else "(?!)")

    def holds(self, text: str) -> bool:
        """Tell whether something sore, or a "not", is in a text, with its accents or without."""
        return self._pattern.search(_bare(text)) is not None


def _said(phrase: str) -> str:
    parts = (_bare(part).split() for part in phrase.split(_GAP))
    return rf"\s+{_BETWEEN}".join(r"\s+".join(map(_word, words)) for words in parts)


def _word(word: str) -> str:
    return r"\w*".join(map(re.escape, word.split(_STEM)))


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn").translate(_ALIKE)
