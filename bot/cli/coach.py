"""`coach`: what the coach reads in responses, from standard input to standard output."""

import argparse
import sys

from bot.coach.coach import Coach
from bot.coach.lines import read_lines
from prompts.source import ROOT, read_toml

FILE = "coach.toml"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--json", action="store_true", required=True, help="one JSON object a line, in and out"
    )
    parser.add_argument("--language", default="en", help="the folder of prompts/ to read (en)")


def run(arguments: argparse.Namespace) -> int:
    """Answer every line as it comes."""
    coach = Coach.from_data(read_toml(ROOT / arguments.language / FILE, ROOT).data)
    for answer in read_lines(coach, sys.stdin):
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    return 0
