"""`serve` (the default): the bot, by long polling, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import logging
import signal

from bot import config
from bot.app import running
from bot.clock import SystemClock
from bot.telegram.lexicon import Lexicon

log = logging.getLogger(__name__)

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
    lexicon = Lexicon()
    loop.add_signal_handler(signal.SIGHUP, _reload, lexicon)
    async with running(settings, SystemClock(), lexicon) as app:
        await app.until(stop)


def _reload(lexicon: Lexicon) -> None:
    """Take changed words; keep the last good ones where the new ones are broken, and say what is wrong."""
    findings = lexicon.reload()
    for finding in findings:
        log.error("%s", finding)
    log.info("kept the words as they were" if findings else "took the words as they are now")
