"""The benches run: what they measure is for a quiet machine, their shape is for every one."""

import asyncio
import sys
from pathlib import Path

import pytest

Rows = dict[str, list[str]]


async def small(name: str) -> Rows:
    """Run one of them, small; give the rows of its table by their first cell."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("run.py")), "--small", name,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate()
    assert process.returncode == 0
    lines = [line.strip("| ").split(" | ") for line in printed.decode().splitlines() if line]
    return {cells[0]: cells for cells in lines}


async def test_nothing_is_lost_by_a_kill() -> None:
    """Each update is kept once and answered; the stock part was killed as often."""
    rows = await small("crash")
    kills, handed_over, lost, twice, missing, _ = rows["our intake"][1:]
    assert (kills, lost, twice, missing) == ("2", "0", "0", "0")
    assert int(handed_over) > 20
    assert rows["python-telegram-bot's Updater"][1] == "2"


async def test_a_morning_is_sent_whole() -> None:
    """As many as there were; the stock limiter stands beside it."""
    rows = await small("pace")
    assert rows["ours at 30"][1] == "120"
    assert "AIORateLimiter, 10 retries" in rows


async def test_all_that_is_due_is_opened() -> None:
    """And a tick with nothing due is measured; the stock queue stands beside it."""
    rows = await small("schedule")
    assert rows["ours"][4] == "200 of 200"
    assert {"JobQueue", "ours"} <= rows.keys()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("priority", {"idle", "in a morning of 120"}),
        ("scale", {"100", "1,000"}),
        ("cost", {"ours, /help"}),
    ],
)
async def test_a_bench_prints_its_table(name: str, rows: set[str]) -> None:
    """With a row for each of what it compares."""
    assert rows <= (await small(name)).keys()
