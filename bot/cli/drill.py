"""`drill`: try the newest backup out, as one should once a month: a backup that nobody has restored is a hope."""

import argparse
import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.progress import Progress

from bot import config
from bot.cli.tables.saying import say
from bot.config import ConfigError
from storage import rotation
from storage.backup import restore
from storage.keyring import Keyring

OLD = timedelta(days=8)  # a nightly backup has failed for a week


def add(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Restore it beside the running bot, check it, throw it away. Raises StorageError, ConfigError."""
    del arguments
    where = config.places()
    if where.backups is None:
        raise ConfigError("Set ATTUNE_BACKUPS to the folder that backup fills.")
    backup = rotation.newest(where.backups)
    if backup is None:
        raise ConfigError(f"Make a first backup: {where.backups} holds none (python -m bot backup).")
    with tempfile.TemporaryDirectory(prefix="attune-drill-") as folder, Progress(transient=True) as progress:
        progress.add_task(f"Restoring {backup.file.name}", total=None)
        asyncio.run(restore(backup.file, Path(folder) / "data", Keyring.load(where.key_file)))
    age = datetime.now(UTC) - backup.made_at
    say(f"{backup.file.name} can be restored: all of it was read. It is {_told(age)} old.")
    if age > OLD:
        say("That is too old: look why no newer one was made.")
    return int(age > OLD)


def _told(age: timedelta) -> str:
    hours = age.seconds // 3600
    return f"{age.days} days and {hours} hours" if age.days else f"{hours} hours"
