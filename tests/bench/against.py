"""Ours beside another checkout, alternately, on the same sandbox.

`python tests/bench/against.py --against DIR [--times 5]` prints, for what a person waits for and what an
operator pays for, the medians of both and their ratio. DIR is another checkout of Attune, such as an older
release; where it has an environment (`.venv`) of its own, that runs it.
"""

import argparse
import asyncio
import os
import sqlite3
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from bench_fill import FIRST_CHAT  # noqa: E402 (found by the path above)

from bot.sandbox import TOKEN, Phone, World, serve  # noqa: E402 (found by the path above)
from bot.sandbox.messages import Message  # noqa: E402 (found by the path above)
from storage.instants import to_micros  # noqa: E402 (found by the path above)

PATIENCE = 60.0  # seconds
SETTLED = 0.5  # seconds after which nothing of a trip is left to do
QUIET = 2.0  # seconds in which it is measured what a bot does while nobody asks
BUSY = (
    0.06  # of a CPU, at which a bot still reads what it needs later: the sandbox's clock takes 0.01 to 0.03
)
CROWD = 20
COUPLES = 200  # who can act
LATER = timedelta(hours=10)  # when the next rounds of these fall due
DUE = 20_000  # couples at a full hour
TO_WARM = timedelta(seconds=45)  # until that hour
ASK_EVERY = 0.25  # seconds

