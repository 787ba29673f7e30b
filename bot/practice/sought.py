"""Searching: texts as they are compared, whatever keyboard wrote them."""

import unicodedata

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "\u2026": "...",
    }
)  # fmt: skip


def bare(text: str) -> str:
    """Take letters without their accents, in one form and case, with straight quotation marks and plain blanks."""
    if text.isascii():  # as most cards are: there is nothing to take apart
        return " ".join(text.casefold().translate(_STRAIGHT).split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(letters.translate(_STRAIGHT).split())


def holds(text: str, wanted: str) -> bool:
    """Tell whether a text holds each of the words that are looked for, in any order."""
    there = bare(text)
    return all(word in there for word in bare(wanted).split())
