"""The sandbox beside Telegram's own engine, on texts made up from seeds. `measure.py` prints the table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import judge
from marked import Marker

from bot.sandbox.entities import format_text
from bot.sandbox.wire import ApiError

Make = Callable[[Marker], str]

KINDS: dict[str, tuple[str | None, Make]] = {
    "typed text": (None, Marker.sentence),
    "typed mixtures": (None, Marker.text),
    "typed soup": (None, Marker.soup),
    "HTML, as careful bots write it": ("HTML", Marker.plain_html),
    "HTML, random nestings and attributes": ("HTML", Marker.html),
    "HTML, malformed": ("HTML", Marker.spoilt_html),
    "MarkdownV2": ("MarkdownV2", Marker.markdown_v2),
    "MarkdownV2, malformed": ("MarkdownV2", Marker.spoilt_markdown_v2),
    "Markdown": ("Markdown", Marker.markdown),
}
_HALF = re.compile(r"&#(?:x0*d[89a-f]..|0*5[5-7]...)", re.IGNORECASE)
_REFERENCE_IN_TAG = re.compile(r"<[^<>]*&#")
_WORDS_AS_ADDRESS = re.compile(r"\[[^\]]*[^\x00-\x7f][^\]]*\](?!\()")


@dataclass(frozen=True)
class Disagreement:
    """A text that the two read in different ways."""

    source: str
    ours: Any
    theirs: Any


def may_be_asked(source: str, mode: str | None) -> bool:
    """Return whether the engine may be asked.

    Its JSON writer ends the process where an address isn't UTF-8: half a character by reference in an attribute can
    be one, and the old Markdown moves the bytes of words that are their own address.
    """
    if mode == "HTML":
        return not (_REFERENCE_IN_TAG.search(source) or ("=" in source and _HALF.search(source)))
    return mode != "Markdown" or _WORDS_AS_ADDRESS.search(source) is None


def ours(source: str, mode: str | None) -> Any:
    """Return what the sandbox makes of a source, or its refusal."""
    try:
        return format_text(source, mode)
    except ApiError as refusal:
        return refusal.description


def theirs(source: str, mode: str | None) -> Any:
    """Return what Telegram's engine makes of a source, or its refusal."""
    try:
        return judge.format_text(source, mode)
    except judge.RefusedError as refusal:
        return str(refusal)


def sources(kind: str, seed: int, number: int) -> Iterator[str]:
    """Make up so many texts of a kind; the same for the same seed."""
    mode, make = KINDS[kind]
    for place in range(number):
        source = make(Marker(Random(f"{kind}/{seed}/{place}")))  # noqa: S311  repeatable on purpose
        if may_be_asked(source, mode):
            yield source


def disagreements(kind: str, seed: int, number: int) -> Iterator[Disagreement]:
    """Give the texts that the two read in different ways.

    Where the engine finds a video's timestamp, which no bot hears of, it may hide what bots do: nobody judges.
    """
    mode = KINDS[kind][0]
    for source in sources(kind, seed, number):
        one, other = ours(source, mode), theirs(source, mode)
        if one != other and not (isinstance(one, tuple) and judge.timestamps(one[0])):
            yield Disagreement(source, one, other)
