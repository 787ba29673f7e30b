"""What an overlay may hold, and what `check` says of it: files that have no place, and originals that changed."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from prompts.deck import load_library
from prompts.letters import find_letter_faults
from prompts.message_check import find_message_wordings
from prompts.overlay import ORIGINALS, Overlay, blocks_of, fingerprint, id_of, piece_name
from prompts.render import BUTTONS, Expected, Renderer
from prompts.source import Finding, Source, WordsError, display_name, languages, read_text, read_toml
from prompts.starters import STARTERS
from prompts.style import load_style
from prompts.template import MACROS, SUFFIX
from prompts.together import TOGETHER
from prompts.words import CLOSINGS, FRAMES, SIDES, WAY_WORDS, load_words

DECKS = "decks"
TABLES: Mapping[str, str] = {
    file.file: file.table for file in (STARTERS, FRAMES, CLOSINGS, WAY_WORDS, SIDES, TOGETHER)
}
"""The files that are laid over key by key beside buttons and decks, with the name of their tables."""

_SHAPE = ("sides", "text", "form")
"""What a prompt's rounds rely on, and so stays under its id."""


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """One thing that is laid over ours, or that ours has not: `original` is None then."""

    name: str
    file: str
    line: int
    original: str | None


def check_overlay(overlay: Overlay, root: Path, expected: Expected | None) -> list[Finding]:
    """Check all of an overlay; what a start refuses is a fault, the rest a note: these words are not ours to judge."""
    if strays := find_strays(overlay, root):
        return strays
    try:
        Renderer(root, expected, overlay)
        for language in languages(root):
            load_library(language, root, overlay)
            load_words(language, root, overlay)
        return sorted({*find_changes(overlay, root), *_noted(overlay, root)})
    except WordsError as error:
        return sorted(error.findings)


def _noted(overlay: Overlay, root: Path) -> Iterator[Finding]:
    """Note what the style would say of an operator's own templates, and letters that would not arrive."""
    for language in languages(root):
        folder = overlay.root / language
        found = find_message_wordings(folder, overlay.root, load_style(root / language, root, []))
        for finding in [*found, *find_letter_faults(folder, overlay.root)]:
            yield replace(finding, note=True)


def find_strays(overlay: Overlay, root: Path) -> list[Finding]:
    """Find what has no place: files and names that ours has not, and prompts in another shape than ours."""
    findings: list[Finding] = []
    known = languages(root)
    try:
        originals = overlay.originals()
        for path in sorted(overlay.root.rglob("*")):
            findings += _misplaced(path, overlay, root, known, originals)
    except (WordsError, OSError) as error:
        return _broken(overlay, error)
    for language in known:
        try:
            findings += _unknown_labels(overlay, language, root, originals)
            findings += _changed_shapes(overlay, language, root)
        except WordsError as error:
            findings += error.findings
    return sorted(set(findings))


def find_changes(overlay: Overlay, root: Path) -> Iterator[Finding]:
    """Note each original that has changed or gone since it was laid over, and each without a fingerprint."""
    originals = overlay.originals()
    for piece in own_pieces(overlay, root):
        kept = originals.get(piece.name)
        seen = f"then run: python -m bot overlay seen {piece.name}"
        if piece.original is None and kept:
            wrong = f"“{piece.name}” has no original any more, so that nobody reads this."
            yield Finding(piece.file, piece.line, wrong, "Delete it.", note=True)
        elif piece.original is not None and kept is None:
            wrong = f"No fingerprint of the original of “{piece.name}” is kept."
            yield Finding(piece.file, piece.line, wrong, f"Look at it, {seen}", note=True)
        elif piece.original not in (None, kept):
            wrong = f"The original of “{piece.name}” has changed since you wrote yours."
            yield Finding(piece.file, piece.line, wrong, f"Look whether yours still fits, {seen}", note=True)


def own_pieces(overlay: Overlay, root: Path) -> Iterator[OwnPiece]:
    """List all that is laid over, each with its original's fingerprint. Raises WordsError."""
    for language in languages(root):
        for path in overlay.templates(language):
            ours = root / language / "messages" / path.name
            original = fingerprint(read_text(ours, root)) if ours.exists() else None
            name = piece_name(language, f"messages/{path.name}")
            yield OwnPiece(name, display_name(path, overlay.root), 1, original)
        for file, source in overlay.sources(language):
            yield from _keys(language, file, source, read_ours(root, language, file))


def read_ours(root: Path, language: str, file: str) -> Source | None:
    """Read a file of ours; None where there is none."""
    path = root / language / file
    return read_toml(path, root) if path.exists() else None


