"""The schedule at scale: ours beside JobQueue (APScheduler)."""

import asyncio
import gc
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench_fill import fill
from telegram.ext import ApplicationBuilder

from bot.actions.open_rounds import House
from bot.content import Content
from bot.sandbox import TOKEN
from bot.upkeep import Upkeep
from storage.database import Database
from storage.keyring import Keyring
from storage.sweep import Keep

OPENING = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
BEFORE = timedelta(minutes=5)
KEEP = Keep(timedelta(days=7), timedelta(days=90), timedelta(days=30))


@dataclass(frozen=True)
class Schedule:
    """What keeping so many mornings came to."""

    who: str
    couples: int
    due: int
    start: float  # seconds
    tick: float  # seconds
    ran: int
    seconds: float
    cpu: float

    def row(self) -> list[str]:
        """Write it as a row of a table."""
        figures = f"{self.start:.3f}", f"{1000 * self.tick:.2f}", f"{self.ran} of {self.due}"
        return [self.who, f"{self.couples:,}", *figures, f"{self.seconds:.1f}", f"{self.cpu:.1f}"]


async def ours(folder: Path, couples: int, due: int) -> Schedule:
    """Start, tick with nothing due, and open all that is due in the same second."""
    key = folder / "key" / "k.json"
    await fill(folder / "data", key, couples, due, OPENING)
    house = House(Content(), "UTC")
    _forget_the_past()
    began = time.monotonic()
    database = await Database.open(folder / "data", Keyring.load(key))
    app = Upkeep(database, house, KEEP)
    await app.beat(OPENING - BEFORE)
    started = time.monotonic() - began
    ticks = sorted([await _timed(app) for _ in range(101)])
    began, cpu = time.monotonic(), time.process_time()
    await app.beat(OPENING)
    took, used = time.monotonic() - began, time.process_time() - cpu
    async with database.unit(OPENING) as unit:
        sql = "SELECT count(*) AS n FROM rounds WHERE ordinal = 1"
        ran = (await unit.context.transaction.rows(sql))[0]["n"]
    await database.close()
    return Schedule("ours", couples, due, started, ticks[50], ran, took, used)


def _forget_the_past() -> None:
    """Let what earlier benches have left behind in this process cost neither side a collection."""
    gc.collect()
    gc.freeze()


async def _timed(app: Upkeep) -> float:
    began = time.monotonic()
    await app.beat(OPENING - BEFORE)
    return time.monotonic() - began


async def stock(jobs: int, due: int) -> Schedule:
    """Give JobQueue a daily job for each couple, and `due` of them in the same second."""
    _forget_the_past()
    application = ApplicationBuilder().token(TOKEN).updater(None).build()
    queue = application.job_queue
    assert queue is not None
    ran = 0

    async def opens(_: object) -> None:
        nonlocal ran
        ran += 1

    began, cpu = time.monotonic(), time.process_time()
    later = datetime.now(UTC) + timedelta(hours=5)
    for number in range(jobs):
        queue.run_daily(opens, (later + timedelta(seconds=number % 3600)).timetz())
    await queue.start()
    started = time.monotonic() - began
    began = time.monotonic()
    for _ in range(due):
        queue.run_once(opens, 1.0)
    await asyncio.sleep(1.0 + max(5.0, due / 400))
    took = time.monotonic() - began
    await queue.stop(wait=False)
    return Schedule("JobQueue", jobs, due, started, float("nan"), ran, took, time.process_time() - cpu)
