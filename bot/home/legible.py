"""A chat as somebody reads it who knows the language: which message is this, and which card is on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from prompts.literals import KnownMessages
from prompts.prompt import OTHER, Prompt, Side

if TYPE_CHECKING:
    from bot.content import Content

_MARKS = re.compile("[\u2066-\u2069]")


@dataclass(frozen=True)
class CardSide:
    """A card, and one of its sides."""

    prompt: Prompt
    side: Side


class ChatReader:
    """Reads the bot's messages in one language."""

    def __init__(self, content: "Content", language: str) -> None:
        self._content = content
        self._language = language
        self._names: dict[str, str] = {}

    @cached_property
    def _known(self) -> KnownMessages:
        return self._content.renderer.known(self._language)

    def name(self, text: str) -> str:
        """Name the message that a text is, by its file; "" where nothing in it is known."""
        if text not in self._names:
            self._names[text] = self._known.name(text)
        return self._names[text]

    def card(self, text: str) -> CardSide | None:
        """Find the card that a text shows; None where it shows none."""
        seen = _MARKS.sub("", text)
        found = ((length, card) for length, card in self._cards if all(piece in seen for piece in card[1]))
        best = max(found, key=lambda one: one[0], default=None)
        return best[1][0] if best else None

    @cached_property
    def _cards(self) -> list[tuple[int, tuple[CardSide, list[str]]]]:
        return list(self._sides())

    def _sides(self) -> Iterator[tuple[int, tuple[CardSide, list[str]]]]:
        sides: tuple[Side, Side] = (0, 1)
        for prompt in self._content.library(self._language).prompts.values():
            for side in sides:
                for plain in (False, True):
                    pieces = prompt.side_text(side, plain=plain).split(OTHER)
                    yield sum(map(len, pieces)), (CardSide(prompt, side), pieces)
