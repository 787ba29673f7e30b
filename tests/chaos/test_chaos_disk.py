"""A disk that is really full: the bot says so, takes nothing in, loses nothing, and goes on when there is room."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chaos_bot import PATIENCE, BotProcess, until
from chaos_ledger import Ledger
from chaos_world import WatchedWorld

from bot.sandbox import Phone, SteerableClock, serve

pytestmark = pytest.mark.sqlite

SMALL = "3m"  # the size of the disk
NOON = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)


def disk_of_ones_own(folder: Path) -> list[str]:
    """Name the command that gives a program a small disk of its own, without anybody's leave."""
    mount = f'mount -t tmpfs -o size={SMALL},mode=0700 none "$0" && exec "$@"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, str(folder)]


def succeeds(command: list[str]) -> bool:
    """Tell whether a command can be run here."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 (our own)


def has_disks(folder: Path) -> bool:
    """Tell whether this machine lets us have one."""
    if shutil.which("unshare") is None:
        return False
    return succeeds([*disk_of_ones_own(folder), "true"])


@asynccontextmanager
async def living(folder: Path) -> AsyncIterator[tuple[BotProcess, WatchedWorld, Path]]:
    """Run the bot on a small disk; give with it the disk as seen from here."""
    (folder / "disk").mkdir()
    world = WatchedWorld(Ledger(), clock=SteerableClock(NOON, running=True))
    async with serve(world) as telegram:
        bot = BotProcess(telegram.url, folder, disk_of_ones_own(folder / "disk"))
        bot.data = folder / "disk" / "data"
        keeper = asyncio.ensure_future(bot.keep())
        await until(lambda: world.life > 0)
        try:
            yield bot, world, Path(f"/proc/{bot.pid}/root") / (folder / "disk").relative_to("/")
        finally:
            await bot.finish(keeper)


async def asks(phone: Phone, text: str) -> None:
    """Write, and wait for an answer."""
    answers = len(phone.from_bot)
    phone.send_text(text)
    await phone.wait_until(lambda view: len(view.from_bot) > answers, PATIENCE)


def fill(disk: Path) -> None:
    """Write until there is no room, to the last byte."""
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        for size in (1 << 16, 1 << 12, 1):
            while True:
                try:
                    ballast.write(b"\0" * size)
                except OSError:
                    break


STRACE = ["strace", "-D", "-f", "-s", "300", "-e", "trace=fdatasync,fsync,sendto,sendmsg,write,writev", "-o"]


@pytest.mark.timeout(200)
async def test_a_commit_is_on_the_disk_before_its_updates_are_confirmed(tmp_path: Path) -> None:
    """Seen from the kernel: between two confirmations of updates there is a sync of the log, each time."""
    if shutil.which("strace") is None or not succeeds([*STRACE, "/dev/null", "true"]):
        pytest.skip("this machine lets nobody look")
    world = WatchedWorld(Ledger(), clock=SteerableClock(NOON, running=True))
    async with serve(world) as telegram:
        bot = BotProcess(telegram.url, tmp_path, [*STRACE, str(tmp_path / "calls")])
        keeper = asyncio.ensure_future(bot.keep())
        phone = world.phone(first_name="Ada")
        for text in ("/start", "/help", "/start", "/privacy", "/start"):
            await asks(phone, text)
        await world.drained(PATIENCE)
        await bot.finish(keeper)
    synced, confirmed = False, 0
    for line in (tmp_path / "calls").read_text(errors="replace").splitlines():
        synced = synced or "sync(" in line
        if found := re.search(r'offset\\":(\d+)', line):
            assert synced, "updates were confirmed before what they did was on the disk"
            synced, confirmed = False, int(found[1])
    assert confirmed == world.updates.next_id


@pytest.mark.timeout(200)
async def test_a_full_disk_stops_the_intake_and_loses_nothing(tmp_path: Path) -> None:
    """Updates wait unconfirmed with Telegram while there is no room, and each takes effect once there is."""
    if not has_disks(tmp_path):
        pytest.skip("this machine gives nobody a disk of their own")
    async with living(tmp_path) as (bot, world, disk):
        people = [world.phone(first_name=f"P{number}") for number in range(20)]
        await asks(people[0], "/start")
        fill(disk)
        answers = sum(len(person.from_bot) for person in people)
        for person in people:
            person.send_text("/start")
        await until(lambda: "No update is taken in or confirmed" in bot.log.read_text())
        assert len(world.updates.waiting) >= len(people)
        assert sum(len(person.from_bot) for person in people) == answers
        assert "disk" in bot.log.read_text()
        (disk / "ballast").unlink()
        for person in people:
            await person.wait_until(lambda view: len(view.from_bot) > (view is people[0]), PATIENCE)
        await world.drained(PATIENCE)
        assert bot.crashes == []
        assert [len(person.from_bot) for person in people[1:]] == [1] * 19
