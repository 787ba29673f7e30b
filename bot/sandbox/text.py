"""Lengths and characters as Telegram counts and cleans them. Offsets are UTF-16 code units everywhere."""

import re

from bot.sandbox.wire import bad_request

# Control characters become spaces; a carriage return, a line separator, a bidi embedding or a mark that draws
# lines through its neighbours vanishes; of several direction marks in a row only the last keeps its direction.
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_TURNS = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_CAPITALS = re.compile("[A-Z]+")
SPACES = " \n"
MAX_TEXT = 4096
MAX_CAPTION = 1024

# What a message may not consist of alone.
_EMPTY = re.compile(
    "[ \n\xa0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)


def is_blank(text: str) -> bool:
    """Return whether a text is empty to Telegram."""
    return _EMPTY.fullmatch(text) is not None


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def utf16_offsets(text: str, positions: list[int]) -> list[int]:
    """Return where ascending positions of a string lie in UTF-16 code units."""
    if text.isascii():
        return positions
    found = []
    offset = last = 0
    for position in positions:
        offset += utf16_length(text[last:position])
        found.append(offset)
        last = position
    return found


def halves(text: str) -> list[int]:
    """Return the UTF-16 offsets of the second halves of wide characters."""
    return [match.start() + number + 1 for number, match in enumerate(_WIDE.finditer(text))]


def check_utf8(text: str) -> None:
    """Raise ApiError for lone surrogates, which no UTF-8 carries."""
    if not text.isascii() and _SURROGATE.search(text):
        raise bad_request("strings must be encoded in UTF-8")


def clean(text: str) -> str:
    """Return the text as Telegram stores it; raises ApiError for what no UTF-8 carries."""
    if text.isascii() and text.isprintable():
        return text
    check_utf8(text)
    return _TURNS.sub("\u200c", DROPPED.sub("", _CONTROL.sub(" ", text)))


def ascii_lower(text: str) -> str:
    """Return the text with its ASCII capitals made small, and those alone."""
    return text.lower() if text.isascii() else _CAPITALS.sub(lambda found: found.group().lower(), text)


def slice_utf16(text: str, offset: int, length: int) -> str:
    """Return what an entity covers; half of a surrogate pair is replaced, never an error."""
    if text.isascii():
        return text[offset : offset + length]
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
