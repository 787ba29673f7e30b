"""`backup`: copy the database to a new file, or into a folder of backups, whether the bot is running or not."""

import argparse
import asyncio
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import Progress

from bot import config
from bot.cli.tables.saying import say
from bot.config import ConfigError
from storage import rotation
from storage.backup import back_up

KEEP = 14  # backups in the folder: two weeks of nights


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="the new file; without one, a file in ATTUNE_BACKUPS",
    )
    parser.add_argument(
        "--keep",
        type=_count,
        default=KEEP,
        metavar="N",
        help=f"how many ATTUNE_BACKUPS holds; usually {KEEP}",
    )


def run(arguments: argparse.Namespace) -> int:
    """Copy, and show how far it is. Raises StorageError, ConfigError."""
    where = config.places()
    folder = where.folder
    if arguments.file is not None:
        target: Path = arguments.file
    elif where.backups is not None:
        target = where.backups / rotation.name_for(datetime.now(UTC))
    else:
        raise ConfigError("Name a new file, or set ATTUNE_BACKUPS to a folder for backups.")
    with Progress(transient=True) as progress:
        task = progress.add_task("Copying", total=None)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        asyncio.run(back_up(folder, target, show))
    say(f"Copied to {target}. Keep it apart from the key file, and discard it in its time:")
    say("it still holds the words of people who are forgotten later.")
    if arguments.file is None:
        discarded = rotation.discard(target.parent, arguments.keep)
        if discarded:
            say(f"Discarded {len(discarded)} older: the newest {arguments.keep} are kept.")
    return 0


def _count(given: str) -> int:
    if not given.isdecimal() or int(given) < 1:
        raise argparse.ArgumentTypeError("a number from 1")
    return int(given)
