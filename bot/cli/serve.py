"""`serve` (the default): the bot, by long polling, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import signal

from bot import config
from bot.app import running
from bot.clock import SystemClock
from bot.telegram.lexicon import Lexicon

HELP = "run the bot by long polling (the default)"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments: settings are environment variables."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    del arguments
    settings = config.load()
    config.log_to_stderr(settings.log_level)
    asyncio.run(_serve(settings))
    return 0


async def _serve(settings: config.Config) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, SystemClock(), Lexicon()) as app:
        await app.until(stop)
