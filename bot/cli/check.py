"""`check`: lint decks and messages; each finding says where, what is wrong, and what to write."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.cli.overlay import laid_over
from bot.cli.tables.library import print_library
from bot.coach.check import check as check_coach
from bot.coach.check import check_danger
from bot.coach.model import Model, ModelError
from bot.coach.shape import Flaw
from bot.content.advising import COACH, COACH_MODEL, DANGER, DANGER_MODEL
from bot.content.language import COURTESIES, HOURS, PLACES, SECOND, read_made, second_questions
from bot.places import read_words
from bot.practice.hours.slips import Slip, find_slips
from bot.screens.table import SCREENS
from prompts.check import check
from prompts.courtesies import read_courtesies
from prompts.deck import load_library
from prompts.overlay_check import check_overlay
from prompts.source import ROOT, Finding, Source, WordsError, display_name, languages, read_toml
from prompts.tongue import load_tongue
from prompts.vignettes import load_vignettes

MODELS = (COACH_MODEL, DANGER_MODEL)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--stats", action="store_true", help="count prompts by way, theme, depth, form and arc"
    )
    parser.add_argument("--language", default="", help="check one language alone, a folder of prompts/")


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 0 when there is none. What is only not yet translated is no fault."""
    known = languages(ROOT)
    if arguments.language and arguments.language not in known:
        sys.stdout.write(f"There is no prompts/{arguments.language}/. There are: {', '.join(known)}.\n")
        return 2
    only = (arguments.language,) if arguments.language else known
    findings = [*SCREENS.faults]
    findings += check(ROOT, SCREENS.expected(), SCREENS.labels, datetime.now(UTC).date(), only)
    for language in only:
        findings += find_beyond(ROOT / language, ROOT)
    overlay = laid_over()
    if overlay:
        findings += check_overlay(overlay, ROOT, SCREENS.expected())
    waiting = [] if arguments.language else _not_offered(known)
    findings = [found for found in findings if not (found.note and found.file.split("/")[1] in waiting)]
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    faults = sum(not finding.note for finding in findings)
    if faults:
        sys.stdout.write(f"{faults} findings\n")
        return 1
    sys.stdout.write(f"The words are fine.{_still_missing(waiting)}\n")
    if arguments.stats:
        print_library(load_library(overlay=overlay))
    return 0


def _not_offered(languages: Iterable[str]) -> list[str]:
    return [code for code in languages if not load_tongue(ROOT / code, ROOT, []).offered]


def _still_missing(waiting: Collection[str]) -> str:
    return f" Not offered yet, see check --language: {', '.join(waiting)}." if waiting else ""


def find_beyond(folder: Path, root: Path) -> list[Finding]:
    """Check what one language's folder holds for the coach, hours and places, and that its examples hold."""
    findings = _find_flaws(folder / COACH, root, check_coach)
    findings += _find_flaws(folder / DANGER, root, check_danger)
    findings += _find_slips(folder / HOURS, root)
    findings += [flaw for name in MODELS for flaw in find_drift(folder / name, root)]
    findings += _find_unfit(folder / PLACES, root, read_words)
    findings += _find_unfit(folder / COURTESIES, root, read_courtesies)
    findings += _find_unfit(folder / SECOND, root, second_questions)
    try:
        load_vignettes(folder.name, root)
    except WordsError as broken:
        findings += broken.findings
    return findings


def _find_unfit(path: Path, root: Path, make: Callable[[Mapping[str, Any]], object]) -> list[Finding]:
    """Read one file as the bot does, where the language has it."""
    try:
        if path.exists():
            read_made(path, root, make)
    except WordsError as broken:
        return list(broken.findings)
    return []


def _find_flaws(path: Path, root: Path, find: Callable[[Mapping[str, Any]], list[Flaw]]) -> list[Finding]:
    """Check one file of the coach, where the language has it, and find the line of each flaw."""
    if not path.exists():
        return []
    try:
        source = read_toml(path, root)
    except WordsError as broken:
        return list(broken.findings)
    return [
        Finding(source.name, source.first_line(flaw.trail, flaw.entry), str(flaw), "")
        for flaw in find(source.data)
    ]


def find_drift(path: Path, root: Path) -> list[Finding]:
    """Check a small model, where the language has it: that it can be read, and scores its own examples the same."""
    if not path.exists():
        return []
    try:
        wrongs = Model.from_text(path.read_text("utf-8")).flaws()
    except (ValueError, ModelError) as broken:
        wrongs = [str(broken)]
    write = "Train it with python tests/coach/train.py."
    return [Finding(display_name(path, root), 1, f"{wrong}.", write) for wrong in wrongs]


def _find_slips(path: Path, root: Path) -> list[Finding]:
    """Check a language's words for times of day, where it has them."""
    if not path.exists():
        return []
    try:
        source = read_toml(path, root)
    except WordsError as broken:
        return list(broken.findings)
    return [
        Finding(source.name, _line_of(source, slip), slip.wrong, slip.write)
        for slip in find_slips(source.data)
    ]


def _line_of(source: Source, slip: Slip) -> int:
    if slip.entry:
        return source.line_of(slip.entry, slip.place, slip.key)
    return source.line(slip.place, slip.key)
