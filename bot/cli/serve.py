"""`serve` (the default): the bot, by long polling, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import gc
import logging
import signal

import uvloop

from bot import config, logs, needs, zones
from bot.app import App, running
from bot.cli.overlay import laid_over
from bot.clock import SystemClock
from bot.content import Content
from bot.delivery.pace import Pace
from bot.screens.table import load_content
from bot.stopping import until_told
from bot.telegram.throttle import Throttle
from prompts.overlay_check import find_changes
from prompts.source import ROOT

log = logging.getLogger(__name__)
UNTOLD = "this machine does not tell its zone: UTC until a partner names their city, or set ATTUNE_ZONE"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the one argument: settings are environment variables."""
    parser.add_argument(
        "--sandbox-clock",
        action="store_true",
        help="live by the clock of the sandbox on this machine, and send as fast as it takes; for tests",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = config.load()
    logs.set_up(settings.log_level, settings.log_format)
    by_sandbox = getattr(arguments, "sandbox_clock", False)  # absent where no command was named
    serve = _serve_by_sandbox if by_sandbox else _serve
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_told(serve(settings, load_content(laid_over()))))
    return 0


async def _serve(settings: config.Config, content: Content) -> None:
    async with running(settings, SystemClock(), content) as app:
        _settle_in(app, content)
        for old in needs.old_packages():
            log.warning("%s", old)
        log.info("the data is in %s, its key is %s", settings.data, settings.key_file)
        log.info("time zone data: %s", zones.RELEASE)
        if not settings.zone_told:
            log.warning("%s", UNTOLD)
        _tell_words(content)
        log.info("serving")
        await app.until(asyncio.Event())


async def _serve_by_sandbox(settings: config.Config, content: Content) -> None:
    """Serve by the sandbox's clock: where an hour takes a second, Telegram's limits would take hours."""
    from bot.home import sandbox_clock  # noqa: PLC0415 (nobody else waits for the sandbox to load)

    async with (
        sandbox_clock.followed(settings) as clock,
        running(settings, clock, content, pace=Pace.unlimited(), throttle=Throttle.unlimited()) as app,
    ):
        _settle_in(app, content)
        await app.until(asyncio.Event())


def _settle_in(app: App, content: Content) -> None:
    """Heed SIGHUP from now on."""
    gc.freeze()  # all that is there now stays: it is not looked through for garbage
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _reload, app, content)


def _tell_words(content: Content) -> None:
    """Say what is laid over our words, and how much of it has an original that changed since."""
    if content.overlay:
        changed = sum(1 for _ in find_changes(content.overlay, ROOT))
        log.info("words of one's own are laid over ours, %s to look at again: see check", changed or "none")


def _reload(app: App, content: Content) -> None:
    """Take changed words and a new key; keep the last good words where the new ones are broken, and say so."""
    app.upkeep.tidy_now()
    findings = content.reload()
    for finding in findings:
        log.error("%s", finding)
    log.info("kept the words as they were" if findings else "took the words as they are now")
