"""A country in a few words, in whatever language: "Германия", "я в германии", "mexico"."""

from bot.places.fold import fold
from bot.places.index import Index, index
from bot.places.layout import EntryKind

MOST_WORDS = 6  # who says more than "I'm in the United Kingdom" is telling something else
LEAST_STEM = 5  # letters that are left of a name when its ending bends


def country_in(text: str) -> str:
    """Return the two small letters of the country that a short text names; empty for none."""
    words, places = fold(text).split(), index()
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    found = _coded(places, " ".join(words), capitals=text.strip().isupper())
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            found = found or _named(places, " ".join(words[start : start + length]))
    return found or next(filter(None, (_bent(places, word) for word in words)), "")


def _named(places: Index, key: str, kind: EntryKind = EntryKind.COUNTRY) -> str:
    return next((places.codes[number].lower() for number, of in places.named(key) if of is kind), "")


def _coded(places: Index, key: str, *, capitals: bool) -> str:
    """Read "uk" or "usa", which are letters like any other among words; "no" and "it" are words, and no codes."""
    if not capitals and key.upper() in places.codes:
        return ""
    return _named(places, key, EntryKind.COUNTRY_CODE)


def _bent(places: Index, word: str) -> str:
    """Find a name of which a word is a form: only its last letter differs."""
    stem = word[:-1]
    if len(stem) < LEAST_STEM:
        return ""
    near = (key for key in places.beginning(stem) if len(key) <= len(word) + 1 and " " not in key)
    return next(filter(None, (_named(places, key) for key in near)), "")
