"""The HTML that Telegram reads, checked in the fixed text of a template.

A tag must be whole within a stretch of text and values, and one opened inside an `if` or a `for` is closed
there: so every way through a template is balanced without trying each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import nodes

from prompts.source import Finding

_VALUE = "\ufffc"  # stands where a value will be: it can't be part of a tag's name
_NONE = re.compile(r"")
_TAGS = {
    "b": _NONE,
    "i": _NONE,
    "u": _NONE,
    "s": _NONE,
    "pre": _NONE,
    "tg-spoiler": _NONE,
    "code": re.compile(r'( class="language-[\w+#-]+")?'),
    "blockquote": re.compile(r"( expandable)?"),
    "span": re.compile(r' class="tg-spoiler"'),
    "tg-time": re.compile(r' unix="[^"<>]+" format="[a-zA-Z]+"'),
    "a": re.compile(r' href="[^"<>]+"'),
}
_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[A-Za-z][\w-]*)(?P<rest>[^<>]*)>")
_LOOSE = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    line: int


class _Stretch:
    """Text and values in a row, with the line of every character."""

    def __init__(self) -> None:
        self.text = ""
        self._lines: list[int] = []

    def add(self, text: str, line: int) -> None:
        for character in text:
            self.text += character
            self._lines.append(line)
            line += character == "\n"

    def line(self, position: int) -> int:
        return self._lines[position]


def find_markup_faults(
    name: str, body: Iterable[nodes.Node], around: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Find tags Telegram doesn't know, tags left open or closed twice, and loose special characters."""
    opened: list[_Open] = []
    stretch = _Stretch()
    for node in body:
        if isinstance(node, nodes.Output):
            _add_output(stretch, node)
            continue
        yield from _read_stretch(name, stretch, opened, around)
        stretch = _Stretch()
        inside = (*around, *(item.tag for item in opened))
        for inner in _bodies(node):
            yield from find_markup_faults(name, inner, inside)
    yield from _read_stretch(name, stretch, opened, around)
    for item in opened:
        write = f"Write </{item.tag}> in the same `if`, `for` or macro."
        yield Finding(name, item.line, f"<{item.tag}> is opened here and not closed.", write)


def _bodies(node: nodes.Node) -> Iterator[list[nodes.Node]]:
    if isinstance(node, nodes.If):
        yield node.body
        for branch in node.elif_:
            yield branch.body
        yield node.else_
    elif isinstance(node, nodes.For):
        yield node.body
        yield node.else_
    elif isinstance(node, nodes.Macro):
        yield node.body


def _add_output(stretch: _Stretch, node: nodes.Output) -> None:
    for part in node.nodes:
        if isinstance(part, nodes.TemplateData):
            stretch.add(part.data, part.lineno)
        else:
            stretch.add(_VALUE, part.lineno)


def _read_stretch(
    name: str, stretch: _Stretch, opened: list[_Open], around: tuple[str, ...]
) -> Iterator[Finding]:
    rest = stretch.text
    for match in _TAG.finditer(stretch.text):
        start, end = match.span()
        rest = rest[:start] + " " * (end - start) + rest[end:]
        line = stretch.line(start)
        for wrong, write in _read_tag(match, line, opened, around):
            yield Finding(name, line, wrong, write)
    for match in _LOOSE.finditer(rest):
        wrong = f"“{match[0]}” stands alone; Telegram would take it for markup."
        yield Finding(name, stretch.line(match.start()), wrong, f"Write {_ENTITIES[match[0]]}.")


def _read_tag(
    match: re.Match[str], line: int, opened: list[_Open], around: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    tag = match["tag"]
    shown = match[0].replace(_VALUE, "{{ … }}")
    if tag not in _TAGS:
        yield f"Telegram does not know {shown}.", f"It knows {', '.join(_TAGS)}."
    elif match["end"]:
        yield from _close(tag, opened)
    elif not _TAGS[tag].fullmatch(match["rest"]):
        yield f"{shown} has attributes that Telegram does not know.", "STYLE.md lists what a tag may have."
        opened.append(_Open(tag, line))
    else:
        if tag == "blockquote" and tag in (*around, *(item.tag for item in opened)):
            yield "A quotation stands inside a quotation.", "Close the first one before."
        opened.append(_Open(tag, line))


def _close(tag: str, opened: list[_Open]) -> Iterator[tuple[str, str]]:
    if opened and opened[-1].tag == tag:
        opened.pop()
    elif tag in (item.tag for item in opened):
        innermost = opened[-1].tag
        yield f"</{tag}> comes before </{innermost}>.", "Close the innermost tag first."
        opened.remove(next(item for item in reversed(opened) if item.tag == tag))
    else:
        yield f"</{tag}> closes nothing.", f"Open <{tag}> before it, in the same `if`, `for` or macro."
