"""Pace and priority: ours beside python-telegram-bot's AIORateLimiter, on the same sandbox with its limits on."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from bot.sandbox import TOKEN, Fault, Phone, World, serve

JITTER = 0.3  # seconds
ASK_EVERY = 0.25  # seconds
PROGRAM = Path(__file__).with_name("our_bot.py")


@dataclass(frozen=True)
class Pace:
    """What sending many messages to as many people came to."""

    who: str
    sent: int
    refused: int
    rate: float  # a second

    def row(self) -> list[str]:
        """Write it as a row of a table."""
        return [self.who, str(self.sent), str(self.refused), f"{self.rate:.1f}"]


@dataclass(frozen=True)
class Waiting:
    """How long a person waits for an answer, in milliseconds."""

    when: str
    times: list[float]

    def row(self) -> list[str]:
        """Write it as a row of a table."""
        return [self.when, *(f"{1000 * percentile(self.times, part):.0f}" for part in (0.5, 0.99))]


def crowd(world: World, number: int) -> list[Phone]:
    """Make people who have started the bot."""
    phones = [world.phone(first_name=f"P{n}") for n in range(number)]
    for phone in phones:
        phone.person.started = True
    return phones


class OurBot:
    """Our bot in a process of its own; `queue` gives it a morning to send."""

    def __init__(self, process: asyncio.subprocess.Process, started: float) -> None:
        self._input = process.stdin
        self.pid = process.pid
        self.started = started  # seconds to its first answer

    def queue(self, phones: list[Phone]) -> None:
        """Let it put one morning message for everybody in its outbox."""
        assert self._input is not None
        self._input.write(json.dumps([phone.user_id for phone in phones]).encode() + b"\n")


@asynccontextmanager
async def our_bot(world: World, folder: Path, rate: float = 30.0, server: str = "") -> AsyncIterator[OurBot]:
    """Run the real bot on a sandbox, by the machine's clock, from its first answer on."""
    async with serve(world) as telegram:
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(str(PROGRAM), telegram.url, str(folder), str(rate)),
            env={**os.environ, **({"ATTUNE_DATABASE": server} if server else {})},
            stdin=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        first = world.phone(first_name="First")
        first.send_text("/help")
        await first.wait_until(lambda view: bool(view.from_bot), 60.0)
        try:
            yield OurBot(process, time.monotonic() - began)
        finally:
            process.kill()
            await process.wait()


def told(world: World) -> tuple[int, int]:
    """Count what was sent, and what was refused."""
    calls = [call for call in world.calls if call.method == "sendMessage"]
    return sum(call.ok for call in calls), sum(call.code == HTTPStatus.TOO_MANY_REQUESTS for call in calls)


async def ours(folder: Path, number: int, *, jitter: Fault | None = None, limit: float = 30.0) -> Pace:
    """Send with the outbox and its drain."""
    world = World(limits=True)
    phones = crowd(world, number)
    if jitter is not None:
        world.faults.add(jitter)
    async with our_bot(world, folder, limit) as bot:
        bot.queue(phones)
        while (before := told(world)[0]) < number // 10:  # connections are made, and it is on its way
            await world.events.bell.wait(0.5)
        began = time.monotonic()
        while (sent := told(world)[0]) < 1 + number:  # with the answer to whoever came first
            await world.events.bell.wait(0.5)
        rate = (sent - before) / (time.monotonic() - began)
    kind = "" if jitter is None else f", jitter {'after' if jitter.after else 'before'} arrival"
    return Pace(f"ours at {limit:g}{kind}", number, told(world)[1], rate)


async def stock(number: int) -> Pace:
    """Send with AIORateLimiter, which tries ten times."""
    world = World(limits=True)
    phones = crowd(world, number)
    async with serve(world) as telegram:
        builder = ApplicationBuilder().token(TOKEN).base_url(f"{telegram.url}/bot")
        application = builder.rate_limiter(AIORateLimiter(max_retries=10)).updater(None).build()
        async with application:
            began = time.monotonic()
            sends = [application.bot.send_message(phone.user_id, "Good morning") for phone in phones]
            failed = await asyncio.gather(*sends, return_exceptions=True)
            took = time.monotonic() - began
    assert all(not isinstance(one, BaseException) or isinstance(one, TelegramError) for one in failed)
    sent, refused = told(world)
    return Pace("AIORateLimiter, 10 retries", sent, refused, sent / took)


async def priority(folder: Path, number: int, asked: int) -> list[Waiting]:
    """Ask now and then, first with nothing else to send, and then in a morning of `number` prompts."""
    world = World(limits=True)
    phones, people = crowd(world, number), crowd(world, asked)
    async with our_bot(world, folder) as bot:
        idle = [await answered(person) for person in people]
        bot.queue(phones)
        while told(world)[0] < asked + 30:
            await world.events.bell.wait(0.5)
        busy = [await answered(person) for person in people]
    return [Waiting("idle", idle), Waiting(f"in a morning of {number}", busy)]


async def answered(phone: Phone, asked: str = "/help") -> float:
    """Ask, and tell how many seconds the answer took; somebody does so every quarter of a second."""
    began, before = time.monotonic(), len(phone.from_bot)
    phone.send_text(asked)
    await phone.wait_until(lambda view: len(view.from_bot) > before, 60.0)
    took = time.monotonic() - began
    await asyncio.sleep(max(0.0, ASK_EVERY - took))
    return took


def percentile(times: list[float], part: float) -> float:
    """Tell the time that this part of them did not pass."""
    return sorted(times)[int(len(times) * part)]
