"""What many couples cost whoever writes: the real process with few couples, and with a million, at a full hour."""

import asyncio
import itertools
import math
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg
from bench_fill import FIRST_CHAT, fill
from bench_pace import OurBot, answered, our_bot, percentile

from bot.sandbox import Phone, World
from storage import engines
from storage.instants import to_micros
from storage.keyring import Keyring

TICKS = os.sysconf("SC_CLK_TCK")
LATEST = timedelta(hours=6)  # the hour is set anew once people have asked
TO_START, TO_WARM = 20.0, 5.0  # seconds: to the first answer, and for what is read after it
HURRY = 0.25  # of all these waits, where the shape is asked for and not the figures
WARMING = 10  # answers, while what is read after the start is read
QUIET = 5.0  # seconds in which nobody asks
NINETY_NINE = 0.99
ASKED = 180  # partners who ask in turn


class Asked(NamedTuple):
    """What people who asked one after the other met: seconds."""

    start: float
    reply: float  # of CPU, for an answer
    idle: float


@dataclass(frozen=True)
class Scale:
    """What so many couples came to: seconds, and MiB."""

    couples: int
    start: float
    reply: float  # of CPU, for an answer
    idle: float
    due: int
    opened: float
    meanwhile: float
    memory: float

    def row(self) -> list[str]:
        """Write it as a row of a table."""
        reply = f"{self.start:.2f}", f"{1000 * self.reply:.1f}", f"{1000 * self.idle:.0f}"
        hour = f"{self.due:,}", f"{self.opened:.1f}", f"{1000 * self.meanwhile:.0f}", f"{self.memory:.0f}"
        return [f"{self.couples:,}", *reply, *hour]


class House:
    """A database of many couples, on a file or on a server, and the people of it."""

    def __init__(
        self, folder: Path, couples: int, due: int, server: str = "", *, hurried: bool = False
    ) -> None:
        self.waits = HURRY if hurried else 1.0
        self.folder = folder
        self.couples = couples
        self.due = due
        self.server = server
        self.filled = datetime.now(UTC) + LATEST
        self.world = World(limits=True)
        self.partners = itertools.cycle(_partners(self.world, 2 * due))
        self.where: Path | str = server

    async def build(self) -> None:
        """Fill it."""
        key_file = self.folder / "key" / "k.json"
        path = await fill(self.folder / "data", key_file, self.couples, self.due, self.filled)
        if not self.server:
            self.where = path
            return
        keyring = Keyring.load(key_file)
        await asyncio.to_thread(engines.move, self.folder / "data", self.server, keyring, lambda *_: None)
        path.unlink()  # a million couples weigh more than most temporary folders are given twice
        _settled(self.server)

    async def ask(self, asked: int) -> Asked:
        """Let so many partners ask, one after the other, a process that has just been started.

        What it does meanwhile while nobody asks is taken off: on a busy machine answers take long, and it adds up.
        """
        async with our_bot(self.world, self.folder, server=self.server) as bot:
            await asyncio.sleep(TO_WARM * self.waits)
            for _ in range(WARMING):
                await answered(next(self.partners), "/today")
            before, began = _used(bot), time.monotonic()
            times = [await answered(next(self.partners), "/today") for _ in range(asked)]
            used, took = _used(bot) - before, time.monotonic() - began
            before, began = _used(bot), time.monotonic()
            await asyncio.sleep(QUIET * self.waits)
            idle = (_used(bot) - before) / (time.monotonic() - began)
            return Asked(bot.started, (used - idle * took) / asked, percentile(times, NINETY_NINE))

    async def live(self, found: Asked) -> Scale:
        """Let others ask while all that is due opens; add what was found before."""
        hour = datetime.now(UTC) + timedelta(seconds=TO_START * self.waits)
        _set_hour(self.where, self.filled, hour)
        async with our_bot(self.world, self.folder, server=self.server) as bot:
            await asyncio.sleep((hour - datetime.now(UTC)).total_seconds())
            meanwhile: list[float] = []
            began = time.monotonic()
            while _some_due(self.where, hour):
                meanwhile.append(await answered(next(self.partners), "/today"))
            opened = time.monotonic() - began
            late = percentile(meanwhile or [math.nan], NINETY_NINE)
            return Scale(self.couples, *found, self.due, opened, late, _most(bot))


async def scale(folder: Path, couples: int, due: int, asked: int, *, hurried: bool = False) -> Scale:
    """Let `asked` partners ask one after the other, and then others while `due` couples' rounds open."""
    house = House(folder, couples, due, hurried=hurried)
    await house.build()
    return await house.live(await house.ask(asked))


async def in_turn(houses: Sequence[House], asked: int, times: int) -> list[Scale]:
    """Let people of each house ask in turn, so often, so that the machine is as busy for one as for the next.

    A house's figures are the middle ones.
    """
    for house in houses:
        await house.build()
    found = [[await house.ask(asked) for house in houses] for _ in range(times)]
    middle = [Asked(*map(median, zip(*of_one, strict=True))) for of_one in zip(*found, strict=True)]
    return [await house.live(one) for house, one in zip(houses, middle, strict=True)]


def _partners(world: World, first: int) -> list[Phone]:
    """Give the phones of partners whose couples are not due, as many of few couples as of many."""
    found = [world.phone(FIRST_CHAT + number) for number in range(first, first + ASKED)]
    for phone in found:
        phone.person.started = True
    return found


def _settled(server: str) -> None:
    """Do what the server's own vacuum does in the minutes after so much has come, instead of beside the bench."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _set_hour(path: Path | str, before: datetime, hour: datetime) -> None:
    change = "UPDATE couples SET next_opening = ? WHERE next_opening = ?"
    if isinstance(path, str):
        with psycopg.connect(path, autocommit=True) as server:
            server.execute(change.replace("?", "%s").encode(), (to_micros(hour), to_micros(before)))
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change, (to_micros(hour), to_micros(before)))


def _some_due(path: Path | str, hour: datetime) -> bool:
    query = "SELECT 1 FROM couples WHERE parted_at IS NULL AND next_opening <= ? LIMIT 1"
    if isinstance(path, str):
        with psycopg.connect(path) as server:
            asked = query.replace("?", "%s").encode()
            return server.execute(asked, (to_micros(hour),)).fetchone() is not None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(query, (to_micros(hour),)).fetchone() is not None


def _used(bot: OurBot) -> float:
    """Tell the CPU seconds that a bot has used."""
    fields = Path(f"/proc/{bot.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _most(bot: OurBot) -> float:
    """Tell the most memory that a bot has had."""
    lines = Path(f"/proc/{bot.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