def _keys(language: str, file: str, source: Source, ours: Source | None) -> Iterator[OwnPiece]:
    before = ours.data if ours else {}
    for key, value in source.data.items():
        blocks = blocks_of(value)
        if blocks is None:
            original = fingerprint(before[key]) if key in before else None
            name = piece_name(language, file, key)
            yield OwnPiece(name, source.name, source.line(key=key), original)
            continue
        mine = {id_of(block): block for block in blocks_of(before.get(key)) or ()}
        for index, block in enumerate(blocks):
            known = mine.get(id_of(block))
            line = source.line((key, index), "id")
            name = piece_name(language, file, id_of(block))
            yield OwnPiece(name, source.name, line, fingerprint(known) if known else None)


def _broken(overlay: Overlay, error: WordsError | OSError) -> list[Finding]:
    if isinstance(error, WordsError):
        return list(error.findings)
    wrong = f"This folder can't be read ({type(error).__name__})."
    return [Finding(overlay.root.name, 1, wrong, "Let this program read it, or set ATTUNE_WORDS to another.")]


def _misplaced(
    path: Path, overlay: Overlay, root: Path, known: Collection[str], originals: Collection[str]
) -> Iterator[Finding]:
    language, *rest = path.relative_to(overlay.root).parts
    name = display_name(path, overlay.root)
    file = "/".join(rest)
    if path.is_dir() or any(part.startswith(".") or part.endswith("~") for part in path.parts[-1:]):
        return
    if not rest:
        if language != ORIGINALS and not language.lower().startswith("readme"):
            yield Finding(
                name, 1, "This is in no language's folder.", f"Put it into one: {', '.join(known)}."
            )
    elif language not in known:
        wrong = f"There is no language “{language}”."
        yield Finding(name, 1, wrong, f"There are: {', '.join(known)}. prompts/STYLE.md tells of a new one.")
    elif path.name == MACROS:
        yield Finding(name, 1, "How words are quoted is not laid over.", "Delete this file.")
    elif not _has_place(file, rest, root / language) and piece_name(language, file) not in originals:
        near = difflib.get_close_matches(file, _places(root / language), n=1)
        write = (
            f"Did you mean {near[0]}?" if near else "Messages, buttons, decks and the files around them are."
        )
        yield Finding(name, 1, "This is no file that can be laid over.", write)


def _has_place(file: str, rest: list[str], ours: Path) -> bool:
    if rest[0] == DECKS:
        return len(rest) == len((DECKS, "file")) and file.endswith(".toml")
    return file in _places(ours)


def _places(ours: Path) -> list[str]:
    messages = [f"messages/{path.name}" for path in (ours / "messages").glob(f"*{SUFFIX}")]
    return [BUTTONS, *TABLES, *messages]


def _unknown_labels(
    overlay: Overlay, language: str, root: Path, originals: Collection[str]
) -> Iterator[Finding]:
    source = overlay.read(language, BUTTONS)
    ours = read_ours(root, language, BUTTONS)
    for key in source.data if source and ours else ():
        if ours and source and key not in ours.data and piece_name(language, BUTTONS, key) not in originals:
            near = difflib.get_close_matches(key, ours.data, n=1)
            write = f"Did you mean `{near[0]}`?" if near else "Take it out."
            yield Finding(source.name, source.line(key=key), f"No button is called `{key}`.", write)


def _changed_shapes(overlay: Overlay, language: str, root: Path) -> Iterator[Finding]:
    """Find prompts that are laid over in another shape: rounds in the middle of one rely on it."""
    for name in overlay.decks(language):
        source, ours = overlay.read(language, f"{DECKS}/{name}"), read_ours(root, language, f"{DECKS}/{name}")
        mine = {id_of(block): block for block in blocks_of(ours.data.get("prompt")) or ()} if ours else {}
        for index, block in enumerate(blocks_of(source.data.get("prompt")) or () if source else ()):
            original = mine.get(id_of(block))
            if source and original and (key := _reshaped(original, block)):
                wrong = f"“{id_of(block)}” has another `{key}` in ours, on which its rounds rely."
                write = "Keep the shape; or retire it, and write one with an id of its own."
                yield Finding(source.name, source.line(("prompt", index), key), wrong, write)


def _reshaped(original: Mapping[str, object], own: Mapping[str, object]) -> str:
    for key in _SHAPE:
        if key in own and (key not in original or (key == "form" and own[key] != original[key])):
            return key
    mine, theirs = original.get("choices"), own.get("choices", original.get("choices"))
    alike = isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs)
    return "" if mine == theirs or alike else "choices"
