"""`doctor`: check settings, key, database, token, webhook, clock and time zones, and say what to do about each."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot import config, needs, zones
from bot.cli.overlay import laid_over
from bot.cli.tables.saying import say
from bot.config import Config, ConfigError, Places
from bot.ground import Diagnosis, ground
from bot.screens.table import SCREENS
from bot.telegram.connection import examine
from bot.telegram.http import proxy_for
from prompts.overlay_check import check_overlay, own_pieces
from prompts.source import ROOT, WordsError
from storage import engines, files
from storage.errors import StorageError
from storage.keyring import Keyring

AHEAD = timedelta(seconds=60)  # a clock further off than this sends mornings at the wrong minute
SHOWN = 5  # names of what is laid over, before the rest is counted
PATIENCE = aiohttp.ClientTimeout(total=10)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Print what was looked at; 0 where all is well."""
    del arguments
    return asyncio.run(_examine())


async def _examine() -> int:
    ill = False
    async for finding in _findings():
        ill = ill or bool(finding.advice)
        say(f"✗ {finding.what}: {finding.advice}" if finding.advice else f"✓ {finding.what}")
    return int(ill)


async def _findings() -> AsyncIterator[Diagnosis]:
    try:
        settings: Config | None = config.load()
        yield Diagnosis("settings")
    except ConfigError as wrong:
        settings = None
        yield Diagnosis("settings", str(wrong))
    yield _needs(config.places())
    yield Diagnosis(f"time zone data: {zones.RELEASE}")
    yield await asyncio.to_thread(_words)
    yield await _memory(config.places())
    async for finding in ground(config.places()):
        yield finding
    if settings is not None:
        yield Diagnosis(f"zone until a partner names theirs: {settings.zone}", _untold(settings))
        yield Diagnosis(_let_in(settings))
        looked = await examine(settings)
        yield Diagnosis("token", looked.token)
        if looked.webhook:
            yield Diagnosis("webhook", looked.webhook)
        if looked.topics:
            yield Diagnosis("topics", looked.topics)
        yield await _clock(settings)


def _words() -> Diagnosis:
    """Look at words of one's own."""
    overlay = laid_over()
    if overlay is None:
        return Diagnosis("words: ours, and none of your own (ATTUNE_WORDS)")
    try:
        SCREENS.hold()
        faults = check_overlay(overlay, ROOT, SCREENS.expected())
        own = [piece.name for piece in own_pieces(overlay, ROOT)]
    except WordsError as broken:
        return Diagnosis("words of your own", str(broken))
    wrong = [str(fault) for fault in faults if not fault.note]
    names = ", ".join(own[:SHOWN]) + (f" and {len(own) - SHOWN} more" if len(own) > SHOWN else "")
    again = f"; {len(faults)} to look at again: see check" if faults else ""
    return Diagnosis(f"words of your own, {len(own)}: {names or 'none'}{again}", "; ".join(wrong))


def _let_in(settings: Config) -> str:
    """Say who may start a couple, and of the second lock, which no bot can see for itself."""
    if settings.allow is None:
        return "who may start a couple: everybody who finds the bot (ATTUNE_ALLOW=open)"
    second = "; BotFather can keep a list of users too, a second lock before this one, which can't be seen from here"
    return f"who may start a couple: {len(settings.allow)}, and whoever they invite{second}"


def _untold(settings: Config) -> str:
    return "" if settings.zone_told else "this machine does not tell its own: set ATTUNE_ZONE, or leave it so"


def _needs(where: Places) -> Diagnosis:
    old = list(needs.old_packages())
    try:
        files.check_engine(where.data)
    except StorageError as fault:
        old.append(str(fault))
    return Diagnosis("Python, SQLite and packages", "; ".join(old))


async def _memory(where: Places) -> Diagnosis:
    """Read all there is, beside a running bot."""
    what = "key and database"
    try:
        if not await asyncio.to_thread(engines.is_there, where.memory):
            return Diagnosis(f"{what}: none yet, the first start makes them")
        keyring = Keyring.load(where.key_file)
        wrong = await asyncio.to_thread(engines.verify, where.memory, keyring)
    except StorageError as fault:
        return Diagnosis(what, str(fault))
    return Diagnosis(what, "; ".join(wrong))


async def _clock(settings: Config) -> Diagnosis:
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.head(settings.api_url, proxy=proxy_for(settings.api_url)) as answer,
        ):
            told = answer.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError):
        return Diagnosis("clock", "Telegram cannot be reached to compare it with: look at the network")
    try:
        away = abs(datetime.now(UTC) - parsedate_to_datetime(told))
    except (TypeError, ValueError):
        return Diagnosis("clock (Telegram did not tell the time)")
    late = f"it is {away.total_seconds():.0f} s off: switch on time synchronisation"
    return Diagnosis("clock", late if away > AHEAD else "")
