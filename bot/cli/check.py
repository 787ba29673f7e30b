"""`check`: lint decks and messages; each finding says where, what is wrong, and what to write."""

import argparse
import sys

from prompts.check import check

from bot.telegram.vocabulary import expected
from prompts.source import ROOT

HELP = "lint decks and messages: file, line, what is wrong, what to write"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 0 when there is none."""
    del arguments
    findings = check(ROOT, expected())
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(f"{len(findings)} findings\n" if findings else "The words are fine.\n")
    return 1 if findings else 0
