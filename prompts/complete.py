"""What a language needs before anybody is offered it: the least, in one place, and what of it is still missing.

A half-written language may stand here as long as its `language.toml` doesn't say `offered`: what it lacks is then a
note, and nobody sees a screen in two languages. Once it is offered, each gap is a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from prompts.conditions import find_forgotten_cases
from prompts.deck import Library, load_library
from prompts.demo_words import PAGE, PLAY
from prompts.joining_rules import JOINING
from prompts.keepsake import FILE as KEEPSAKE
from prompts.looked_back import FILE as LOOKED_BACK
from prompts.prompt import Form, Prompt
from prompts.render import BUTTONS, read_buttons
from prompts.safety import FILE as SAFETY
from prompts.source import FALLBACK, Finding, WordsError, display_name
from prompts.starters import STARTERS, starters_in
from prompts.style import STYLE
from prompts.template import PHRASES, SUFFIX
from prompts.themes import THEMES, read_themes
from prompts.together import TOGETHER
from prompts.tongue import FILE as LANGUAGE
from prompts.tongue import load_tongue
from prompts.vignettes import FILE as VIGNETTES
from prompts.vignettes import load_vignettes
from prompts.word_file import Item, WordFile, read_words
from prompts.words import (
    CLOSINGS,
    FRAMES,
    SIDES,
    WAY_WORDS,
    find_too_few,
    load_words,
)

FILES = (
    LANGUAGE,
    STYLE,
    SAFETY,
    JOINING,
    KEEPSAKE,
    LOOKED_BACK,
    "hours.toml",
    "places.toml",
    "second.toml",
    "courtesies.toml",
    "names.toml",
    "menu.toml",
    "danger.toml",
    "loss.toml",
    PAGE,
    PLAY,
)
"""Files that are whole or not there: what stands in them is checked elsewhere."""

LEAST_PROMPTS = 150
NEEDED = ("gone-card", "own-card", "listening-a-moment-that-stayed", "perspective-the-hard-hour")
"""Prompts that are no choice: two that stand for a card of one's own, and the two of the demo."""
WEEKLY = "week-back-"
"""What prompts are called that come on a day of their own; without them an ordinary one comes."""


_Read = TypeVar("_Read", bound=Item)
_Fits = Callable[[Prompt], bool]
OF_PROMPTS: tuple[tuple[str, int, _Fits], ...] = (
    ("of depth 1", 90, lambda prompt: prompt.depth == 1),
    ("that need nobody's yes", 110, lambda prompt: not prompt.by_consent),
    ("that are light", 20, lambda prompt: prompt.light),
    ("that are quick", 15, lambda prompt: prompt.quick),
    ("with two sides", 35, lambda prompt: prompt.two_sided),
    ("with a guess", 35, lambda prompt: prompt.form is Form.GUESS),
)
A_WAY, A_THEME = 8, 2
LEAST: Mapping[str, int] = {
    STARTERS.file: 20,
    FRAMES.file: 24,
    CLOSINGS.file: 12,
    TOGETHER.file: 12,
    VIGNETTES: 10,
}


def find_gaps(folder: Path, root: Path, messages: Collection[str], buttons: Collection[str]) -> list[Finding]:
    """Find what a language still needs: notes while it is not offered, faults from then on.

    `messages` and `buttons` are what there has to be.
    """
    if folder.name == FALLBACK:
        return []
    offered = load_tongue(folder, root, []).offered
    gaps = [*_files(folder, root), *_templates(folder, root, messages), *_labels(folder, root, buttons)]
    gaps += find_forgotten_cases(folder, root)
    try:
        english = load_library(FALLBACK, root)
        gaps += _prompts(folder, root, load_library(folder.name, root), english)
        gaps += _around(folder, root)
    except WordsError:
        pass  # what is broken says so itself
    return [replace(gap, note=not offered) for gap in gaps]


def _gap(folder: Path, root: Path, file: str, wrong: str, write: str = "Write what is missing.") -> Finding:
    return Finding(display_name(folder / file, root), 1, wrong, write)


def _files(folder: Path, root: Path) -> Iterator[Finding]:
    for file in FILES:
        if not (folder / file).exists():
            yield _gap(folder, root, file, "This file is not here yet.", "TRANSLATING.md says what is in it.")


