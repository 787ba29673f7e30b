"""`move`: from the file to a PostgreSQL server, or back, and compare every table."""

import argparse
from pathlib import Path

from bot import config
from bot.cli.tables.saying import say
from storage import engines
from storage.keyring import Keyring

USED = (
    "The bot is running: what it takes in from now on is not moved. Stop it and move again, which is quick."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--to",
        required=True,
        metavar="PLACE",
        help="an empty PostgreSQL database's address, or a data folder; what stands there of a move goes on",
    )


def run(arguments: argparse.Namespace) -> int:
    """Copy table by table, say what is done, and what to set. Raises StorageError."""
    where = config.places()
    to = config.place_of(arguments.to)
    if isinstance(where.memory, Path) and isinstance(to, Path):
        raise config.ConfigError(
            "Name a PostgreSQL database's address, such as postgresql://attune@127.0.0.1/attune: "
            "from folder to folder, use backup and restore."
        )
    used = engines.move(where.memory, to, Keyring.load(where.key_file), _tell)
    setting = f"ATTUNE_DATA={to} and no ATTUNE_DATABASE" if isinstance(to, Path) else "ATTUNE_DATABASE to it"
    say(f"All of it is there, and the same. Set {setting}; the key file stays the same.")
    if used:
        say(USED)
    return 0


def _tell(table: str, rows: int, there: bool) -> None:  # noqa: FBT001 (called by place)
    say(f"{table:<20} {rows:>10} {'rows were there' if there else 'rows'}")
