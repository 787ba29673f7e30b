"""`restore`: put a backup in the place of the database, once all of it has been checked."""

import argparse
import asyncio
from pathlib import Path

from rich.console import Console

from bot import config
from bot.cli.words import say
from storage.backup import restore
from storage.keyring import Keyring

HELP = "put a backup in the place of the database, once all of it has been checked; the bot must be stopped"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup has made")


def run(arguments: argparse.Namespace) -> int:
    """Check, then replace. Raises StorageError."""
    where = config.places()
    console = Console(stderr=True)
    with console.status("Checking the backup"):
        asyncio.run(restore(arguments.file, where.data, Keyring.load(where.key_file)))
    say("Restored. Whoever was forgotten since the backup was made has been forgotten in it too.")
    return 0
