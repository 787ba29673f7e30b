"""`backup` and `restore` as the operator runs them: they show how far they are, and refuse in one line."""

import asyncio
import os
import pty
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from processes import PATIENCE, ended, environment, running

from bot.sandbox import World, serve
from storage.backup import back_up
from storage.database import Database
from storage.keyring import Keyring

ROWS = 20_000  # for a database that is copied in several steps

_CROWD = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
INSERT INTO outbox (id, kind, chat_id, ids, priority, due_at, state, attempts, settled_at)
SELECT i, 'help', 1000 + i, '{"language":"en"}', 2, 0, 'sent', 0, 4102444800000000 FROM n"""


async def filled(folder: Path) -> Path:
    """Make a bot's database of some size, and a copy of it."""
    key_file = folder / "key" / "keyring.json"
    database = await Database.open(folder / "data", Keyring.ready(key_file, folder / "data"))
    await database.close()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute(_CROWD, {"rows": ROWS})
    await back_up(folder / "data", folder / "copy.db")
    return folder / "copy.db"


async def at_terminal(folder: Path, *words: str) -> tuple[int, str]:
    """Run a command as an operator at a terminal does; tell its status and all that it has shown."""
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=environment(folder, TERM="xterm-256color", COLUMNS="100"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = await asyncio.to_thread(_drained, ours)
    async with asyncio.timeout(PATIENCE):
        return await process.wait(), shown


def _drained(terminal: int) -> str:
    """Read a terminal until nobody writes to it any more."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # Linux says so when the other side is closed
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts).decode()
        parts.append(part)


async def one_line(folder: Path, *words: str) -> str:
    """Run a command that is refused, and tell its one line."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=environment(folder),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    end = await ended(process)
    assert (end.status, len(end.lines)) == (2, 1), end.said
    return end.lines[0]


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_both_show_how_far_they_are(tmp_path: Path) -> None:
    """A bar that fills; then that all of it is being checked; then what to know."""
    copy = await filled(tmp_path)
    status, shown = await at_terminal(tmp_path, "backup", "monday.db")
    assert status == 0
    assert "Copying" in shown
    assert "100%" in shown
    assert "discard it in its time" in shown
    assert (tmp_path / "monday.db").read_bytes() == copy.read_bytes()
    status, shown = await at_terminal(tmp_path, "restore", "monday.db")
    assert status == 0
    assert "Copying" in shown
    assert "Checking all of it" in shown
    assert "Restored." in shown


def spoiled(good: bytes) -> dict[str, bytes]:
    """Make copies that nobody should put back; each name tells what is said of it."""
    half = len(good) // 2 // 4096 * 4096
    return {
        "is damaged (it is cut short)": good[:-4096],
        "is damaged": good[:half] + b"\xa5" * 4096 + good[half + 4096 :],  # a leaf of a table
        "is not a database of Attune's": b"My shopping list: bread, milk, marmalade. " * 200,
        "was written by a newer Attune": good[:60] + (9999).to_bytes(4) + good[64:],
    }


async def test_a_copy_that_cannot_be_trusted_is_refused(tmp_path: Path) -> None:
    """Cut short, damaged, foreign, newer: one line names the copy, and the live files stay as they are."""
    copy = await filled(tmp_path)
    good, before = copy.read_bytes(), contents(tmp_path / "data")
    for what, bad in spoiled(good).items():
        copy.write_bytes(bad)
        line = await one_line(tmp_path, "restore", str(copy))
        assert line.startswith(f"{copy} {what}")
        assert contents(tmp_path / "data") == before
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE somebody (elses TEXT)")
    assert "not a database of Attune's" in await one_line(tmp_path, "restore", "other.db")
    assert "is not there" in await one_line(tmp_path, "restore", "nowhere.db")
    assert contents(tmp_path / "data") == before


async def test_nothing_is_put_back_under_a_running_bot(tmp_path: Path) -> None:
    """It is refused in one line, and the bot goes on; a copy may be made meanwhile, but over nothing."""
    copy = await filled(tmp_path)
    async with serve(World()) as telegram:
        noa = telegram.world.phone(first_name="Noa")
        async with running(tmp_path, environment(tmp_path, telegram.url)) as bot:
            noa.send_text("/start")
            await noa.wait_for("Hello", PATIENCE)
            await telegram.world.drained(PATIENCE)
            before = (tmp_path / "data" / "attune.db").read_bytes()
            assert "stop it first" in await one_line(tmp_path, "restore", str(copy))
            assert "exists already" in await one_line(tmp_path, "backup", str(copy))
            assert (tmp_path / "data" / "attune.db").read_bytes() == before
            noa.send_text("/help")
            await noa.wait_for("How it goes", PATIENCE)
            assert (await ended(bot, signal.SIGTERM)).status == 0
