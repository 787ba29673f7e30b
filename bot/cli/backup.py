"""`backup`: copy the database to a new file, whether the bot is running or not."""

import argparse
import asyncio
from pathlib import Path

from rich.progress import Progress

from bot import config
from bot.cli.words import say
from storage.backup import back_up


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the new file; nothing is overwritten")


def run(arguments: argparse.Namespace) -> int:
    """Copy, and show how far it is. Raises StorageError."""
    with Progress(transient=True) as progress:
        task = progress.add_task("Copying", total=None)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        asyncio.run(back_up(config.places().data, arguments.file, show))
    say(f"Copied to {arguments.file}. Keep it apart from the key file, and discard it in its time:")
    say("it still holds the words of people who are forgotten later.")
    return 0
