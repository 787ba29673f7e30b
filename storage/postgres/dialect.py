"""Our SQL in PostgreSQL's words: numbered parameters, and a list as one value.

All else is written in what both engines speak.
"""

import re
from functools import lru_cache
from typing import Any

from storage.engine import Listed, Value, Values

_PARAMETER = re.compile(r"(?:\b(?P<word>(?:NOT\s+)?IN)\s+)?:(?P<name>[a-z_]+)")


@lru_cache(maxsize=1024)
def numbered(sql: str, lists: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Put numbers in the place of names; tell the text, and the names in the order of their numbers."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        word, name = found["word"], found["name"]
        place = f"${names.setdefault(name, len(names) + 1)}"
        if name in lists and word:
            return f"<> ALL({place})" if word.startswith("NOT") else f"= ANY({place})"
        return f"{word} {place}" if word else place

    return _PARAMETER.sub(number, sql), tuple(names)


def spoken(sql: str, values: Values) -> tuple[str, list[Any]]:
    """Say a statement with its values. Raises KeyError where one is missing."""
    lists = frozenset(name for name, value in values.items() if isinstance(value, tuple))
    text, names = numbered(sql, lists)
    return text, [_given(values[name]) for name in names]


def _given(value: Value | Listed) -> Any:
    return list(value) if isinstance(value, tuple) else value
