"""`coach`: what the coach reads in responses, from standard input to standard output."""

import argparse
import sys

from bot.coach.coach import Coach
from bot.coach.lines import read_lines
from bot.content.advising import COACH, COACH_MODEL, load_danger, read_model
from prompts.source import ROOT, read_toml


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--json", action="store_true", required=True, help="one JSON object a line, in and out"
    )
    parser.add_argument("--language", default="en", help="the folder of prompts/ to read (en)")


def run(arguments: argparse.Namespace) -> int:
    """Answer every line as it comes."""
    folder = ROOT / arguments.language
    coach = Coach.from_data(read_toml(folder / COACH, ROOT).data, read_model(folder / COACH_MODEL))
    for answer in read_lines(coach, load_danger(folder, ROOT), sys.stdin):
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    return 0
