"""Lint all the words: decks, starters, frames, closings, ways, buttons and templates.

Every finding says in plain words where, what is wrong, and what to write. What can't be loaded is found by
the same code that loads it; what a partner should not read is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from prompts.alike import find_alike
from prompts.deck import Deck, duplicate_ids, load_library, read_decks
from prompts.keepsake import find_keepsake_faults
from prompts.lint import find_faults
from prompts.message_check import find_button_faults, find_message_faults, find_message_wordings
from prompts.pieces import Piece, button_pieces, deck_pieces, shelf_pieces
from prompts.safety import find_safety_faults
from prompts.source import FALLBACK, ROOT, Finding, WordsError, display_name, languages
from prompts.style import Style, load_style
from prompts.words import load_words

REPAIR = "repair"
ARC_LENGTHS = range(5, 8)


def check(
    root: Path = ROOT,
    expected: Mapping[str, Collection[str]] | None = None,
    buttons: Collection[str] | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Check every language.

    `expected` names each message that must be there with the values it may use, `buttons` each key; None
    leaves that open; `today` lets lines of help grow stale. A finding with `note` is information: what is
    stale, or read in English for want of a translation.
    """
    findings: list[Finding] = []
    for language in languages(root):
        findings += check_language(root / language, expected, buttons, today)
    return sorted(set(findings))


def check_language(
    folder: Path,
    expected: Mapping[str, Collection[str]] | None = None,
    buttons: Collection[str] | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Check one language, in the folder of its name."""
    root = folder.parent
    findings: list[Finding] = []
    findings += find_message_faults(folder, root, expected)
    findings += find_button_faults(folder, root, buttons)
    findings += find_keepsake_faults(folder, root)
    findings += find_safety_faults(folder, root, today)
    decks, found = read_decks(folder, root)
    findings += found + duplicate_ids(decks)
    findings += _load_faults(folder.name, root)
    try:
        style = load_style(folder, root, findings)
    except WordsError as error:
        return sorted({*findings, *error.findings})
    findings += find_message_wordings(folder, root, style)
    findings += _lint_decks(decks, style)
    around = [*shelf_pieces(folder, root, findings), *button_pieces(folder, root)]
    findings += _lint(around, style)
    findings += find_alike((p for p in around if p.kind in ("frame", "closing")), style.reading["alike"])
    if folder.name != FALLBACK:
        findings += _untranslated(folder, root, decks, around)
    return sorted(set(findings))


def _load_faults(language: str, root: Path) -> Iterator[Finding]:
    for load in (load_library, load_words):
        try:
            load(language, root)
        except WordsError as error:
            yield from (
                found for found in error.findings if found.file.startswith(f"{root.name}/{language}/")
            )


def _lint(pieces: Iterable[Piece], style: Style) -> Iterator[Finding]:
    for piece in pieces:
        for wrong, write in find_faults(piece, style):
            yield piece.found(wrong, write)


def _lint_decks(decks: list[Deck], style: Style) -> Iterator[Finding]:
    pieces = list(deck_pieces(decks))
    yield from _lint(pieces, style)
    yield from find_alike((piece for piece in pieces if piece.kind == "prompt"), style.reading["alike"])
    for deck in decks:
        yield from _judge_arc(deck)
        yield from _judge_sides(deck, style.reading["balance"])


def _judge_arc(deck: Deck) -> Iterator[Finding]:
    if deck.arc is None:
        return
    line = deck.source.line(("arc", 0))
    if len(deck.prompts) not in ARC_LENGTHS:
        wrong = f"The arc “{deck.arc.id}” has {len(deck.prompts)} prompts."
        yield Finding(deck.source.name, line, wrong, "An arc is a week: write 5 to 7.")
    if any(prompt.way == REPAIR for prompt in deck.prompts):
        wrong = f"The arc “{deck.arc.id}” is of repair, which comes at most once in ten days."
        yield Finding(deck.source.name, line, wrong, "Leave out [arc]: its prompts then come singly.")


def _judge_sides(deck: Deck, balance: int) -> Iterator[Finding]:
    for index, prompt in enumerate(deck.prompts):
        shorter, longer = sorted(map(len, prompt.sides))
        if not prompt.two_sided or not shorter:
            continue
        line = deck.source.line(("prompt", index), "sides")
        if prompt.sides[0] == prompt.sides[1]:
            wrong = f"“{prompt.id}”: Both sides are the same."
            yield Finding(deck.source.name, line, wrong, "Write `text` instead of `sides`.")
        elif longer * 100 > shorter * balance:
            wrong = f"“{prompt.id}”: One side has {longer} characters, the other {shorter}."
            yield Finding(deck.source.name, line, wrong, "Give both a task of equal weight.")


def _untranslated(
    folder: Path, root: Path, decks: Iterable[Deck], around: Iterable[Piece]
) -> Iterator[Finding]:
    try:
        prompts, words = load_library(FALLBACK, root).prompts, load_words(FALLBACK, root)
    except WordsError:
        return  # English is broken, and its own findings say so
    there = {prompt.id for deck in decks for prompt in deck.prompts}
    yield from _in_english(folder, root, "decks", "prompts", len(prompts.keys() - there))
    owners = {piece.owner for piece in around if piece.kind != "button"}
    for file, items in (
        ("starters.toml", words.starters),
        ("frames.toml", words.frames),
        ("closings.toml", words.closings),
        ("ways.toml", words.ways),
    ):
        yield from _in_english(folder, root, file, file.removesuffix(".toml"), len(items.keys() - owners))


def _in_english(folder: Path, root: Path, file: str, what: str, count: int) -> Iterator[Finding]:
    if count:
        wrong = f"{count} {what} are read in English."
        yield Finding(display_name(folder / file, root), 1, wrong, "Translate them when you can.", note=True)
