"""Every text of a language that a partner may read, each with its place in the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prompts.deck import Deck
from prompts.render import BUTTONS
from prompts.source import Finding, Place, Source, WordsError, read_toml
from prompts.words import CLOSINGS, FRAMES, STARTERS, WAY_WORDS, Item, Shelf, read_shelf


@dataclass(frozen=True, slots=True)
class Piece:
    """One text: its kind, as the style names it, and whose it is, such as a prompt's id."""

    kind: str
    owner: str
    text: str
    file: str
    line: int

    def found(self, wrong: str, write: str) -> Finding:
        """Make a finding of it."""
        return Finding(self.file, self.line, f"“{self.owner}”: {wrong}", write)


# The texts of an item by kind, as they are named in its file and in its class alike.
_TEXTS: tuple[tuple[Shelf[Item], dict[str, str]], ...] = (
    (STARTERS, {"starter_button": "button", "starter_text": "text"}),
    (FRAMES, {"frame": "text", "frame_listened": "text_listened"}),
    (CLOSINGS, {"closing": "text"}),
    (WAY_WORDS, {"way_title": "title", "way_text": "text"}),
)


def deck_pieces(decks: Iterable[Deck]) -> Iterator[Piece]:
    """List the texts of decks."""
    for deck in decks:
        for key in ("title", "label"):
            yield _piece(deck.source, (None, key), key, deck.title, deck.source.data.get(key))
        if deck.arc:
            yield _piece(deck.source, (("arc", 0), "announce"), "announce", deck.arc.id, deck.arc.announce)
        blocks = deck.source.data.get("prompt")
        for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
            yield from _prompt_pieces(deck.source, index, block)


def _prompt_pieces(source: Source, index: int, block: dict[str, object]) -> Iterator[Piece]:
    kinds = {"text": "prompt", "sides": "prompt", "plain": "prompt", "plain_sides": "prompt"}
    for key, kind in (kinds | {"hint": "hint", "hints": "hint"}).items():
        value = block.get(key)
        for text in value if isinstance(value, list) else [value]:
            yield _piece(source, (("prompt", index), key), kind, str(block.get("id", "")), text)


def shelf_pieces(folder: Path, root: Path, findings: list[Finding]) -> Iterator[Piece]:
    """List the texts of starters, frames, closings and ways, and note what can't be read of them."""
    for shelf, texts in _TEXTS:
        read = read_shelf(shelf, folder, root, findings) if (folder / shelf.file).exists() else None
        if read is None:
            continue
        source, items = read
        for index, item in enumerate(items):
            for kind, key in texts.items():
                yield _piece(source, ((shelf.table, index), key), kind, item.id, getattr(item, key))


def button_pieces(folder: Path, root: Path) -> Iterator[Piece]:
    """List the labels of buttons; none where the file can't be read, which the renderer says."""
    try:
        source = read_toml(folder / BUTTONS, root)
    except WordsError:
        return
    for key, label in source.data.items():
        yield _piece(source, (None, key), "button", key, label)


def _piece(source: Source, at: tuple[Place, str], kind: str, owner: str, text: object) -> Piece:
    words = text if isinstance(text, str) else ""
    return Piece(kind, owner, words, source.name, source.line_of(words, *at))
