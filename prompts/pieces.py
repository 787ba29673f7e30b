"""Every text of a language that a partner may read, each with its place in the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prompts.deck import Deck
from prompts.prompt import Prompt, Side
from prompts.render import BUTTONS
from prompts.source import Finding, Location, Source, WordsError, read_toml
from prompts.starters import STARTERS, Starter, starters_in
from prompts.themes import read_themes
from prompts.together import TOGETHER
from prompts.word_file import Item, WordFile, read_words
from prompts.words import CLOSINGS, FRAMES, SIDES, WAY_WORDS, Frame


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: its kinds, as the style names them, and whose it is, such as a prompt's id.

    The first kind has a limit; what follows it is more exact, such as a frame for guesses.
    """

    kinds: tuple[str, ...]
    owner: str
    text: str
    file: str
    line: int

    @property
    def kind(self) -> str:
        """Give the kind that limits are for."""
        return self.kinds[0]

    def found(self, wrong: str, write: str) -> Finding:
        """Make a finding of it."""
        return Finding(self.file, self.line, f"“{self.owner}”: {wrong}", write)


# The kinds of an item's texts, which are named in its file and in its class alike.
_TEXTS: tuple[tuple[WordFile[Item], dict[str, tuple[str, ...]]], ...] = (
    (STARTERS, {"button": ("starter_button",)}),
    (FRAMES, {"text": ("frame",), "text_listened": ("frame_listened",)}),
    (CLOSINGS, {"text": ("closing",)}),
    (
        WAY_WORDS,
        {
            "title": ("way_title",),
            "text": ("way_text", "way_general"),
            "text_tell": ("way_text", "way_tell"),
            "text_guess": ("way_text", "way_guess"),
        },
    ),
    (SIDES, {"text": ("side_line",)}),
    (TOGETHER, {"text": ("thing",)}),
)


def deck_pieces(decks: Iterable[Deck]) -> Iterator[Passage]:
    """List the texts of decks."""
    for deck in decks:
        for key in ("title", "label"):
            yield _piece(deck.source, (None, key), (key,), deck.title, deck.source.data.get(key))
        if deck.arc:
            yield _piece(deck.source, (("arc", 0), "announce"), ("announce",), deck.arc.id, deck.arc.announce)
        blocks = deck.source.data.get("prompt")
        known = {prompt.id: prompt for prompt in deck.prompts}
        for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
            if prompt := known.get(str(block.get("id"))):
                yield from _prompt_pieces(deck.source, index, block, prompt)


def _prompt_pieces(source: Source, index: int, block: dict[str, object], prompt: Prompt) -> Iterator[Passage]:
    kinds = dict.fromkeys(("text", "sides", "plain", "plain_sides", "single"), "prompt")
    for key, kind in (kinds | {"hint": "hint", "hints": "hint", "choices": "choice"}).items():
        value = block.get(key)
        for side, text in enumerate(value if isinstance(value, list) else [value]):
            at = (("prompt", index), key)
            also = _kinds_of_prompt(key, prompt, 1 if side else 0)
            yield _piece(source, at, (kind, *also), str(block.get("id", "")), text)


def _kinds_of_prompt(key: str, prompt: Prompt, side: Side) -> Iterator[str]:
    """Say for whom a prompt's words are: whoever tells is held to other words than whoever guesses."""
    if key in ("sides", "plain_sides"):
        yield f"prompt_{prompt.task(side)}"
    if key in ("plain", "plain_sides"):
        yield "prompt_plain"
    if key == "single":
        yield "prompt_single"


def around_pieces(folder: Path, root: Path, findings: list[Finding]) -> Iterator[Passage]:
    """List the texts of starters, frames, closings, ways and the like, and note what can't be read of them."""
    for listed, texts in _TEXTS:
        words = starters_in(folder, root, findings) if listed is STARTERS else listed
        read = read_words(words, folder, root, findings) if (folder / words.file).exists() else None
        if read is None:
            continue
        source, items = read
        for index, item in enumerate(items):
            for key, kinds in texts.items():
                at = ((words.table, index), key)
                yield _piece(source, at, (*kinds, *_exact_kinds(item)), item.id, getattr(item, key))
    yield from _theme_pieces(folder, root, findings)


def _exact_kinds(item: Item) -> Iterator[str]:
    """Say for which words a frame or a starter is: one for a guess is held to more than one for any words."""
    if isinstance(item, Starter):
        yield f"starter_{item.kind}"
    if isinstance(item, Frame):
        yield from (f"frame_{task}" for task in item.tasks or ("general",))
        if item.light:
            yield "frame_light"


def _theme_pieces(folder: Path, root: Path, findings: list[Finding]) -> Iterator[Passage]:
    source, themes = read_themes(folder, root, findings)
    if source is None:
        return
    for index, theme in enumerate(themes.values()):
        for key in ("title", "text"):
            at = ("theme", index), key
            yield _piece(source, at, (f"theme_{key}",), theme.id, getattr(theme, key))


def button_pieces(folder: Path, root: Path) -> Iterator[Passage]:
    """List the labels of buttons; none where the file can't be read, which the renderer says."""
    try:
        source = read_toml(folder / BUTTONS, root)
    except WordsError:
        return
    for key, label in source.data.items():
        yield _piece(source, (None, key), ("button",), key, label)


def _piece(
    source: Source, at: tuple[Location, str], kinds: tuple[str, ...], owner: str, text: object
) -> Passage:
    words = text if isinstance(text, str) else ""
    return Passage(kinds, owner, words, source.name, source.line_of(words, *at))
