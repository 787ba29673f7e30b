"""Find letters that would not arrive as they were written.

Telegram takes some marks out of every message: a letter that is written in pieces, a base and a mark behind it,
may lose its mark on the way ("å" arrives as "a"), though a composed one stays. Other signs it drops or blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from prompts.source import Finding, WordsError, display_name, read_text

_FILES = ("*.toml", "*.j2")
_MARKED = re.compile(".[\u0300-\u036f\u0653-\u0655\u3099\u309a]+")
_DROPPED = re.compile("[\u2028-\u202e\u030a\u0333\u033f]|[\u200e\u200f](?=[\u200e\u200f])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def find_letter_faults(folder: Path, root: Path) -> Iterator[Finding]:
    """Find letters in pieces, and signs that Telegram drops, in every file of a language."""
    for path in sorted(path for form in _FILES for path in folder.rglob(form)):
        try:
            text = read_text(path, root)
        except WordsError:
            continue  # whoever reads it for its words says so
        name = display_name(path, root)
        for number, line in enumerate(text.split("\n"), start=1):
            yield from (Finding(name, number, wrong, write) for wrong, write in _faults(line))


def _faults(line: str) -> Iterator[tuple[str, str]]:
    if line.isascii() and line.isprintable():
        return
    composed = unicodedata.normalize("NFC", line)
    if len(composed) < len(line):
        letter = next((m.group() for m in _MARKED.finditer(line) if _in_pieces(m.group())), line[:1])
        wrong = f"“{unicodedata.normalize('NFC', letter)}” is written in pieces, and may lose one on the way."
        yield wrong, "Type it as one letter, or save the file in composed form (NFC)."
    for found in (_DROPPED.search(composed), _CONTROL.search(line)):
        if found:
            sign = f"U+{ord(found.group()):04X}"
            yield f"Telegram drops or blanks the sign {sign}, which shows nothing here.", "Take it out."


def _in_pieces(letter: str) -> bool:
    return len(unicodedata.normalize("NFC", letter)) < len(letter)
