"""`check`: lint decks and messages; each finding says where, what is wrong, and what to write."""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.coach.check import check as check_coach
from bot.coach.check import check_danger
from bot.coach.shape import Flaw
from bot.content import COACH, DANGER
from bot.screens.table import SCREENS
from prompts.check import check
from prompts.deck import DEPTHS, load_library
from prompts.source import ROOT, Finding, WordsError, languages, read_toml
from prompts.stats import Row, stats
from prompts.vignettes import load_vignettes

WIDTH = 100


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--stats", action="store_true", help="count prompts by way, depth, shape and arc")


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 0 when there is none. What is only not yet translated is no fault."""
    findings = [*SCREENS.faults]
    findings += check(ROOT, SCREENS.expected(), SCREENS.labels, datetime.now(UTC).date())
    for language in languages(ROOT):
        findings += find_beyond(ROOT / language, ROOT)
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    faults = sum(not finding.note for finding in findings)
    if faults:
        sys.stdout.write(f"{faults} findings\n")
        return 1
    sys.stdout.write("The words are fine.\n")
    if arguments.stats:
        _print_stats()
    return 0


def find_beyond(folder: Path, root: Path) -> list[Finding]:
    """Check what one language's folder holds for the coach, and that its examples hold."""
    findings = _find_flaws(folder / COACH, root, check_coach) + _find_flaws(
        folder / DANGER, root, check_danger
    )
    try:
        load_vignettes(folder.name, root)
    except WordsError as broken:
        findings += broken.findings
    return findings


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


def _print_stats() -> None:
    counted = stats(load_library())
    console = Console(width=WIDTH, highlight=False)
    ways = Table("way", "prompts", *(f"depth {d}" for d in DEPTHS), "two-sided", "heavy", "plain", "in arcs")
    for row in (*counted.ways, counted.total):
        ways.add_row(*_cells(row), end_section=row is counted.ways[-1])
    arcs = Table("arc", "way", "prompts", "depth")
    for arc in counted.arcs:
        arcs.add_row(arc.title, arc.way.value, str(arc.prompts), str(arc.depth))
    console.print(ways, arcs)


def _cells(row: Row) -> list[str]:
    numbers = (
        row.prompts,
        *(row.by_depth[d] for d in DEPTHS),
        row.two_sided,
        row.heavy,
        row.plain,
        row.in_arcs,
    )
    return [row.name, *map(str, numbers)]
