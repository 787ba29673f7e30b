"""Lint all the words: decks, starters, frames, closings, ways, buttons and templates.

Every finding says in plain words where, what is wrong, and what to write. What can't be loaded is found by
the same code that loads it; what a partner should not read is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from prompts.alike import find_alike
from prompts.complete import find_gaps
from prompts.deck import Deck, duplicate_ids, load_library, read_decks
from prompts.demo_words import find_demo_faults
from prompts.enough import find_want
from prompts.keepsake import find_keepsake_faults
from prompts.letters import find_letter_faults
from prompts.lint import find_faults
from prompts.looked_back import find_looked_back_faults
from prompts.message_check import find_button_faults, find_message_faults, find_message_wordings
from prompts.phrases import find_phrase_faults
from prompts.pieces import Passage, around_pieces, button_pieces, deck_pieces
from prompts.plurals import find_plural_faults
from prompts.prompt import OTHER, Prompt
from prompts.safety import find_safety_faults
from prompts.source import FALLBACK, ROOT, Finding, WordsError, languages
from prompts.starters import OF_THEIR_OWN
from prompts.style import Style, load_style
from prompts.template import TemplateValues
from prompts.themes import THEMES, load_themes
from prompts.tics import said
from prompts.together import TOGETHER
from prompts.tongue import find_tongue_faults
from prompts.typography import find_typography
from prompts.word_file import read_words
from prompts.words import load_words

REPAIR = "repair"
ARC_LENGTHS = range(5, 8)
_A_FEW_WORDS = 20  # characters, by which the sides of a short prompt may differ whatever their share
_DIFFERENT = ("frame", "closing", "thing", "theme_text")


def check(
    root: Path = ROOT,
    expected: Mapping[str, TemplateValues] | None = None,
    buttons: Collection[str] | None = None,
    today: date | None = None,
    only: Collection[str] = (),
) -> list[Finding]:
    """Check every language, or `only` some.

    `expected` names each message that must be there with its values, `buttons` each key; None
    leaves that open; `today` lets lines of help grow stale. A finding with `note` is information: what is
    stale, or what a language that is not offered yet still lacks.
    """
    findings: list[Finding] = []
    for language in only or languages(root):
        findings += check_language(root / language, expected, buttons, today)
    return sorted(set(findings))


def check_language(
    folder: Path,
    expected: Mapping[str, TemplateValues] | None = None,
    buttons: Collection[str] | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Check one language, in the folder of its name."""
    root = folder.parent
    findings: list[Finding] = []
    findings += find_message_faults(folder, root, expected)
    findings += find_button_faults(folder, root, buttons)
    findings += find_keepsake_faults(folder, root)
    findings += find_looked_back_faults(folder, root)
    findings += find_safety_faults(folder, root, today)
    findings += find_letter_faults(folder, root)
    findings += find_tongue_faults(folder, root)
    findings += find_demo_faults(folder, root)
    findings += find_plural_faults(folder, root)
    findings += find_phrase_faults(folder, root)
    english = None if folder.name == FALLBACK else _english_prompts(root)
    decks, found = read_decks(folder, root, load_themes(FALLBACK, root, []), english=english)
    findings += found + duplicate_ids(decks)
    findings += _load_faults(folder.name, root)
    try:
        style = load_style(folder, root, findings)
    except WordsError as error:
        return sorted({*findings, *error.findings})
    findings += find_message_wordings(folder, root, style)
    findings += _lint_decks(decks, style)
    around = [*around_pieces(folder, root, findings), *button_pieces(folder, root)]
    findings += _lint(around, style)
    findings += find_alike((p for p in around if p.kind in _DIFFERENT), style.reading["alike"])
    findings += _judge_things(folder, root)
    things = sum(piece.kind == "thing" for piece in around)
    findings += find_want(folder, root, decks, things)
    retired = [prompt.id for deck in decks for prompt in deck.prompts if prompt.retired]
    findings += find_typography(folder, root, [*deck_pieces(decks), *around])
    findings += style.tics.find(said([*deck_pieces(decks), *around], retired))
    findings += find_gaps(folder, root, set(expected or ()), set(buttons or ()))
    return sorted(set(findings))


def _english_prompts(root: Path) -> Mapping[str, Prompt]:
    try:
        return load_library(FALLBACK, root).prompts
    except WordsError:
        return {}  # English is broken, and its own findings say so


def _load_faults(language: str, root: Path) -> Iterator[Finding]:
    for load in (load_library, load_words):
        try:
            load(language, root)
        except WordsError as error:
            yield from (
                found for found in error.findings if found.file.startswith(f"{root.name}/{language}/")
            )


def _lint(pieces: Iterable[Passage], style: Style) -> Iterator[Finding]:
    for piece in pieces:
        for wrong, write in find_faults(piece, style):
            yield piece.found(wrong, write)


def _lint_decks(decks: list[Deck], style: Style) -> Iterator[Finding]:
    pieces = list(deck_pieces(decks))
    yield from _lint(pieces, style)
    retired = {prompt.id for deck in decks for prompt in deck.prompts if prompt.retired}
    alive = (piece for piece in pieces if piece.kind == "prompt" and piece.owner not in retired)
    yield from find_alike(alive, style.reading["alike"])
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
        elif longer * 100 > shorter * balance and longer > shorter + _A_FEW_WORDS:
            wrong = f"“{prompt.id}”: One side has {longer} characters, the other {shorter}."
            yield Finding(deck.source.name, line, wrong, "Give both a task of equal weight.")
        if prompt.task(1) in OF_THEIR_OWN and OTHER not in prompt.sides[1]:
            wrong = (
                f"“{prompt.id}”: The second side does not speak of {OTHER}, and its form is {prompt.form}."
            )
            yield Finding(
                deck.source.name, line, wrong, f"Make it one about {OTHER}, or choose another form."
            )


def _judge_things(folder: Path, root: Path) -> Iterator[Finding]:
    """Find small things of a theme that there is not."""
    themes = load_themes(FALLBACK, root, [])
    read = read_words(TOGETHER, folder, root, []) if (folder / TOGETHER.file).exists() else None
    source, things = read or (None, [])
    for index, thing in enumerate(things):
        if source and thing.theme is not None and thing.theme not in themes:
            wrong = f"“{thing.id}”: There is no theme “{thing.theme}”."
            line = source.line(("thing", index), "theme")
            yield Finding(source.name, line, wrong, f"Write one of {THEMES}.")
