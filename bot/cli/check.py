"""`check`: lint decks and messages; each finding says where, what is wrong, and what to write."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.overlay import laid_over
from bot.cli.tables.library import print_library
from bot.coach.check import check as check_coach
from bot.coach.check import check_danger, check_loss
from bot.coach.model import Model, ModelError
from bot.coach.shape import Flaw
from bot.content.advising import ADDRESSEE_MODEL, COACH, COACH_MODEL, DANGER, DANGER_MODEL, LOSSES
from bot.content.extras import EXTRAS, find_unfit
from bot.screens.table import SCREENS
from prompts.check import check
from prompts.deck import load_library
from prompts.overlay_check import check_overlay
from prompts.source import ROOT, Finding, WordsError, display_name, languages, read_text, read_toml
from prompts.tongue import load_tongue
from prompts.vignettes import FILE as VIGNETTES
from prompts.vignettes import load_vignettes


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


def find_beyond(folder: Path, root: Path, files: Collection[str] = ()) -> list[Finding]:
    """Check what one language's folder holds for the coach, hours and places, and that its examples hold.

    With `files`, those of them alone. Where the language has no such file, nothing is said of it.
    """
    findings: list[Finding] = []
    for name, find in _BEYOND.items():
        if (not files or name in files) and (folder / name).exists():
            findings += find(folder / name, root)
    return findings


def _find_unread(path: Path, root: Path) -> list[Finding]:
    try:
        load_vignettes(path.parent.name, root)
    except WordsError as broken:
        return list(broken.findings)
    return []


def _find_flaws(path: Path, root: Path, find: Callable[[Mapping[str, Any]], list[Flaw]]) -> list[Finding]:
    """Check one file of the coach, and find the line of each flaw."""
    try:
        source = read_toml(path, root)
    except WordsError as broken:
        return list(broken.findings)
    return [
        Finding(source.name, source.first_line(flaw.trail, flaw.entry), str(flaw), "")
        for flaw in find(source.data)
    ]


def find_drift(path: Path, root: Path) -> list[Finding]:
    """Check a small model: that it can be read, and scores its own examples the same."""
    name, line = display_name(path, root), 1
    try:
        written = read_text(path, root)
        wrongs = Model.from_text(written).flaws()
    except WordsError as broken:
        return list(broken.findings)
    except ModelError as broken:
        wrongs, line = [str(broken)], broken.line
    return [
        Finding(name, line, f"{wrong}.", "Train it with python tests/coach/train.py.") for wrong in wrongs
    ]


_BEYOND: Mapping[str, Callable[[Path, Path], list[Finding]]] = {
    COACH: partial(_find_flaws, find=check_coach),
    DANGER: partial(_find_flaws, find=check_danger),
    LOSSES: partial(_find_flaws, find=check_loss),
    ADDRESSEE_MODEL: find_drift,
    COACH_MODEL: find_drift,
    DANGER_MODEL: find_drift,
    **dict.fromkeys(EXTRAS, find_unfit),
    VIGNETTES: _find_unread,
}
