"""Lengths and characters as Telegram counts and cleans them. Offsets are UTF-16 code units everywhere."""

import re

from bot.sandbox.wire import bad_request

# Control characters become spaces; a carriage return, a soft line separator or a bidi override vanishes.
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e]")
_SURROGATE = re.compile("[\ud800-\udfff]")
SPACES = " \n"
MAX_TEXT = 4096
MAX_CAPTION = 1024


# Characters that show nothing: a text of only these counts as empty.
_INVISIBLE = re.compile("[\\s\xad\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff]*")


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing at all."""
    return _INVISIBLE.fullmatch(text) is not None


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def clean(text: str) -> str:
    """Return the text as Telegram stores it, character for character where offsets depend on it.

    Raises ApiError for lone surrogates, which no UTF-8 carries.
    """
    if _SURROGATE.search(text):
        raise bad_request("strings must be encoded in UTF-8")
    if text.isascii() and text.isprintable():
        return text
    return _DROPPED.sub("", _CONTROL.sub(" ", text))


def slice_utf16(text: str, offset: int, length: int) -> str:
    """Return what an entity covers; half of a surrogate pair is replaced, never an error."""
    if text.isascii():
        return text[offset : offset + length]
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
