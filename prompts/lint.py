"""What one text is held to: its length, its reading ease, its wording, its variable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from prompts.pieces import Passage
from prompts.prompt import OTHER
from prompts.style import Style

_A_NAME = "Somebody"  # eight letters, as the style counts a name
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")
_SENTENCE_END = re.compile(r"[.?!…\u061f]+[\"'”»\u2019)]*(?:\s+|$)|[。\uff1f\uff01]+")
_CLAUSE_END = re.compile(r"[.?!…:;\u061f\u061b]+[\"'”»\u2019)]*(?:\s+|$)|[。\uff1f\uff01]+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_LONG_WORD = 6
_ENOUGH_WORDS = 8  # below, one long word decides the index
_BARE = frozenset({"title", "label", "starter_button", "way_title", "button", "choice", "theme_title"})
_SENTENCES = {
    "frame": range(2, 5),
    "frame_listened": range(2, 5),
    "way_text": range(2, 3),
    "prompt": range(1, 4),
    "thing": range(1, 4),
    "theme_text": range(1, 3),
    "side_line": range(1, 3),
}
_LIKE = {"frame_listened": "frame"}

Fault = tuple[str, str]


def find_faults(piece: Passage, style: Style) -> Iterator[Fault]:
    """Find what is wrong with one text, and what to write instead."""
    if not piece.text:
        return
    for rule in _RULES:
        yield from rule(piece, style)
    if piece.kind not in _BARE:
        yield from _find_hard_reading(piece, style)


def lix(text: str) -> float:
    """Measure reading ease by Björnsson's index: needs no dictionary, and holds for many languages.

    Words a sentence (a colon and a semicolon end one), and the percentage of words over six letters.
    """
    words = _WORD.findall(text)
    if not words:
        return 0
    long = sum(len(word) > _LONG_WORD for word in words)
    return len(words) / len(_split(_CLAUSE_END, text)) + 100 * long / len(words)


def _split(end: re.Pattern[str], text: str) -> list[str]:
    return [part for part in end.split(text) if part.strip()]


def _find_length(piece: Passage, style: Style) -> Iterator[Fault]:
    limit = style.limits[_LIKE.get(piece.kind, piece.kind)]
    if piece.kind == "button":
        limit = style.button_limit(piece.owner)
    length = len(piece.text.replace(OTHER, _A_NAME))
    if length > limit:
        yield f"{length} characters.", f"Say it in {limit}."


def _find_variables(piece: Passage, style: Style) -> Iterator[Fault]:
    del style
    for braced in _BRACED.findall(piece.text):
        if braced != OTHER:
            yield f"{braced} is not a variable here.", f"The only one is {OTHER}."
    if OTHER in piece.text and piece.kind in (
        "title",
        "label",
        "starter_button",
        "theme_title",
        "theme_text",
        "thing",
    ):
        yield f"{OTHER} has no place in this.", "Write it without the name."


def _find_characters(piece: Passage, style: Style) -> Iterator[Fault]:
    del style
    for mark in "<>&":
        if mark in piece.text and piece.kind != "button":
            yield f"“{mark}” may be taken for markup.", "Write it in words."
    if "!" in piece.text:
        yield "An exclamation mark.", "End it with a full stop."
    for character in piece.text:
        if unicodedata.category(character) == "So":
            yield f"{character} is decoration.", "Leave it out."


def _find_wordings(piece: Passage, style: Style) -> Iterator[Fault]:
    for avoid in style.avoid:
        for words in avoid.find(piece.kinds, piece.text):
            yield f"“{words}” {avoid.wrong}.", avoid.write


def _find_form(piece: Passage, style: Style) -> Iterator[Fault]:
    del style
    if piece.kind == "starter_button" and not piece.text.endswith("…"):
        yield "The button does not end with “…”.", "End it with …, as the person goes on from there."
    allowed = _SENTENCES.get(piece.kind)
    count = len(_split(_SENTENCE_END, piece.text))
    if allowed and count not in allowed:
        wanted = f"{allowed[0]} to {allowed[-1]}" if len(allowed) > 1 else str(allowed[0])
        yield f"Sentences: {count}.", f"Write {wanted}."


def _find_hard_reading(piece: Passage, style: Style) -> Iterator[Fault]:
    longest = max((len(part.split()) for part in _split(_SENTENCE_END, piece.text)), default=0)
    if longest > style.reading["sentence_words"]:
        yield f"A sentence of {longest} words.", "Make two of it."
    if len(_WORD.findall(piece.text)) < _ENOUGH_WORDS:
        return
    limit = style.reading["lix_hint" if piece.kind == "hint" else "lix"]
    if (ease := lix(piece.text)) > limit:
        wrong = f"It reads like a report (LIX {ease:.0f}, at most {limit})."
        yield wrong, "Use shorter words and sentences."


_RULES: tuple[Callable[[Passage, Style], Iterator[Fault]], ...] = (
    _find_length,
    _find_variables,
    _find_characters,
    _find_wordings,
    _find_form,
)
