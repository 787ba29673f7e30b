"""A database that may not be written to: the bot says so, confirms nothing, and goes on when it may again."""

import asyncio
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chaos_bot import PATIENCE, ROOT, BotProcess, until
from chaos_ledger import Ledger
from chaos_world import WatchedWorld

from bot.sandbox import Fault, Phone, SteerableClock, serve

pytestmark = pytest.mark.sqlite

NOON = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
PEOPLE = 20
NOT_TAKEN, NOT_SENT = "No update is taken in or confirmed", "The outbox cannot be used"


@contextmanager
def immutable(*paths: Path) -> Iterator[None]:
    """Let nobody write to files, not even who has them open: what no chmod does, and root least of all."""
    names = [str(path) for path in paths]
    subprocess.run(["chattr", "+i", *names], check=True, capture_output=True)  # noqa: S603, S607 (our own files)
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *names], check=True, capture_output=True)  # noqa: S603, S607 (our own command)


def can_be_immutable(folder: Path) -> bool:
    """Tell whether this machine lets us do that, and heeds it."""
    if shutil.which("chattr") is None:
        return False
    with (folder / "probe").open("wb", buffering=0) as probe:
        try:
            with immutable(folder / "probe"):
                probe.write(b"x")
        except subprocess.CalledProcessError:
            return False
        except OSError:
            return True
    return False


def read_only(folder: Path) -> list[str]:
    """Name the command that lets a program see a folder as read-only, without anybody's leave."""
    mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, str(folder)]


def can_be_read_only(folder: Path) -> bool:
    """Tell whether this machine lets us have that."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*read_only(folder), "true"], check=False, capture_output=True).returncode == 0  # noqa: S603 (our own command)


async def answered(phone: Phone, number: int) -> None:
    """Wait until somebody has so many messages."""
    await phone.wait_until(lambda view: len(view.from_bot) >= number, PATIENCE)


@pytest.mark.timeout(200)
async def test_a_file_that_becomes_read_only_stops_the_intake_and_loses_nothing(tmp_path: Path) -> None:
    """While it lasts nothing is confirmed and nothing new leaves; what was in the air is not repeated."""
    if not can_be_immutable(tmp_path):
        pytest.skip("this machine lets nobody make a file immutable")
    world = WatchedWorld(Ledger(), clock=SteerableClock(NOON, running=True))
    async with serve(world) as telegram, asyncio.TaskGroup() as group:
        bot = BotProcess(telegram.url, tmp_path)
        keeper = group.create_task(bot.keep())
        held, flying, *people = (world.phone(first_name=f"P{number}") for number in range(PEOPLE))
        held.send_text("/start")
        await answered(held, 1)
        world.faults.add(
            Fault("error", code=429, retry_after=3, methods=["sendMessage"], chat_id=held.user_id, count=1)
        )
        world.faults.add(
            Fault("latency", seconds=2.0, methods=["sendMessage"], chat_id=flying.user_id, after=True)
        )
        held.send_text("/help")
        flying.send_text("/start")
        await answered(flying, 1)  # shown, and its answer to the bot is on its way
        await world.drained(PATIENCE)
        sent = len(world.taken)
        database = bot.data / "attune.db"
        with immutable(database, bot.data / "attune.db-wal"):
            for person in people:
                person.send_text("/start")
            await until(lambda: NOT_TAKEN in bot.log.read_text())
            await until(lambda: bot.log.read_text().count(NOT_SENT) > 2)  # the held answer has fallen due
            assert len(world.updates.waiting) >= len(people)
            assert len(world.taken) == sent
        for person in people:
            await answered(person, 1)
        await answered(held, 2)
        await world.drained(PATIENCE)
        await bot.finish(keeper)
    said = [line for line in bot.log.read_text().splitlines() if NOT_TAKEN in line or NOT_SENT in line]
    assert all(str(database) in line for line in said)
    assert "Traceback" not in bot.log.read_text()
    assert (bot.crashes, world.life) == ([], 1)
    assert [len(phone.from_bot) for phone in (held, flying, *people)] == [2, *[1] * (PEOPLE - 1)]


async def start(bot: BotProcess, within: list[str]) -> tuple[int, list[str]]:
    """Start the bot where it cannot; tell how it ended and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(*within, sys.executable, "-m", "bot", "serve", "--sandbox-clock"),
        cwd=ROOT,
        env=bot.environment(),
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE):
        _, said = await process.communicate()
    return process.returncode or 0, said.decode().splitlines()


def digest(folder: Path) -> str:
    """Tell what is in a folder."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


@pytest.mark.timeout(200)
async def test_a_folder_that_is_read_only_refuses_the_start(tmp_path: Path) -> None:
    """One line says so, nothing is touched or confirmed; and when it may be written to, all is answered."""
    if not can_be_read_only(tmp_path):
        pytest.skip("this machine lets nobody have mounts of their own")
    world = WatchedWorld(Ledger(), clock=SteerableClock(NOON, running=True))
    async with serve(world) as telegram, asyncio.TaskGroup() as group:
        bot = BotProcess(telegram.url, tmp_path)
        keeper = group.create_task(bot.keep())
        ada = world.phone(first_name="Ada")
        ada.send_text("/start")
        await answered(ada, 1)
        await world.drained(PATIENCE)
        await bot.finish(keeper)
        before = digest(bot.data)
        ada.send_text("/help")
        status, lines = await start(bot, read_only(bot.data))
        assert (status, len(lines)) == (2, 1)
        assert f"{bot.data} cannot be read and written" in lines[0]
        assert digest(bot.data) == before
        assert len(world.updates.waiting) == 1
        bot = BotProcess(telegram.url, tmp_path)
        keeper = group.create_task(bot.keep())
        await answered(ada, 2)
        await bot.finish(keeper)
    assert len(ada.from_bot) == 2
