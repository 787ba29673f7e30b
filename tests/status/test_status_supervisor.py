"""What a service manager is told, over a real socket."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from signal import SIGTERM

import pytest
from processes import PATIENCE, ended, environment, running

from bot.sandbox import World, serve
from bot.status.supervisor import pat
from bot.vitals import PATIENCE as LONGEST
from bot.vitals import Vitals

BRIEF = 60_000  # microseconds of a watchdog


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """Listen as a service manager does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)  # noqa: FBT003 (the standard library's own signature)
        yield listening


async def heard(manager: socket.socket) -> str:
    """Wait for the next thing that the manager is told."""
    async with asyncio.timeout(PATIENCE):
        return (await asyncio.get_running_loop().sock_recv(manager, 4096)).decode().strip()


async def test_a_real_bot_says_that_it_is_ready_and_well(tmp_path: Path, manager: socket.socket) -> None:
    """Once it serves, then as often as a third of the watchdog's time; it ends in time when it is told to."""
    async with serve(World()) as telegram:
        given = environment(
            tmp_path, telegram.url, NOTIFY_SOCKET=manager.getsockname(), WATCHDOG_USEC=str(BRIEF)
        )
        async with running(tmp_path, given) as bot:
            assert [await heard(manager) for _ in range(4)] == ["READY=1"] + ["WATCHDOG=1"] * 3
            assert (await ended(bot, SIGTERM)).seconds < 8.0


async def test_a_bot_that_is_stuck_is_not_called_well(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pats end, the reason is said once; they go on when the task comes round again."""
    monkeypatch.setenv("NOTIFY_SOCKET", manager.getsockname())
    monkeypatch.setenv("WATCHDOG_USEC", str(BRIEF))
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    now = [0.0]
    vitals = Vitals(lambda: now[0])
    vitals.step("drain")
    task = asyncio.create_task(pat(vitals))
    try:
        assert [await heard(manager), await heard(manager)] == ["READY=1", "WATCHDOG=1"]
        now[0] = LONGEST["drain"] + 1
        said = await heard(manager)
        while said == "WATCHDOG=1":
            said = await heard(manager)
        assert said == "STATUS=drain does not come round"
        vitals.step("drain")
        assert await heard(manager) == "WATCHDOG=1"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
