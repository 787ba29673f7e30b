"""`preview`: a round as both partners would see it, or a year's plan for a couple."""

import argparse
import asyncio
import random
import sys
from collections.abc import Iterator
from datetime import date

from rich.console import Console
from rich.table import Table

from bot.content import Content
from bot.home import script
from bot.home.house import at_home
from bot.home.preview import play_round
from bot.home.transcript import SideBySide, Transcript
from bot.practice import circumstances, rotation

DAYS = 365
WIDTH = 110


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--prompt", metavar="ID", help="the prompt of the round")
    what.add_argument("--year", action="store_true", help="what would come when, and why")
    parser.add_argument("--depth", type=int, choices=(1, 2, 3), default=2, help="the couple's depth (2)")
    parser.add_argument("--seed", type=int, default=1, help="which couple (1)")
    parser.add_argument("--lapses", type=float, default=0.0, help="share of rounds that lapse (0)")


def run(arguments: argparse.Namespace) -> int:
    """Print it; 2 for a prompt that there is not."""
    content = Content()
    if arguments.year:
        _print_year(content, arguments)
        return 0
    if arguments.prompt not in content.library("en").prompts:
        sys.stderr.write(f"There is no prompt {arguments.prompt}: look for its id in prompts/en/decks.\n")
        return 2
    asyncio.run(_play(arguments.prompt))
    return 0


async def _play(prompt: str) -> None:
    async with at_home(script.START, zone=script.ZONE, prompts=(prompt,)) as home:
        columns = SideBySide(script.ZONE)
        columns.title("Noa's phone", "Sam's phone")
        transcript = Transcript(home.world, columns.show)
        await play_round(home, transcript)
        transcript.catch_up()
        columns.flush()


def _print_year(content: Content, arguments: argparse.Namespace) -> None:
    table = Table("date", "way", "depth", "shape", "prompt", "why")
    for day, choice, lapsed in _plan(content, arguments):
        prompt = content.prompt(choice.prompt_id, "en")
        shape = ("two sides" if prompt.two_sided else "one text") + (", heavy" if prompt.heavy else "")
        why = f"{choice.reason.value}{' (lapses)' if lapsed else ''}"
        table.add_row(day.isoformat(), prompt.way.value, str(prompt.depth), shape, prompt.id, why)
    Console(width=WIDTH, highlight=False).print(table)


def _plan(
    content: Content, arguments: argparse.Namespace
) -> Iterator[tuple[date, circumstances.Choice, bool]]:
    """Choose a year's prompts as the bot would, each round lapsing by the seed's own dice."""
    dice = random.Random(arguments.seed)  # noqa: S311 (a plan to look at, not a secret)
    now = circumstances.Circumstances(depth=arguments.depth, today=date.today(), seed=arguments.seed)  # noqa: DTZ011 (a local plan)
    for _ in range(DAYS):
        choice = rotation.choose(content.cards(), now)
        lapsed = dice.random() < arguments.lapses
        yield now.today, choice, lapsed
        now = circumstances.move_on(now, choice, lapsed=lapsed)
