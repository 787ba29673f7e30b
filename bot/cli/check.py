"""`check`: lint decks and messages; each finding says where, what is wrong, and what to write."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bot.coach.check import check as check_coach
from bot.coach.check import check_danger
from bot.telegram.advising import DANGER
from bot.telegram.routes import MENU
from bot.telegram.vocabulary import BUTTONS, expected
from prompts.check import check
from prompts.deck import DEPTHS, load_library
from prompts.source import ROOT, Finding, WordsError, display_name, languages, read_toml
from prompts.stats import Row, stats
from prompts.vignettes import load_vignettes

WIDTH = 100
COACH = "coach.toml"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--stats", action="store_true", help="count prompts by way, depth, shape and arc")


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 0 when there is none. What is only not yet translated is no fault."""
    buttons = BUTTONS | {f"menu_{name}" for name in MENU}
    findings = check(ROOT, expected(), buttons, datetime.now(UTC).date())
    findings += _find_danger_faults()
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    faults = [str(finding) for finding in findings if not finding.note]
    beyond = [*_find_in_coaches(), *_find_in_vignettes()]
    for fault in beyond:
        sys.stdout.write(f"{fault}\n")
    faults += beyond
    if faults:
        sys.stdout.write(f"{len(faults)} findings\n")
        return 1
    sys.stdout.write("The words are fine.\n")
    if arguments.stats:
        _print_stats()
    return 0


def _find_in_coaches() -> Iterator[str]:
    """Check every language's coach, and that its examples hold."""
    for language in languages(ROOT):
        path = ROOT / language / COACH
        if path.exists():
            try:
                found = check_coach(read_toml(path, ROOT).data)
            except WordsError as broken:
                found = [str(finding) for finding in broken.findings]
            yield from (f"{display_name(path, ROOT)}: {finding}" for finding in found)


def _find_in_vignettes() -> Iterator[str]:
    """Check every language's moments for practising alone."""
    for language in languages(ROOT):
        try:
            load_vignettes(language, ROOT)
        except WordsError as broken:
            yield from map(str, broken.findings)


def _find_danger_faults() -> list[Finding]:
    """Hold the words that may mean danger to their own examples, in every language."""
    findings: list[Finding] = []
    for path in sorted(ROOT.glob(f"*/{DANGER}")):
        name = display_name(path, ROOT)
        try:
            faults = check_danger(read_toml(path, ROOT).data)
        except WordsError as broken:
            findings += broken.findings
        else:
            findings += [Finding(name, 1, fault, "") for fault in faults]
    return findings


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
