"""What many couples cost whoever writes: the real process with few couples, and with a million, at a full hour."""

import asyncio
import math
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from bench_fill import ASKING, FIRST_CHAT, fill
from bench_pace import OurBot, answered, our_bot, percentile

from bot.sandbox import Phone, World
from storage import engines
from storage.instants import to_micros
from storage.keyring import Keyring

TICKS = os.sysconf("SC_CLK_TCK")
LATEST = timedelta(hours=6)  # the hour is set anew once people have asked
TO_START, TO_WARM = 20.0, 2.0  # seconds: to the first answer, and for what is read after it
NINETY_NINE = 0.99


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


async def scale(folder: Path, couples: int, due: int, asked: int, server: str = "") -> Scale:
    """Let `asked` partners ask one after the other, and then others while `due` couples' rounds open.

    On a `server` where one is given.
    """
    filled = datetime.now(UTC) + LATEST
    path = await fill(folder / "data", folder / "key" / "k.json", couples, due, filled)
    where: Path | str = path
    if server:
        keyring = Keyring.load(folder / "key" / "k.json")
        await asyncio.to_thread(engines.move, folder / "data", server, keyring, lambda *_: None)
        where = server
        _settled(server)
    world = World(limits=True)
    partners = _partners(world, 2 * due, 2 * couples)
    async with our_bot(world, folder, server=server) as bot:
        await asyncio.sleep(TO_WARM)
        before = _used(bot)
        idle = [await answered(partners.pop(), "/today") for _ in range(asked)]
        reply, started = (_used(bot) - before) / asked, bot.started
    hour = datetime.now(UTC) + timedelta(seconds=TO_START)
    _set_hour(where, filled, hour)
    async with our_bot(world, folder, server=server) as bot:
        await asyncio.sleep((hour - datetime.now(UTC)).total_seconds())
        meanwhile: list[float] = []
        began = time.monotonic()
        while _some_due(where, hour):
            meanwhile.append(await answered(partners.pop(), "/today"))
        opened = time.monotonic() - began
        return Scale(
            couples,
            started,
            reply,
            percentile(idle, NINETY_NINE),
            due,
            opened,
            percentile(meanwhile or [math.nan], NINETY_NINE),
            _most(bot),
        )


def _partners(world: World, first: int, last: int) -> list[Phone]:
    """Give the phones of partners whose couples are not due."""
    found = [world.phone(FIRST_CHAT + number) for number in range(first, min(first + 2 * ASKING, last))]
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
