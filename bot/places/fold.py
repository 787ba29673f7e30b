"""Names made alike on both sides: the same place typed in another way is the same key.

Small letters without accents; dots, hyphens and commas as blanks; no apostrophes; Saint, Sankt and Sint as St.
Marks that make another letter in their script (Indian vowels, Japanese voicing) stay.
"""

import re
import unicodedata
from functools import lru_cache

_MARKED_APART = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC")  # where a mark may be left out in typing
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ŋ": "n",
        "ə": "a", "ɔ": "o", "ɛ": "e", "ƙ": "k", "ɗ": "d", "ɓ": "b", "ي": "ی", "ك": "ک", "ة": "ه", "أ": "ا",
        "إ": "ا", "آ": "ا", "ى": "ی",
    }
)  # fmt: skip
_APOSTROPHES = re.compile(
    "['\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u2032\u0060\u00b4\uff07\u05f3\ua78c\u0027]"
)
_ASCII_SPACES = re.compile(r"[^a-z0-9]+")
_SHORT = {
    "saint": "st", "sainte": "st", "ste": "st", "sankt": "st", "sint": "st", "sanct": "st", "mt": "mount",
    "ft": "fort",
}  # fmt: skip


def fold(text: str) -> str:
    """Make a name's key."""
    return _words(_APOSTROPHES.sub("", _plain(text)))


def folds(name: str) -> set[str]:
    """Make all the keys of a name: with what stands in brackets and without, each half of "Biel/Bienne"."""
    name = _plain(name)
    found = {name, re.sub(r"\([^)]*\)", " ", name), *re.split(r"\s*/\s*", name)}
    keys = {key for form in found for key in (fold(form), _words(_APOSTROPHES.sub(" ", form)))}
    return keys - {""}


def _plain(text: str) -> str:
    """Take small letters of one form: twice, since some letters are capitals only once they are plain."""
    if text.isascii():
        return text.casefold()
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    return text


def _words(small: str) -> str:
    if not small.isascii():
        apart = "".join(_without_marks(unicodedata.normalize("NFKD", small)))
        small = unicodedata.normalize("NFC", apart).translate(_LETTERS)
    words = _spaced(small).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _spaced(text: str) -> str:
    """Put blanks for what is in no word; a mark belongs to its word."""
    if text.isascii():
        return _ASCII_SPACES.sub(" ", text)
    return "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text)


def _without_marks(text: str) -> list[str]:
    kept: list[str] = []
    apart = False
    for letter in text:
        if unicodedata.combining(letter):
            if not apart:
                kept.append(letter)
            continue
        apart = _script(letter) in _MARKED_APART
        kept.append(letter)
    return kept


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