_FILL = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
sys.path[:0] = ["", "tests/bench"]
import bench_fill
folder, couples, due, opening = sys.argv[1:]
asyncio.run(bench_fill.fill(
    Path(folder) / "data", Path(folder) / "key" / "keyring.json", int(couples), int(due),
    datetime.fromisoformat(opening),
))
"""


@dataclass(frozen=True)
class Checkout:
    """A checkout of Attune."""

    name: str
    folder: Path

    @property
    def python(self) -> str:
        """Return what runs it."""
        own = self.folder / ".venv" / "bin" / "python"
        return str(own) if own.exists() else sys.executable

    async def fill(self, folder: Path, couples: int, due: int, opening: datetime) -> None:
        """Make a database of so many couples."""
        given = str(folder), str(couples), str(due), opening.isoformat()
        process = await asyncio.create_subprocess_exec(
            self.python, "-c", _FILL, *given, cwd=self.folder, env=environment()
        )
        if await process.wait():
            raise RuntimeError(f"{self.name} could not make a database")


class Bot:
    """A bot at work, in a process of its own."""

    def __init__(self, world: World, pid: int, counter: Path) -> None:
        self.world = world
        self.pid = pid
        self._counter = counter

    @property
    def cpu(self) -> float:
        """Return the seconds of CPU that it has used, in all of its threads."""
        spent = 0.0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(FileNotFoundError):  # it has ended meanwhile
                spent += int((task / "schedstat").read_text().split()[0]) / 1e9
        return spent

    @property
    def visits(self) -> int:
        """Return how often it has visited the database's thread."""
        return int(struct.unpack("<q", self._counter.read_bytes())[0])

    @property
    def memory(self) -> float:
        """Return the memory that it has, in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def partner(self, number: int) -> Phone:
        """Return the phone of a partner of the filled database; two neighbours are a couple."""
        phone = self.world.phone(FIRST_CHAT + number)
        phone.person.started = True
        return phone


@asynccontextmanager
async def running(
    checkout: Checkout, folder: Path, *, counted: bool = False, by_sandbox: bool = True
) -> AsyncIterator[Bot]:
    """Run a checkout's bot on a sandbox until the block ends; from its first poll on."""
    world = World()
    counter = folder / "visits"
    counter.write_bytes(bytes(8))
    arguments = ["serve", *(["--sandbox-clock"] if by_sandbox else [])]
    program = [str(HERE / "against_visits.py"), str(counter)] if counted else ["-m", "bot"]
    async with serve(world) as telegram:
        process = await asyncio.create_subprocess_exec(
            checkout.python, *program, *arguments,
            cwd=checkout.folder,
            env={**environment(), **settings(folder, telegram.url)},
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await until(lambda: world.poll > 0)
            yield Bot(world, process.pid, counter)
        finally:
            process.kill()
            await process.wait()


def environment() -> dict[str, str]:
    """Return the environment of a checkout, which may keep what it compiles."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in left_out}


def settings(folder: Path, url: str) -> dict[str, str]:
    """Return the settings of a bot that keeps everything in `folder`."""
    return {
        "ATTUNE_TOKEN": TOKEN,
        "ATTUNE_API_URL": url,
        "ATTUNE_DATA": str(folder / "data"),
        "ATTUNE_KEY_FILE": str(folder / "key" / "keyring.json"),
        "ATTUNE_OPERATOR": "Ops",
        "ATTUNE_ALLOW": "open",
        "ATTUNE_ZONE": "Europe/Dublin",
    }


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 (it is asked of another process)
            await asyncio.sleep(0.002)


# What people do


async def asks_for_help(phone: Phone) -> None:
    """Ask for help, and be answered."""
    await asks(phone, "/help")


async def asks(phone: Phone, what: str) -> None:
    """Ask, and be answered."""
    before = len(phone.from_bot)
    phone.send_text(what)
    await phone.wait_until(lambda view: len(view.from_bot) > before, PATIENCE)


async def reflects(phone: Phone) -> None:
    """Write a reflection, and see it quoted under its buttons."""
    before = len(phone.from_bot)
    phone.send_text("On the bus on Wednesday the driver saw me running and waited for me.")
    await phone.wait_until(lambda view: len(view.from_bot) > before, PATIENCE)


async def seals(phone: Phone) -> None:
    """Seal what was quoted, and see the quotation become what was sealed."""
    quoted = phone.last
    press = phone.press(quoted, button_of(quoted, "seal"))
    await phone.wait_until(
        lambda view: press.answer is not None and view.chat.messages[quoted.message_id].text != quoted.text,
        PATIENCE,
    )


async def seals_last(phone: Phone, other: Phone) -> None:
    """Seal as the second of the two, and see both reveals arrive."""
    before = [len(one.from_bot) for one in (phone, other)]
    await seals(phone)
    for one, had in zip((phone, other), before, strict=True):
        await one.wait_until(partial(_may_respond, since=had), PATIENCE)


def _may_respond(phone: Phone, *, since: int) -> bool:
    """Tell whether the last message of a reveal is there, which asks for a response."""
    data = (str(b.value) for m in phone.from_bot[since:] for row in m.buttons for b in row)
    return any(one.split(":")[0] == "own" for one in data)


def button_of(message: Message, verb: str) -> str:
    """Return the data of a message's button for a verb."""
    found = [str(button.value) for row in message.buttons for button in row]
    return next(data for data in found if data.split(":")[0] == verb)


# What it costs

Figures = dict[str, float]


async def cpu_of(bot: Bot, trips: Sequence[Awaitable[None]], at_once: int = 1) -> float:
    """Make trips, so many people at once; return the milliseconds of CPU of one, beyond what goes on anyhow."""
    await asyncio.sleep(SETTLED)
    quiet = await idle(bot)
    began, before, number = time.monotonic(), bot.cpu, len(trips)
    for start in range(0, number, at_once):
        await asyncio.gather(*trips[start : start + at_once])
    await asyncio.sleep(SETTLED)
    spent = bot.cpu - before - quiet * (time.monotonic() - began)
    return 1000 * spent / number


async def idle(bot: Bot) -> float:
    """Return the share of a CPU that a bot takes while nobody asks: it asks the sandbox for its time, and looks."""
    began, before = time.monotonic(), bot.cpu
    await asyncio.sleep(QUIET)
    return (bot.cpu - before) / (time.monotonic() - began)


async def visits_of(bot: Bot, *trips: Awaitable[None]) -> float:
    """Make trips one after the other; return the median of their visits to the database's thread."""
    counts = []
    for trip in trips:
        before = bot.visits
        await trip
        await asyncio.sleep(SETTLED)
        counts.append(bot.visits - before)
    return float(statistics.median(counts))


async def start(checkout: Checkout, folder: Path) -> Figures:
    """Start until the first poll."""
    began = time.monotonic()
    async with running(checkout, folder, by_sandbox=False) as bot:
        return {"start until the first poll, CPU s": bot.cpu, "the same, s": time.monotonic() - began}


async def cost(checkout: Checkout, folder: Path) -> Figures:
    """Let people act, one at a time and twenty at once."""
    await checkout.fill(folder, COUPLES, COUPLES, datetime.now(UTC) + LATER)
    async with running(checkout, folder) as bot:
        people = [bot.partner(number) for number in range(2 * COUPLES)]
        await warm(bot, people[-CROWD:])
        firsts, seconds, alone = people[0:200:2], people[1:200:2], people[200:300]
        found = {
            "/help, one person": await cpu_of(bot, [asks_for_help(people[0]) for _ in range(200)]),
            "/help, twenty people": await cpu_of(
                bot, [asks_for_help(people[n % CROWD]) for n in range(400)], CROWD
            ),
            "a reflection, one person": await cpu_of(bot, [reflects(phone) for phone in alone]),
            "a reflection, twenty people": await cpu_of(
                bot, [reflects(phone) for phone in firsts + seconds], CROWD
            ),
            "a press: the first seal": await cpu_of(bot, [seals(phone) for phone in firsts]),
            "the second seal to both reveals": await cpu_of(
                bot, [seals_last(*pair) for pair in zip(seconds, firsts, strict=True)]
            ),
        }
        return {f"{what}, CPU ms": value for what, value in found.items()} | {
            "memory while serving, MiB": bot.memory
        }


async def warm(bot: Bot, people: Sequence[Phone]) -> None:
    """Let what is read once be read, also what nobody waits for."""
    for phone in people:
        await asks_for_help(phone)
        await reflects(phone)
    async with asyncio.timeout(PATIENCE):
        while await idle(bot) > BUSY:
            pass


async def visits(checkout: Checkout, folder: Path) -> Figures:
    """Count visits to the database's thread."""
    await checkout.fill(folder, COUPLES, COUPLES, datetime.now(UTC) + LATER)
    async with running(checkout, folder, counted=True) as bot:
        people = [bot.partner(number) for number in range(40)]
        await warm(bot, people[-CROWD:])
        firsts, seconds = people[0:10:2], people[1:10:2]
        await visits_of(bot, *(reflects(phone) for phone in seconds))
        pairs = zip(seconds, firsts, strict=True)
        found = {
            "/help": await visits_of(bot, *(asks_for_help(people[12]) for _ in range(5))),
            "a reflection": await visits_of(bot, *(reflects(phone) for phone in firsts)),
            "a press: the first seal": await visits_of(bot, *(seals(phone) for phone in firsts)),
            "the second seal to both reveals": await visits_of(bot, *(seals_last(*pair) for pair in pairs)),
        }
        return {f"{what}, visits": value for what, value in found.items()}


async def hour(checkout: Checkout, folder: Path) -> Figures:
    """Let 20,000 couples fall due in the same second, while others ask where they stand."""
    filled = datetime.now(UTC) + LATER
    await checkout.fill(folder, DUE + COUPLES, DUE, filled)
    path = folder / "data" / "attune.db"
    moment = datetime.now(UTC) + TO_WARM
    change = "UPDATE couples SET next_opening = ? WHERE next_opening = ?"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change, (to_micros(moment), to_micros(filled)))
    async with running(checkout, folder, by_sandbox=False) as bot:
        people = [bot.partner(number) for number in range(2 * DUE, 2 * (DUE + COUPLES))]
        await warm(bot, people[-CROWD:])
        await asyncio.sleep((moment - datetime.now(UTC)).total_seconds())
        began, spent, waits = time.monotonic(), bot.cpu, []
        while some_due(path, moment):
            asked = time.monotonic()
            await asks(people.pop(0), "/today")
            waits.append(time.monotonic() - asked)
            await asyncio.sleep(max(0.0, ASK_EVERY - waits[-1]))
        took = time.monotonic() - began
        return {
            f"{DUE:,} couples due at once, s": took,
            "the same, CPU s": bot.cpu - spent,
            "a person's p99 meanwhile, ms": 1000 * sorted(waits)[int(len(waits) * 0.99)],
        }


