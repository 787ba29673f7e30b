"""Every bench, ours beside the stock parts on the same sandbox: `python tests/bench/run.py [--small] [NAME ...]`."""

import argparse
import asyncio
import logging
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOMS = (HERE.parents[1], HERE, HERE.parent / "chaos", HERE.parent / "journeys", HERE.parent)
sys.path[:0] = [str(room) for room in ROOMS]

import bench_cost  # noqa: E402 (found by the path above)
import bench_crash  # noqa: E402 (found by the path above)
import bench_pace  # noqa: E402 (found by the path above)
import bench_scale  # noqa: E402 (found by the path above)
import bench_schedule  # noqa: E402 (found by the path above)
import bench_several  # noqa: E402 (found by the path above)
import bench_year  # noqa: E402 (found by the path above)
from postgres_cluster import Cluster, programs  # noqa: E402 (as above)

from bot.sandbox import Fault  # noqa: E402 (found by the path above)

Table = tuple[str, Sequence[str], list[list[str]]]
PACE = ("pace", "sent", "refused", "a second")
WAITING = ("a person's answer", "p50 ms", "p99 ms")
COST = ("an update with its reply", "CPU ms, one person", "CPU ms, twenty people")
CRASH = (
    "killed while people write",
    "kills",
    "handed over",
    "lost",
    "twice",
    "not answered",
    "answered twice",
)
SCALE = (
    "couples",
    "start s",
    "a reply's CPU ms",
    "answer p99 ms",
    "due at once",
    "opened in s",
    "answer p99 ms meanwhile",
    "most memory MiB",
)
SEVERAL = (
    "the database",
    "processes",
    "handled a second",
    "by one's",
    "CPU ms an update",
    "the server's",
    "waits for a lock",
)
YEAR = ("rounds", "calls a round", "updates", "kB of the first month", "kB a round", "kB in a year of days")
SCHEDULE = ("schedule", "couples", "start s", "idle tick ms", "opened", "seconds", "CPU s")


async def crash(folder: Path, *, small: bool) -> Table:
    """Kill both at the same instants."""
    found = await bench_crash.crashes(folder / "k", *((20, 2) if small else (100, 10)))
    return "Crash", CRASH, [one.row() for one in found]


async def pace(folder: Path, *, small: bool) -> Table:
    """Send a morning as fast as Telegram allows."""
    number = 120 if small else 900
    send, jitter = ("sendmessage",), bench_pace.JITTER
    found = [
        await bench_pace.ours(folder / "a", number),
        await bench_pace.ours(folder / "b", number, jitter=Fault("latency", send, jitter=jitter, after=True)),
        await bench_pace.stock(number),
    ]
    for limit in () if small else (30.0, 27.0, 24.0, 21.0):
        before = Fault("latency", send, jitter=jitter)
        found.append(await bench_pace.ours(folder / f"r{limit}", number, jitter=before, limit=limit))
    return "Pace", PACE, [one.row() for one in found]


async def priority(folder: Path, *, small: bool) -> Table:
    """Let people ask while a morning is sent."""
    found = await bench_pace.priority(folder / "p", 120 if small else 20_000, 20 if small else 200)
    return "Priority", WAITING, [one.row() for one in found]


async def scale(folder: Path, *, small: bool) -> Table:
    """Live with few couples and with many."""
    due, couples = (200, 1000) if small else (20_000, 1_000_000)
    found = [
        await bench_scale.scale(folder / "few", 100, 10, 10 if small else 100, hurried=small),
        await bench_scale.scale(folder / "many", couples, due, 10 if small else 100, hurried=small),
    ]
    return "Scale", SCALE, [one.row() for one in found]


async def schedule(folder: Path, *, small: bool) -> Table:
    """Open what is due."""
    due, couples = (200, 1000) if small else (20_000, 1_000_000)
    found = [
        await bench_schedule.ours(folder / "s", couples, due),
        await bench_schedule.stock(1000 if small else 100_000, min(due, 4000)),
    ]
    return "Schedule", SCHEDULE, [one.row() for one in found]


async def cost(folder: Path, *, small: bool) -> Table:
    """Count the CPU of an update."""
    found = await bench_cost.costs(folder / "c", 20 if small else 600)
    return "Cost", COST, [one.row() for one in found]


async def engines(folder: Path, *, small: bool) -> Table:
    """Count the CPU of an update on a file and on a server."""
    with on_server() as cluster:
        found = await bench_cost.engines(folder / "e", 60 if small else 600, cluster.create)
    return "Engines", (*COST, "median ms"), [[*one.row(), f"{one.median:.1f}"] for one in found]


async def grown(folder: Path, *, small: bool) -> Table:
    """Live with few couples and with many, on a file and on a server."""
    sizes = ((100, 10), (1000, 200)) if small else ((100, 10), (1_000_000, 20_000))
    with on_server() as cluster:
        houses = [
            bench_scale.House(folder / f"g{number}{place}", number, due, server)
            for number, due in sizes
            for place, server in (("", ""), ("s", cluster.create()))
        ]
        found = await bench_scale.in_turn(houses, 10 if small else 100, 1 if small else 3)
    engines_of = ("PostgreSQL" if house.server else "SQLite" for house in houses)
    rows = [[engine, *one.row()] for engine, one in zip(engines_of, found, strict=True)]
    return "Grown", ("engine", *SCALE), rows


async def several(folder: Path, *, small: bool) -> Table:
    """Take updates in by webhook with one, two and three processes."""
    seconds, rows = 1.0 if small else 15.0, []
    with on_server() as cluster:
        house = bench_several.House(folder / "several", cluster, 100 if small else 1000)
        await house.build()
        for delay in (bench_several.FAR, 0.0):
            alone = 0.0
            for processes in (1, 2, 3):
                one = await bench_several.several(house, processes, seconds, delay)
                alone = alone or one.handled
                rows.append(one.row(alone))
    return "Several", SEVERAL, rows


async def year(folder: Path, *, small: bool) -> Table:
    """Live a couple's evenings, and see what they leave."""
    found = await bench_year.year(folder / "year", 3 if small else 70, 2 if small else 40)
    return "Year", YEAR, [found.row()]


@contextmanager
def on_server() -> Iterator[Cluster]:
    """Run a PostgreSQL server. Raises LookupError where none is installed."""
    if (found := programs()) is None:
        raise LookupError("no PostgreSQL server is installed here: apt-get install postgresql")
    cluster = Cluster.start(found)
    try:
        yield cluster
    finally:
        cluster.end()


BENCHES = {bench.__name__: bench for bench in (crash, pace, priority, scale, schedule, cost)}
NAMED = {bench.__name__: bench for bench in (year, engines, grown, several)}  # only when they are named


def written(table: Table) -> str:
    """Write a table in Markdown."""
    _, head, rows = table
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Ours beside the stock parts.")
    parser.add_argument("--small", action="store_true", help="a minute, for CI: the shape, not the figures")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"some of {', '.join(BENCHES)}, all without; or of {', '.join(NAMED)}, all but the first with PostgreSQL",
    )
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # the stock parts' own
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # the requests that a kill cuts short
    if unknown := set(given.names) - set(BENCHES) - set(NAMED):
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as scratch:
        for name in given.names or BENCHES:
            table = asyncio.run((BENCHES | NAMED)[name](Path(scratch), small=given.small))
            sys.stdout.write(written(table) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
