"""Which way a text runs, and the marks that keep it from turning the sentence it is put into.

A Latin name or an hour in a line that runs from right to left, and a Hebrew name in one that runs from left to right,
reorders what stands around it (Unicode Standard Annex 9). Between U+2068 and U+2069 it doesn't: the line is laid out
as if one neutral sign stood there.
"""

from __future__ import annotations

import re
import unicodedata

FSI, PDI = "\u2068", "\u2069"

_ISOLATED = re.compile(f"[\u2066-{FSI}][^{PDI}]*{PDI}?")
_RIGHT = frozenset({"R", "AL"})


def runs_right(text: str) -> bool | None:
    """Tell whether a text runs from right to left, by its first strong letter; None where it has none."""
    for letter in text if text.isascii() else _ISOLATED.sub("", text):
        way = unicodedata.bidirectional(letter)
        if way == "L" or way in _RIGHT:
            return way != "L"
    return None


def isolated(value: str, *, rtl: bool) -> str:
    """Isolate a value that would turn a line: one that runs the other way, and in a line to the left a number.

    A sentence that runs as its line does stays as it is: it may be the whole line, and gives it its direction.
    """
    if value.isascii() and not rtl:
        return value
    runs = runs_right(value)
    if runs is rtl or not value.strip():
        return value
    if runs is None and not (rtl and any(sign.isdigit() for sign in _ISOLATED.sub("", value))):
        return value
    return f"{FSI}{value}{PDI}"


def isolated_name(name: str, *, rtl: bool) -> str:
    """Isolate a name that has any letter running the other way, wherever in it."""
    if name.isascii() and not rtl:
        return name
    ways = {unicodedata.bidirectional(letter) for letter in name}
    turns = "L" in ways if rtl else bool(ways & _RIGHT)
    if turns and not name.startswith(FSI):
        return f"{FSI}{name}{PDI}"
    return isolated(name, rtl=rtl)
