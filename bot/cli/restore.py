"""`restore`: put a backup in the place of the database, once all of it has been checked."""

import argparse
import asyncio
from pathlib import Path

from rich.progress import Progress

from bot import config
from bot.cli.tables.saying import say
from storage.backup import restore
from storage.keyring import Keyring


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup has made")


def run(arguments: argparse.Namespace) -> int:
    """Copy it aside, check it, then replace, and show how far it is. Raises StorageError."""
    where = config.places()
    folder = where.folder
    with Progress(transient=True) as progress:
        task = progress.add_task("Copying", total=None)

        def show(done: int, total: int) -> None:
            if done < total:
                progress.update(task, completed=done, total=total)
            else:
                progress.update(task, description="Checking all of it", completed=0, total=None)

        asyncio.run(restore(arguments.file, folder, Keyring.load(where.key_file), show))
    say("Restored. Whoever was forgotten since the backup was made has been forgotten in it too.")
    return 0
