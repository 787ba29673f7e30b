"""What a message says in one language apart from the facts in it: by this a text is known again.

For programs that look at a chat as a person does, and know from the words alone what has come.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from prompts.template import PHRASES, SHARED, SUFFIX, PlainSandbox

LEAST = 3  # letters of a piece that says anything
TELLING = 4  # letters of a piece that is more than an "and" between two values
OPENING = 3  # how much more the beginning of a line tells than what stands behind a name
_TAG = re.compile(r"^[^<>]*>|<[^>]*(?:>|$)")
_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_MARK = re.compile("[\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a template, and whether it opens a line there."""

    text: str
    opens: bool

    def stands_in(self, lines: list[str]) -> bool:
        """Tell whether a text has it, in that place."""
        return any(line.startswith(self.text) if self.opens else self.text in line for line in lines)

    @property
    def weight(self) -> int:
        """How much it tells."""
        if len(_LETTER.findall(self.text)) < TELLING:
            return 1
        return len(self.text) * (OPENING if self.opens else 1)


class KnownMessages:
    """The messages of one language, each by the pieces of text that only its template, or few others, hold."""

    def __init__(self, messages: PlainSandbox) -> None:
        macros = _macros(messages)
        self._pieces: Mapping[str, frozenset[_Piece]] = {
            file.removesuffix(SUFFIX): frozenset(_pieces(messages.parse(text.text), macros))
            for file, text in messages.texts.items()
            if file not in SHARED
        }
        self._holding = Counter(piece for pieces in self._pieces.values() for piece in pieces)

    def name(self, text: str) -> str:
        """Name the message that a text, without its tags, most likely is; "" where nothing in it is known."""
        lines = [_plain(line).strip() for line in text.split("\n")]
        there = {piece for piece in self._holding if piece.stands_in(lines)}
        weights = {
            name: sum(piece.weight / self._holding[piece] for piece in pieces & there)
            for name, pieces in self._pieces.items()
        }
        best = max(weights, key=lambda name: (weights[name], -len(self._pieces[name]), name))
        return best if weights[best] else ""


def _plain(text: str) -> str:
    return _SPACE.sub(" ", html.unescape(_MARK.sub("", text)))


def _macros(messages: PlainSandbox) -> Mapping[str, frozenset[_Piece]]:
    """Take what each shared macro says."""
    tree = messages.parse(messages.texts[PHRASES].text)
    return {macro.name: frozenset(_pieces(macro, {})) for macro in tree.find_all(nodes.Macro)}


def _pieces(tree: nodes.Node, macros: Mapping[str, frozenset[_Piece]]) -> Iterator[_Piece]:
    for output in tree.find_all(nodes.Output):
        for place, part in enumerate(output.nodes):
            if isinstance(part, nodes.TemplateData):
                yield from _split(part.data, opens=place == 0)
            elif isinstance(part, nodes.CondExpr):
                for said in (part.expr1, part.expr2):
                    if isinstance(said, nodes.Const) and isinstance(said.value, str):
                        yield from _split(said.value, opens=False)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield from macros.get(call.node.name, ())


def _split(text: str, *, opens: bool) -> Iterator[_Piece]:
    for number, line in enumerate(text.split("\n")):
        piece = _plain(_TAG.sub("", line)).strip()
        if len(_LETTER.findall(piece)) >= LEAST:
            yield _Piece(piece, opens or number > 0)
