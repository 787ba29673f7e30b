"""The start of the real process: as quick with a full database as with an empty one, and nobody waits for it."""

import asyncio
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench_fill import fill
from processes import PATIENCE, environment, running

from bot.sandbox import Phone, World, serve

ROWS = 1_000_000
FIRST = 60  # of the rows are for people who are there
TICKS = os.sysconf("SC_CLK_TCK")
MORE_CPU = 0.5  # seconds of CPU until the first poll, beside a start on an empty database
MORE_MEMORY = 30_000  # KiB, likewise
PROMPT = 3.0  # seconds to an answer, on a machine that others use too

_QUEUE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
INSERT INTO outbox (id, kind, chat_id, ids, priority, due_at, state, attempts)
SELECT i, 'help', i, '{"language":"en"}', 2, i, 'queued', 0 FROM n"""


@dataclass(frozen=True)
class Started:
    """What a start took: seconds of CPU until the first poll, KiB at most, seconds to an answer."""

    cpu: float
    memory: int
    answer: float


async def start(folder: Path, world: World, shown: int = 0) -> Started:
    """Start the bot, let it send so many messages, and let somebody ask."""
    ada = world.phone(first_name="Ada")
    polls = Polls(world)
    async with serve(world) as telegram, running(folder, environment(folder, telegram.url)) as process:
        async with asyncio.timeout(PATIENCE):
            await polls.first.wait()
            cpu = used(process.pid)
            while sum(call.method == "sendMessage" and call.ok for call in world.calls) < shown:
                await world.events.bell.wait(0.5)
        answer = await asked(ada)
        return Started(cpu, most(process.pid), answer)


class Polls:
    """Tells when a world is polled for the first time."""

    def __init__(self, world: World) -> None:
        self.first = asyncio.Event()
        self._begin = world.begin_poll
        world.begin_poll = self.note  # type: ignore[method-assign]

    def note(self) -> int:
        """Note a poll."""
        self.first.set()
        return self._begin()


async def asked(phone: Phone) -> float:
    """Ask for help; tell how many seconds the answer took."""
    began = time.monotonic()
    phone.send_text("/help")
    await phone.wait_for("How it goes", PATIENCE)
    return time.monotonic() - began


def used(pid: int) -> float:
    """Tell the CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def most(pid: int) -> int:
    """Tell the most memory that a process has had, in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise LookupError("this system does not tell")


def key_file(folder: Path) -> Path:
    """Tell where the key of a bot is kept, as `environment` has it."""
    return folder / "key" / "keyring.json"


async def empty(folder: Path) -> Started:
    """Start on a database of one couple, to compare with."""
    await fill(folder / "data", key_file(folder), 1, 0, datetime.now(UTC) + timedelta(hours=5))
    return await start(folder, World())


def told(full: Started, none: Started) -> str:
    """Write both down, for whoever reads a failure."""
    return f"full: {full}, empty: {none}"


@pytest.mark.timeout(200)
async def test_a_million_rows_in_the_outbox_hold_up_no_start_and_nobody(tmp_path: Path) -> None:
    """They leave at their pace, a few at a time in memory, and who asks is answered before them."""
    none = await empty(tmp_path / "none")
    folder = tmp_path / "full"
    path = await fill(folder / "data", key_file(folder), 1, 0, datetime.now(UTC) + timedelta(hours=5))
    world = World(limits=True)
    people = [world.phone(first_name=f"P{number}") for number in range(FIRST)]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_QUEUE, {"rows": ROWS})
        for number, phone in enumerate(people, 1):
            phone.person.started = True
            connection.execute("UPDATE outbox SET chat_id = ? WHERE id = ?", (phone.user_id, number))
    full = await start(folder, world, shown=FIRST)
    assert full.cpu - none.cpu < MORE_CPU, told(full, none)
    assert full.memory - none.memory < MORE_MEMORY, told(full, none)
    assert full.answer < PROMPT, told(full, none)
    assert [len(phone.from_bot) for phone in people] == [1] * FIRST


@pytest.mark.timeout(300)
@pytest.mark.parametrize("couples", [50_000, pytest.param(1_000_000, marks=pytest.mark.long)])
async def test_many_couples_hold_up_no_start(tmp_path: Path, couples: int) -> None:
    """The database is the schedule: nothing of it is gone through at the start."""
    none = await empty(tmp_path / "none")
    folder = tmp_path / "full"
    await fill(folder / "data", key_file(folder), couples, 0, datetime.now(UTC) + timedelta(hours=5))
    full = await start(folder, World())
    assert full.cpu - none.cpu < MORE_CPU, told(full, none)
    assert full.memory - none.memory < MORE_MEMORY, told(full, none)
    assert full.answer < PROMPT, told(full, none)
