"""Logs: to standard error, for a person or as JSON; kinds, numbers and names of errors, never a text.

A Telegram id never stands in a log: rows and updates are named by their own numbers.
"""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

CONSOLE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
TIME = "%Y-%m-%dT%H:%M:%S%z"
FIELDS = {"asctime": "at", "levelname": "level", "name": "where", "message": "what"}
# Third parties that say at DEBUG what they carry: private words among it.
TALKATIVE = ("aiohttp", "aiosqlite", "asyncio", "httpcore", "httpx", "telegram")


def set_up(level: str, form: str) -> None:
    """Log from now on. `form` is console or json."""
    handler = logging.StreamHandler(sys.stderr)
    if form == "json":
        wanted = " ".join(f"%({name})s" for name in FIELDS)
        handler.setFormatter(JsonFormatter(wanted, rename_fields=FIELDS, datefmt=TIME))
    else:
        handler.setFormatter(logging.Formatter(CONSOLE, TIME))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quieten()


def quieten() -> None:
    """Let no third party speak below INFO, whatever our own level is."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.getLogger().level, logging.INFO))
