"""The benches run: what they measure is for a quiet machine, their shape is for every one."""

import asyncio
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(300)
async def test_the_small_benches_print_their_tables() -> None:
    """Ours sends all, opens all that is due and loses nothing; the stock parts stand beside it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("run.py")),
        "--small",
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    lines = printed.decode().splitlines()
    assert process.returncode == 0
    rows = {line.split(" | ")[0].strip("| "): line.strip("| ").split(" | ") for line in lines if line}
    assert rows["ours at 30"][1] == "120"
    assert rows["ours"][4] == "200 of 200"
    kills, handed_over, lost, twice, missing, _ = rows["our intake"][1:]
    assert (kills, lost, twice, missing) == ("2", "0", "0", "0")
    assert int(handed_over) > 20
    assert rows["python-telegram-bot's Updater"][1] == "2"
    assert {
        "AIORateLimiter, 10 retries",
        "JobQueue",
        "idle",
        "in a morning of 120",
        "ours, /help",
    } <= rows.keys()
