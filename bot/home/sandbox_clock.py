"""The sandbox's clock in another process: a bot that is asked to lives by it, and a real token refuses that.

The bot asks `GET <root>/clock` a few times a second and runs on by itself in between, so that a story of
several mornings fits in minutes. It learns the time once before it begins: after a crash no beat is made
at the wrong hour.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp

from bot.clock import SteppedClock
from bot.config import Config, ConfigError
from bot.sandbox import TOKEN
from bot.supervise import Supervisor, heed_cancellation

ASK_EVERY = 0.05  # seconds
ASTRAY = timedelta(seconds=0.5)  # a clock further off than this has been moved
PATIENCE = aiohttp.ClientTimeout(total=5)


def check(config: Config) -> None:
    """Refuse to live by a clock that is not the sandbox's. Raises ConfigError."""
    if config.token != TOKEN or not _is_here(urlsplit(config.api_url).hostname or ""):
        raise ConfigError(
            "--sandbox-clock is for the sandbox on this machine alone: set ATTUNE_API_URL to its address "
            "and ATTUNE_TOKEN to its own token, or leave the option out."
        )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@asynccontextmanager
async def followed(config: Config) -> AsyncIterator[SteppedClock]:
    """Give a clock that follows the sandbox's until the block ends. Raises ConfigError."""
    check(config)
    supervisor = Supervisor()
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        clock = SteppedClock(await _first(session, config.api_url), running=True)
        supervisor.start("sandbox clock", _follow(session, config.api_url, clock))
        try:
            yield clock
        finally:
            await supervisor.stop(1.0)


async def _first(session: aiohttp.ClientSession, root: str) -> datetime:
    while True:
        told = await _ask(session, root)
        if told is not None:
            return told
        await asyncio.sleep(ASK_EVERY)


async def _follow(session: aiohttp.ClientSession, root: str, clock: SteppedClock) -> None:
    while True:
        await asyncio.sleep(ASK_EVERY)
        told = await _ask(session, root)
        if told is not None and abs(told - clock.now()) > ASTRAY:
            clock.set(told)


async def _ask(session: aiohttp.ClientSession, root: str) -> datetime | None:
    """Ask for the time; None where nobody answers."""
    try:
        async with session.get(f"{root}/clock") as answer:
            return datetime.fromisoformat(json.loads(await answer.read())["now"])
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        heed_cancellation()
        return None
