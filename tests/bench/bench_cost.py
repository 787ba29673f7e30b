"""What a handled update with its reply costs: CPU of our process beside two bare echo bots."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.sandbox import TOKEN, Phone, World, serve

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PEOPLE = 20
QUIET = 0.06  # of a CPU, below which a bot has read what it reads after its start
SETTLES_WITHIN = 60.0  # seconds
APART = 0.05  # seconds between one person's updates: one that comes right after another costs less, as caches are warm
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU an update, one person at a time and with many; and of the clock, for one's answer."""

    who: str
    alone: float
    crowded: float
    median: float

    def row(self) -> list[str]:
        """Write it as a row of a table."""
        return [self.who, f"{self.alone:.2f}", f"{self.crowded:.2f}"]


async def costs(folder: Path, number: int) -> list[Cost]:
    """Measure all three."""
    return [
        await _measure("bare echo, aiogram", [str(HERE / "echo_aiogram.py")], folder, number),
        await _measure("bare echo, python-telegram-bot", [str(HERE / "echo_ptb.py")], folder, number),
        await _measure("ours, /help", ["-m", "bot", "serve", "--sandbox-clock"], folder, number),
    ]


async def engines(folder: Path, number: int, create: Callable[[], str]) -> list[Cost]:
    """Measure ours on a file and on a server, one after the other, three times."""
    program = ["-m", "bot", "serve", "--sandbox-clock"]
    found = []
    for time_ in ("first", "second", "third"):
        found += [
            await _measure(f"SQLite, {time_} time", program, folder / time_, number),
            await _measure(f"PostgreSQL, {time_} time", program, folder / time_, number, create()),
        ]
    return found


async def _measure(who: str, program: list[str], folder: Path, number: int, server: str = "") -> Cost:
    world = World()
    async with serve(world) as telegram:
        ours = program[0] == "-m"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *program,
            *([] if ours else [telegram.url, TOKEN]),
            cwd=ROOT,
            env={
                **os.environ,
                **_settings(folder, telegram.url),
                **({"ATTUNE_DATABASE": server} if server else {}),
            },
            stderr=asyncio.subprocess.DEVNULL,
        )
        phones = [world.phone(first_name=f"P{n}") for n in range(PEOPLE)]
        await _ask(phones[0], 1)
        await _settle(process.pid)
        took: list[float] = []
        alone = await _cpu(process.pid, phones[:1], number, took)
        crowded = await _cpu(process.pid, phones, number // PEOPLE)
        process.kill()
        await process.wait()
    return Cost(who, alone, crowded, 1000 * median(took))


async def _settle(pid: int) -> None:
    """Wait until what a bot reads after its start is read, where it has such: that is no update's."""
    async with asyncio.timeout(SETTLES_WITHIN):
        before = _used(pid)
        await asyncio.sleep(1)
        while (now := _used(pid)) - before > QUIET:
            before = now
            await asyncio.sleep(1)


async def _cpu(pid: int, phones: list[Phone], each: int, took: list[float] | None = None) -> float:
    before = _used(pid)
    await asyncio.gather(*(_ask(phone, each, took) for phone in phones))
    return 1000 * (_used(pid) - before) / (len(phones) * each)


def _used(pid: int) -> float:
    """Tell the CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def _ask(phone: Phone, times: int, took: list[float] | None = None) -> None:
    for _ in range(times):
        began = time.monotonic()
        last = phone.send_text("/help").message_id
        await phone.wait_for(lambda message: message.from_bot, 60.0, after=last)
        if took is not None:
            took.append(time.monotonic() - began)
            await asyncio.sleep(APART)


def _settings(folder: Path, url: str) -> dict[str, str]:
    return {
        "ATTUNE_TOKEN": TOKEN,
        "ATTUNE_API_URL": url,
        "ATTUNE_DATA": str(folder / "data"),
        "ATTUNE_KEY_FILE": str(folder / "key" / "k.json"),
        "ATTUNE_OPERATOR": "Ops",
        "ATTUNE_ALLOW": "open",
    }
