"""The command: how soon it answers, how it ends, and what it says when it can't begin."""

import asyncio
import re
import signal
import socket
import sys
import time
from pathlib import Path

import pytest
from aiohttp import ClientSession

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROMPTLY = 20.0  # seconds, on a machine that is busy with other tests; a quiet one needs about two


async def start(*arguments: str) -> asyncio.subprocess.Process:
    """Start the command."""
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", *arguments]
    return await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)


async def lit(url: str) -> None:
    """Wait until the bot is there, and not only the page."""
    root, _, token = url.partition("#")
    async with ClientSession() as session, session.ws_connect(f"{root}live") as live:
        await live.send_json({"token": token})
        while "state" not in str((await live.receive(30)).data):
            pass


async def test_the_page_answers_promptly_and_ctrl_c_ends_cleanly(tmp_path: Path) -> None:
    """It prints one address, which answers; SIGINT ends it with status 0 and no traceback."""
    began = time.monotonic()
    running = await start("--port", "0", "--data", str(tmp_path / "kept"))
    assert running.stdout is not None
    line = (await running.stdout.readline()).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+/#[\w-]{20,}", line)
    assert found is not None, line
    async with ClientSession() as session, session.get(found.group()) as response:
        assert response.status == 200
        took = time.monotonic() - began
    sys.stderr.write(f"\nfrom the command to the page: {took:.2f} s\n")
    assert took < PROMPTLY
    await lit(found.group())
    running.send_signal(signal.SIGINT)
    _, errors = await running.communicate()
    assert (running.returncode, errors.decode()) == (0, "")
    assert (tmp_path / "kept" / "phones.json").stat().st_mode & 0o077 == 0


async def test_a_taken_port_is_one_line() -> None:
    """It names the port and a way out; the status is 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = await start("--port", str(port))
        out, errors = await running.communicate()
    assert running.returncode == 2
    assert out == b""
    assert errors.decode() == f"Port {port} is taken. Another one: python -m bot demo --port 0\n"


async def test_a_second_demo_in_the_same_folder_is_one_line(tmp_path: Path) -> None:
    """One folder, one demo: the second says so instead of spoiling the first's."""
    folder = str(tmp_path / "kept")
    first = await start("--port", "0", "--data", folder)
    assert first.stdout is not None
    url = (await first.stdout.readline()).decode().split()[-1]
    await lit(url)
    second = await start("--port", "0", "--data", folder)
    _, errors = await second.communicate()
    first.send_signal(signal.SIGINT)
    await first.communicate()
    assert second.returncode == 2
    assert len(errors.decode().splitlines()) == 1


async def test_a_damaged_folder_is_one_line(tmp_path: Path) -> None:
    """What can't be read is named."""
    (tmp_path / "phones.json").write_text("no json", encoding="utf-8")
    running = await start("--port", "0", "--data", str(tmp_path))
    _, errors = await running.communicate()
    assert running.returncode == 2
    assert errors.decode() == f"{tmp_path / 'phones.json'} can't be read; remove it to begin anew\n"