def _templates(folder: Path, root: Path, messages: Collection[str]) -> Iterator[Finding]:
    there = {path.name.removesuffix(SUFFIX) for path in (folder / "messages").glob(f"*{SUFFIX}")}
    missing = sorted({*messages, PHRASES.removesuffix(SUFFIX)} - there)
    if missing:
        wrong = f"{len(missing)} messages are read in English: {', '.join(missing)}."
        yield _gap(folder, root, "messages", wrong)


def _labels(folder: Path, root: Path, buttons: Collection[str]) -> Iterator[Finding]:
    known = set(buttons) or set(read_buttons(root / FALLBACK, root, []))
    missing = sorted(known - read_buttons(folder, root, []).keys())
    if missing:
        wrong = f"{len(missing)} buttons are read in English: {', '.join(missing)}."
        yield _gap(folder, root, BUTTONS, wrong)


def _prompts(folder: Path, root: Path, library: Library, english: Library) -> Iterator[Finding]:
    spoken = library.spoken
    prompts = [english.prompts[name] for name in spoken if not english.prompts[name].retired]

    def lacking(count: int, least: int, what: str) -> Iterator[Finding]:
        if count < least:
            yield _gap(
                folder, root, "decks", f"{count} of at least {least} prompts {what}.".replace(" .", ".")
            )

    yield from lacking(len(prompts), LEAST_PROMPTS, "")
    for what, least, fits in OF_PROMPTS:
        yield from lacking(sum(map(fits, prompts)), least, what)
    yield from _of_each(folder, root, prompts, english)
    missing = [name for name in NEEDED if name in english.prompts and name not in spoken]
    if missing:
        yield _gap(folder, root, "decks", f"These prompts are needed: {', '.join(missing)}.")


def _of_each(folder: Path, root: Path, prompts: list[Prompt], english: Library) -> Iterator[Finding]:
    """Find ways and themes with too few prompts; English may have few itself."""
    groups: tuple[tuple[str, int, Callable[[Prompt], str | None]], ...] = (
        ("way", A_WAY, lambda prompt: prompt.way.value),
        ("theme", A_THEME, lambda prompt: prompt.theme),
    )
    for kind, least, name in groups:
        there = Counter(map(name, prompts))
        known = Counter(map(name, english.prompts.values()))
        few = [f"{each} ({there[each]})" for each in known if each and there[each] < min(least, known[each])]
        if few:
            wrong = f"Each {kind} has at least {least} prompts; fewer have: {', '.join(sorted(few))}."
            yield _gap(folder, root, "decks", wrong)


def _around(folder: Path, root: Path) -> Iterator[Finding]:
    own: tuple[WordFile[Item], ...] = (starters_in(folder, root, []), FRAMES, CLOSINGS)
    for words in (*own, TOGETHER):
        count = len(_read(words, folder, root))
        if count < LEAST[words.file]:
            yield _gap(folder, root, words.file, f"{count} of at least {LEAST[words.file]}.")
    mine = load_words(FALLBACK, root)
    yield from find_too_few(
        replace(
            mine,
            language=folder.name,
            starters={item.id: item for item in _read(starters_in(folder, root, []), folder, root)},
            frames={item.id: item for item in _read(FRAMES, folder, root)},
        ),
        root.name,
    )
    for fixed, known in ((WAY_WORDS, {*map(str, mine.ways)}), (SIDES, {*mine.side_lines})):
        missing = sorted(known - {item.id for item in _read(fixed, folder, root)})
        if missing:
            yield _gap(folder, root, fixed.file, f"These are read in English: {', '.join(missing)}.")
    themes = sorted(
        read_themes(root / FALLBACK, root, [])[1].keys() - read_themes(folder, root, [])[1].keys()
    )
    if themes:
        yield _gap(folder, root, THEMES, f"{len(themes)} themes are read in English: {', '.join(themes)}.")
    moments = len(load_vignettes(folder.name, root)) if (folder / VIGNETTES).exists() else 0
    if moments < LEAST[VIGNETTES]:
        yield _gap(folder, root, VIGNETTES, f"{moments} of at least {LEAST[VIGNETTES]}.")


def _read(words: WordFile[_Read], folder: Path, root: Path) -> list[_Read]:
    read = read_words(words, folder, root, []) if (folder / words.file).exists() else None
    return read[1] if read else []
