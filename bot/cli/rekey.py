"""`rekey`: a new key for the operator's keyring; everybody's own key is wrapped by it."""

import argparse
import asyncio

from rich.progress import Progress

from bot import config
from bot.cli.tables.saying import say
from storage.database import Database
from storage.errors import AlreadyRunning
from storage.keyring import Keyring

AT_ONCE = 200


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--resume", action="store_true", help="finish an interrupted one: add no new key")


def run(arguments: argparse.Namespace) -> int:
    """Add a generation and wrap everybody's key by it. Raises StorageError."""
    where = config.places()
    keyring = Keyring.load(where.key_file)
    if not arguments.resume:
        say(f"Added key {keyring.add_generation()} to {where.key_file}: copy that file to where you keep it.")
    try:
        asyncio.run(_rewrap(where, keyring))
    except AlreadyRunning:
        say("The bot is running and wraps everybody's key anew within the hour; kill -HUP does it now.")
    else:
        say("Everybody's key is wrapped by the newest key.")
    return 0


async def _rewrap(where: config.Places, keyring: Keyring) -> None:
    database = await Database.open(where.memory, keyring)
    try:
        with Progress(transient=True) as progress:
            task = progress.add_task("Wrapping", total=None)
            total = done = 0
            left = 1
            while left:
                left = await database.rewrap(AT_ONCE)
                total = total or left + AT_ONCE
                done = total - left
                progress.update(task, completed=done, total=total)
    finally:
        await database.close()
