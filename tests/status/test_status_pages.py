"""The status pages of a real bot over a real Telegram at home: told to a watcher, and nothing of anybody."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from processes import PATIENCE, environment, next_line, refused, running

from bot.sandbox import World, serve

PRIVATE = "the marmalade of 1987"


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def ask(port: int, page: str) -> tuple[int, str]:
    """Ask for a page; tell its status and its text."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/{page}") as answer:
        return answer.status, await answer.text()


async def run(folder: Path, given: dict[str, str], *words: str) -> tuple[int, str]:
    """Run a command; tell its status and what it has said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=given,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@asynccontextmanager
async def watched(folder: Path) -> AsyncIterator[tuple[World, int, dict[str, str]]]:
    """Run a bot whose status is told."""
    port = free_port()
    async with serve(World()) as telegram:
        given = environment(
            folder,
            telegram.url,
            ATTUNE_STATUS=f"127.0.0.1:{port}",
            ATTUNE_BACKUPS=str(folder / "backups"),
        )
        async with running(folder, given) as bot:
            async with asyncio.timeout(PATIENCE):
                while "serving" not in await next_line(bot):
                    pass
            yield telegram.world, port, given


async def test_a_watcher_is_told_numbers_and_nothing_of_anybody(tmp_path: Path) -> None:
    """Health, readiness and metrics; no word, name or id; other pages give nothing."""
    async with watched(tmp_path) as (world, port, given):
        noa = world.phone(first_name="Noa")
        noa.send_text("/start")
        await noa.wait_for("Hello", PATIENCE)
        noa.send_text(PRIVATE)
        await world.drained(PATIENCE)
        assert await ask(port, "healthz") == (200, "ok\n")
        assert await ask(port, "readyz") == (200, "ok\n")
        assert await run(tmp_path, given, "health", "--ready") == (0, "ok\n")
        assert (await run(tmp_path, given, "backup"))[0] == 0
        status, figures = await ask(port, "metrics")
        assert status == 200
        assert 'attune_updates_total{outcome="taken"} 2.0' in figures
        assert 'attune_calls_total{outcome="sent",urgency="reply"}' in figures
        assert "attune_backup_age_seconds" in figures
        assert "attune_commit_seconds_count" in figures
        for private in (PRIVATE, "marmalade", "Noa", str(noa.chat.chat_id)):
            assert private not in figures
        assert (await ask(port, "anything"))[0] == 404


async def test_what_keeps_it_from_serving_is_said(tmp_path: Path) -> None:
    """Nobody answers where no bot runs; a taken port and a wrong address end the start in one line."""
    port = free_port()
    given = environment(tmp_path, ATTUNE_STATUS=f"127.0.0.1:{port}")
    assert await run(tmp_path, given, "health") == (1, f"nobody answers at 127.0.0.1:{port}\n")
    status, said = await run(tmp_path, environment(tmp_path), "health")
    assert (status, said) == (2, "Set ATTUNE_STATUS to an address and a port, such as 127.0.0.1:9464.\n")
    for wrong in ("9464", "127.0.0.1:99999", "127.0.0.1:", "http://127.0.0.1:9464"):
        end = await refused(tmp_path, environment(tmp_path, ATTUNE_STATUS=wrong))
        assert (end.status, end.lines[0][:21]) == (2, "Set ATTUNE_STATUS to ")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        async with serve(World()) as telegram:
            end = await refused(
                tmp_path, environment(tmp_path, telegram.url, ATTUNE_STATUS=f"127.0.0.1:{port}")
            )
    assert (end.status, len(end.lines)) == (2, 1)
    assert "whose port is free" in end.lines[0]
