"""A stop ends what swallows it, and what does not give the loop its turn."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.stopping import aside

ROOT = Path(__file__).resolve().parents[2]

SWALLOWS = """
import asyncio
from bot import stopping
stopping.AGAIN = 0.05

async def work():
    for number in range(3):
        try:
            print("works", flush=True)
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            print("swallows", number)
    await asyncio.sleep(60)

asyncio.run(stopping.until_told(work()))
print("ended")
"""

STANDS_STILL = """
import asyncio
from bot import stopping
stopping.LAST = 0.2

async def work():
    print("works", flush=True)
    while True:
        pass

asyncio.run(stopping.until_told(work()))
"""

READS_ON = """
import asyncio, threading
from bot import stopping

async def work():
    reading = asyncio.create_task(stopping.aside(threading.Event().wait))
    await asyncio.sleep(0)
    print("works", flush=True)
    await reading

asyncio.run(stopping.until_told(work()))
print("ended")
"""


async def told_to_stop(program: str, times: int = 2) -> tuple[int | None, str]:
    """Run a program and tell it to stop, so many `times`, once it works; give how it ended and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"works\n"
        for _ in range(times):
            process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(process.communicate(), 30)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, said.decode()


async def test_a_stop_that_is_swallowed_is_said_again() -> None:
    """Until it is heard; a second signal alone does not cut an end short."""
    ended, said = await told_to_stop(SWALLOWS)
    assert ended == 0
    assert said.split("\n")[-3:] == ["swallows 2", "ended", ""]


async def test_a_loop_that_stands_still_is_ended_by_the_system() -> None:
    """Nothing in it can hear of the stop."""
    assert await told_to_stop(STANDS_STILL) == (-signal.SIGALRM, "")


async def test_a_stop_waits_for_nothing_that_is_only_read() -> None:
    """Whatever the thread is at. It ends so soon that a second signal would find nobody who handles it."""
    assert await told_to_stop(READS_ON, 1) == (0, "ended\n")


async def test_what_is_read_aside_is_waited_for_and_raises() -> None:
    """As if it were read here."""
    read: list[int] = []
    await aside(lambda: read.append(1))
    assert read == [1]
    with pytest.raises(ZeroDivisionError):
        await aside(lambda: 1 / 0)
