"""The demo's words as a translator's tool has them: their places, their writer's notes, and how they are put back.

A way is a key, or a table and a key; of a list it ends with the place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from prompts.demo_words import PAGE, PLAY

DEMO = (PAGE, PLAY)
_COMMENT = re.compile(r"#\s?(.*)")
_TABLE = re.compile(r"\[(\w+)\]")
_KEY = re.compile(r'(\w+)\s*=(?:\s*"(?:[^"\\]|\\.)*"\s*#\s?(.*))?')


def demo_texts(
    data: Mapping[str, Any], within: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the texts of a parsed file, by where they stand."""
    for key, found in data.items():
        where = (*within, key)
        if isinstance(found, Mapping):
            yield from demo_texts(found, where)
        elif isinstance(found, list):
            yield from (((*where, str(at)), text) for at, text in enumerate(found) if isinstance(text, str))
        elif isinstance(found, str) and found:
            yield where, found


def demo_notes(text: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Find what is noted of each key: above it, or above the keys before it up to an empty line, and beside it."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    within: tuple[str, ...] = ()
    above: list[str] = []
    commented = False  # the line before was a comment
    for line in text.splitlines():
        if comment := _COMMENT.match(line):
            above = [*(above if commented else ()), comment.group(1)]
        elif table := _TABLE.match(line):
            within = (table.group(1),)
        elif key := _KEY.match(line):
            beside = (key.group(2),) if key.group(2) else ()
            found[*within, key.group(1)] = (*above, *beside)
        elif not line.strip():
            above = []
        commented = comment is not None
    return found


def put_demo_text(
    table: MutableMapping[str, Any], english: Mapping[str, Any], where: tuple[str, ...], text: str
) -> bool:
    """Put a text where it belongs; a list that isn't there is begun as long as English's. False: it has no place."""
    key, *rest = where
    if not rest:
        table[key] = text
        return True
    if isinstance(english[key], Mapping):
        inner = table.setdefault(key, {})
        return isinstance(inner, dict) and put_demo_text(inner, english[key], tuple(rest), text)
    told = table.setdefault(key, [""] * len(english[key]))
    if not isinstance(told, list) or int(rest[0]) >= len(told):
        return False
    told[int(rest[0])] = text  # in its line: the others, and what is noted there, stay as they are
    return True
