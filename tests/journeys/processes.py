"""The bot as an operator runs it: a process of its own, with settings in its environment."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox import TOKEN, Phone

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # real seconds for a process to start on a busy machine


@dataclass(frozen=True)
class Ended:
    """How a process ended: its status, what it said on standard error, and after how many real seconds."""

    status: int
    said: str
    seconds: float = 0.0

    @property
    def lines(self) -> list[str]:
        """Give what was said, line by line."""
        return self.said.splitlines()


def environment(folder: Path, url: str = "", **settings: str) -> dict[str, str]:
    """Make the settings of a bot that keeps everything in `folder`; an empty one is left out."""
    given = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "HOME": str(folder),
        "ATTUNE_TOKEN": TOKEN,
        "ATTUNE_OPERATOR": "Ada",
        "ATTUNE_ALLOW": "open",
        "ATTUNE_ZONE": "Europe/Dublin",
        "ATTUNE_DATA": str(folder / "data"),
        "ATTUNE_KEY_FILE": str(folder / "key" / "keyring.json"),
        "ATTUNE_API_URL": url,
    }
    return {name: value for name, value in (given | settings).items() if value}


@asynccontextmanager
async def running(
    folder: Path, given: dict[str, str], *arguments: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m bot` until the block ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments), cwd=folder, env=given, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def hears(phone: Phone, words: str) -> None:
    """Wait until the bot has said these words in somebody's chat."""
    await phone.wait_for(words, PATIENCE)


async def next_line(process: asyncio.subprocess.Process) -> str:
    """Wait for the next line that a process says on standard error."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        return (await process.stderr.readline()).decode()


async def ended(process: asyncio.subprocess.Process, number: signal.Signals | None = None) -> Ended:
    """Wait for a process to end, after a signal where one is given."""
    loop = asyncio.get_running_loop()
    if number is not None:
        process.send_signal(number)
    began = loop.time()
    async with asyncio.timeout(PATIENCE):
        _, said = await process.communicate()
    return Ended(process.returncode or 0, said.decode(), loop.time() - began)


async def refused(folder: Path, given: dict[str, str]) -> Ended:
    """Run a bot that can't start."""
    async with running(folder, given) as process:
        return await ended(process)