def some_due(path: Path, moment: datetime) -> bool:
    """Tell whether a couple is still due."""
    query = "SELECT 1 FROM couples WHERE parted_at IS NULL AND next_opening <= ? LIMIT 1"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(query, (to_micros(moment),)).fetchone() is not None


MEASURED: dict[str, Callable[[Checkout, Path], Awaitable[Figures]]] = {
    "start": start,
    "visits": visits,
    "cost": cost,
    "hour": hour,
}


async def compare(ours: Checkout, theirs: Checkout, times: int, only: Sequence[str]) -> list[list[str]]:
    """Measure both alternately; return a row for each figure: what, theirs, ours, the ratio."""
    figures: dict[str, dict[str, list[float]]] = {ours.name: {}, theirs.name: {}}
    for checkout in (ours, theirs):  # so that neither compiles anything later
        with tempfile.TemporaryDirectory(prefix="attune-bench-") as scratch:
            await start(checkout, Path(scratch))
    for name in only:
        for number in range(1 if name == "visits" else times):
            for checkout in (ours, theirs) if number % 2 else (theirs, ours):
                with tempfile.TemporaryDirectory(prefix="attune-bench-") as scratch:
                    for what, value in (await MEASURED[name](checkout, Path(scratch))).items():
                        figures[checkout.name].setdefault(what, []).append(value)
    rows = []
    for what, values in figures[ours.name].items():
        before, now = statistics.median(figures[theirs.name][what]), statistics.median(values)
        rows.append([what, f"{before:.2f}", f"{now:.2f}", f"{now / before:.2f}"])
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="This checkout beside another one.")
    parser.add_argument("--against", required=True, type=Path, metavar="DIR", help="another checkout")
    parser.add_argument("--times", type=int, default=5, help="how often each is measured (default 5)")
    parser.add_argument("--only", nargs="+", choices=MEASURED, default=list(MEASURED), help="what to measure")
    given = parser.parse_args()
    ours, theirs = Checkout("this", HERE.parents[1]), Checkout("that", given.against.resolve())
    rows = asyncio.run(compare(ours, theirs, given.times, given.only))
    head = ["what", "the other", "this one", "ratio"]
    for line in [head, ["---"] * len(head), *rows]:
        sys.stdout.write("| " + " | ".join(line) + " |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
