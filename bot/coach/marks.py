"""Words without the marks that people leave out when they type: accents, dots on ё and ü, vowel signs."""

import unicodedata

# Letters of which one stands for the other, or that only draw a word out.
_ALIKE = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ى": "ي", "ة": "ه", "ـ": ""})


def unmarked(word: str) -> str:
    """Return a lower-case word as it is typed by somebody who leaves its marks out."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_ALIKE))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
