"""The start of the real process: as quick with a full database as with an empty one, and nobody waits for it."""

import asyncio
import os
import sqlite3
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
# Beside a start on a small database. A million rows that are gone through take some seconds of CPU and hundreds
# of megabytes; the bounds are wide, as the machine has other tests to run, and what a start takes differs by that.
MORE_CPU = 2.0  # times the CPU until the first poll
MORE_MEMORY = 30_000  # KiB
BEFORE = (
    200  # messages that may leave before an answer: some seconds' worth, where a queue would be a million
)

_QUEUE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
INSERT INTO outbox (id, kind, chat_id, ids, priority, due_at, state, attempts)
SELECT i, 'help', i, '{"language":"en"}', 2, i, 'queued', 0 FROM n"""


@dataclass(frozen=True)
class Started:
    """What a start took: seconds of CPU until the first poll, KiB at most, messages sent before an answer."""

    cpu: float
    memory: int
    before: int


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
        before = await asked(ada, world)
        return Started(cpu, most(process.pid), before)


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


async def asked(phone: Phone, world: World) -> int:
    """Ask for help; tell how many messages were tried between that and the answer."""
    already = len(world.calls)
    phone.send_text("/help")
    await phone.wait_for("How it goes", PATIENCE)
    return sum(call.method == "sendMessage" for call in list(world.calls)[already:])


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


async def small(folder: Path) -> Started:
    """Start on a database of one couple, with what is due to the first people, to compare with."""
    world = World(limits=True)
    await queued(folder, world, FIRST)
    return await start(folder, world, shown=FIRST)


async def queued(folder: Path, world: World, rows: int) -> list[Phone]:
    """Fill a database with one couple and so many messages that are due; give the people of the first ones."""
    path = await fill(folder / "data", key_file(folder), 1, 0, _later())
    people = [world.phone(first_name=f"P{number}") for number in range(FIRST)]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_QUEUE, {"rows": rows})
        for number, phone in enumerate(people, 1):
            phone.person.started = True
            connection.execute("UPDATE outbox SET chat_id = ? WHERE id = ?", (phone.user_id, number))
    return people


def hold(full: Started, none: Started) -> None:
    """See that the full start is like the small one."""
    told = f"full: {full}, small: {none}"
    assert full.cpu < MORE_CPU * none.cpu, told
    assert full.memory - none.memory < MORE_MEMORY, told
    assert full.before < BEFORE, told


@pytest.mark.timeout(300)
async def test_a_million_rows_in_the_outbox_hold_up_no_start_and_nobody(tmp_path: Path) -> None:
    """They leave at their pace, a few at a time in memory, and who asks is answered before them."""
    none = await small(tmp_path / "none")
    world = World(limits=True)
    people = await queued(tmp_path / "full", world, ROWS)
    hold(await start(tmp_path / "full", world, shown=FIRST), none)
    assert [len(phone.from_bot) for phone in people] == [1] * FIRST


@pytest.mark.timeout(300)
@pytest.mark.parametrize("couples", [50_000, pytest.param(1_000_000, marks=pytest.mark.long)])
async def test_many_couples_hold_up_no_start(tmp_path: Path, couples: int) -> None:
    """The database is the schedule: nothing of it is gone through at the start."""
    await fill(tmp_path / "none" / "data", key_file(tmp_path / "none"), 1, 0, _later())
    none = await start(tmp_path / "none", World())
    await fill(tmp_path / "full" / "data", key_file(tmp_path / "full"), couples, 0, _later())
    hold(await start(tmp_path / "full", World()), none)


def _later() -> datetime:
    return datetime.now(UTC) + timedelta(hours=5)
