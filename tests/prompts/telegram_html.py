"""A strict reader of the few tags that our messages use: what it accepts, Telegram accepts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-z-]+)(?P<rest>[^<>]*)>|(?P<text>[^<>]+)|(?P<loose>[<>])")
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+);)")
_RESTS = {"blockquote": {"", " expandable"}, "tg-spoiler": {""}, "b": {""}, "i": {""}}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of visible text and the tags around it, outermost first."""

    tags: tuple[str, ...]
    text: str


def read(message: str) -> list[Run]:
    """Read a message to its visible runs; fail where Telegram would refuse it."""
    runs: list[Run] = []
    opened: list[str] = []
    for token in _TOKEN.finditer(message):
        assert token["loose"] is None, "a loose bracket"
        if token["text"] is not None:
            assert not _LOOSE_AMPERSAND.search(token["text"]), "a loose ampersand"
            runs.append(Run(tuple(opened), html.unescape(token["text"])))
        elif token["end"]:
            assert opened.pop() == token["tag"]
        else:
            assert token["rest"] in _RESTS[token["tag"]]
            opened.append(token["tag"])
    assert not opened
    return runs


def visible(message: str) -> str:
    """Give the text that a reader sees."""
    return "".join(run.text for run in read(message))
