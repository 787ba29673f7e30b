"""SIGTERM ends the real process in a few seconds, wherever it is, in good order."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Fault, World, serve

ROOT = Path(__file__).parents[2]
TOKEN = "4200000001:sandbox-only-opens-a-telegram-at-home"  # noqa: S105 (opens nothing but the sandbox)
IN_TIME = (
    15.0  # seconds, on a machine that is busy with other tests; a wait that nobody wakes takes half a minute
)


@asynccontextmanager
async def a_bot(folder: Path, api_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as a process of its own."""
    settings = {
        "ATTUNE_TOKEN": TOKEN,
        "ATTUNE_API_URL": api_url,
        "ATTUNE_DATA": str(folder / "data"),
        "ATTUNE_KEY_FILE": str(folder / "keys" / "key.json"),
        "ATTUNE_OPERATOR": "Nobody",
        "ATTUNE_ALLOW": "open",
        "ATTUNE_ZONE": "Europe/Berlin",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=ROOT, env={**os.environ, **settings}, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ends_well(process: asyncio.subprocess.Process) -> str:
    """Send SIGTERM; see that it ends in time and without an error; give what it has said since."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), 60)
    assert time.monotonic() - began < IN_TIME
    assert process.returncode == 0
    assert "Traceback" not in said.decode()
    return said.decode()


async def heard(process: asyncio.subprocess.Process, words: str) -> None:
    """Wait until the process has said something."""
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while words not in (line := (await process.stderr.readline()).decode()):
            assert line, "it has ended"


async def test_while_telegram_cannot_be_reached(tmp_path: Path) -> None:
    """A start that waits is stopped as soon as a bot that runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with a_bot(tmp_path, f"http://127.0.0.1:{port}") as process:
        await heard(process, "Telegram cannot be reached yet")
        await ends_well(process)


@pytest.mark.parametrize("hanging", [False, True])
async def test_while_it_polls_and_sends(tmp_path: Path, hanging: bool) -> None:  # noqa: FBT001 (pytest gives it)
    """An open poll is dropped; a call that hangs is waited for three seconds and given back."""
    world = World(token=TOKEN)
    phone = world.phone(first_name="Ada")
    async with serve(world) as server, a_bot(tmp_path, server.url) as process:
        phone.send_text("/start")
        await phone.wait_for(lambda message: message.from_bot, 60)
        if hanging:
            world.faults.add(Fault("hang", methods=["sendMessage"]))
            phone.send_text("/help")
            await world.wait_until(lambda world: world.faults.held == 1, 60)
        await ends_well(process)
