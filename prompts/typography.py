"""The signs that a language is written with: its quotation marks, its question marks, the spaces before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from prompts.demo_words import PAGE, PLAY
from prompts.pieces import Passage
from prompts.source import Finding, WordsError, display_name, read_text, read_toml
from prompts.template import SUFFIX, fixed_texts
from prompts.tongue import load_tongue

SignRule = tuple[re.Pattern[str], str]
"""What is wrong, and what to write; the whole match, or its first group, is quoted."""

_TAG = re.compile(r"<[^<>]*>|<[^<>]*$|^[^<>]*>")
_STRAIGHT: SignRule = (re.compile('"'), "Write the quotation marks of the language, not straight ones.")
_ENGLISH_QUOTES = re.compile("(?<![\\w.,!?…])\u201c(?=\\w)|\u201d")
_HIDDEN: SignRule = (
    re.compile("[\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\ufeff]"),
    "Take the hidden sign out: what has to be isolated is, by itself.",
)
_RULES: Mapping[str, tuple[SignRule, ...]] = {
    "fr": (
        (
            re.compile(r"(?:(?<=[^\W\d_])|(?<=[\d)»…])|(?<=[ \t]))[;:!?»](?!//|\d)"),
            "Put a no-break space before it (U+00A0 or U+202F).",
        ),
        (re.compile(r"«(?![\u00a0\u202f])"), "Put a no-break space behind it (U+00A0 or U+202F)."),
    ),
    "de": ((_ENGLISH_QUOTES, "Write „ and “."),),
    "ru": ((_ENGLISH_QUOTES, "Write « and »."),),
    "ar": (
        (re.compile(r"(?<=[\u0600-\u06ff])\s?[,;?]"), "Write ، ؛ or ؟."),
        (re.compile(r"[\u0660-\u0669]"), "Write Western digits, as hours have them."),
    ),
}
_TURNED = {"es": (("¿", "?"), ("¡", "!"))}
"""Signs that a sentence begins with, by the sign at its end."""


def find_typography(folder: Path, root: Path, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Find signs that are another language's, or hidden ones, in all that a partner reads."""
    language = load_tongue(folder, root, []).locale_name.partition("_")[0]
    for passage in passages:
        for wrong, write in _faults(passage.text, language):
            yield passage.found(wrong, write)
        for wrong, write in _unturned(passage.text, language):
            yield passage.found(wrong, write)
    for path in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        yield from _in_template(path, root, language)
    for file in (PAGE, PLAY):
        if (folder / file).exists():
            yield from _in_texts(folder / file, root, language)


def _in_template(path: Path, root: Path, language: str) -> Iterator[Finding]:
    name = display_name(path, root)
    try:
        texts = [(_TAG.sub("", text), line) for text, line in fixed_texts(read_text(path, root))]
    except WordsError:
        return  # whoever reads it for its form says so
    for text, line in texts:
        yield from (Finding(name, line, wrong, write) for wrong, write in _faults(text, language))
    for wrong, write in _unturned(" ".join(text for text, _ in texts), language):
        yield Finding(name, 1, wrong, write)


def _in_texts(path: Path, root: Path, language: str) -> Iterator[Finding]:
    try:
        source = read_toml(path, root)
    except WordsError:
        return
    for key, text in _leaves(source.data):
        for wrong, write in (*_faults(text, language), *_unturned(text, language)):
            yield Finding(source.name, source.line_of(text, None, key), f"`{key}`: {wrong}", write)


def _leaves(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, list):
            yield from ((key, text) for text in value if isinstance(text, str))
        elif isinstance(value, dict):
            yield from _leaves(value)


def _faults(text: str, language: str) -> Iterator[tuple[str, str]]:
    for pattern, write in (_HIDDEN, _STRAIGHT, *_RULES.get(language, ())):
        for found in pattern.finditer(text):
            sign = found.group().strip() or found.group()
            shown = sign if sign.isprintable() else f"U+{ord(sign[0]):04X}"
            yield f"“{shown}” in “{_around(text, found)}”.", write


def _around(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - 15) : found.end() + 10].split())


def _unturned(text: str, language: str) -> Iterator[tuple[str, str]]:
    for first, last in _TURNED.get(language, ()):
        if text.count(first) != text.count(last):
            yield (
                f"{text.count(last)} times {last}, {text.count(first)} times {first}.",
                f"Begin with {first}.",
            )
