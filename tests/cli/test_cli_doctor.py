"""The doctor looks at each thing on its own, and says what to do about what is ill."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox import TOKEN, World, serve
from storage.database import Database
from storage.keyring import Keyring

ROOT = Path(__file__).resolve().parents[2]


async def doctor(folder: Path, url: str, **settings: str) -> tuple[int, str]:
    """Run the real command; tell its exit status and what it said."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = known | {
        "ATTUNE_TOKEN": TOKEN,
        "ATTUNE_OPERATOR": "Ops",
        "ATTUNE_ALLOW": "open",
        "ATTUNE_API_URL": url,
        "ATTUNE_DATA": str(folder / "data"),
        "ATTUNE_KEY_FILE": str(folder / "key" / "keyring.json"),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "doctor",
        cwd=ROOT, env=environment | settings, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def lived_in(folder: Path) -> None:
    """Make a key and a database."""
    keyring = Keyring.ready(folder / "key" / "keyring.json", folder / "data")
    await (await Database.open(folder / "data", keyring)).close()


async def test_all_is_well(tmp_path: Path) -> None:
    """Every line is a tick, and the status says so too, also before the first start."""
    async with serve(World()) as telegram:
        for _ in range(2):
            status, said = await doctor(tmp_path, telegram.url)
            assert status == 0, said
            assert all(line.startswith("✓") for line in said.splitlines())
            await lived_in(tmp_path)


async def test_who_may_start_a_couple_is_told_with_the_second_lock(tmp_path: Path) -> None:
    """BotFather's own list of users, which nothing but a reminder can hold; whose ids they are is not said."""
    async with serve(World()) as telegram:
        _, said = await doctor(tmp_path, telegram.url, ATTUNE_ALLOW="4242424242,17")
        assert (
            "✓ who may start a couple: 2, and whoever they invite; BotFather can keep a list of users too"
            in said
        )
        assert "4242424242" not in said
        _, said = await doctor(tmp_path, telegram.url)
    assert "✓ who may start a couple: everybody who finds the bot (ATTUNE_ALLOW=open)\n" in said


async def test_a_wrong_token_is_told_with_what_to_do(tmp_path: Path) -> None:
    """The token alone is ill."""
    async with serve(World()) as telegram:
        status, said = await doctor(tmp_path, telegram.url, ATTUNE_TOKEN=f"4242:{'a' * 35}")
    assert status == 1
    assert [line for line in said.splitlines() if line.startswith("✗")] == [
        "✗ token: Telegram refuses it: set ATTUNE_TOKEN to the one that @BotFather shows for /token"
    ]


async def test_a_webhook_is_told_with_what_to_do(tmp_path: Path) -> None:
    """Its host, and what it may mean; looking does not remove it."""
    world = World()
    async with serve(world) as telegram:
        world.webhook.set(url="http://localhost:9/caught")
        status, said = await doctor(tmp_path, telegram.url)
        assert world.webhook.url
    (told,) = [line for line in said.splitlines() if line.startswith("✗")]
    assert status == 1
    assert told.startswith("✗ webhook: one to localhost is set")
    assert "/revoke" in told
    assert "✓ token" in said


async def test_topics_are_told_with_what_to_do(tmp_path: Path) -> None:
    """Threaded Mode gives each private chat topics, which two people have no use for."""
    world = World()
    world.profile.topics = True
    async with serve(world) as telegram:
        status, said = await doctor(tmp_path, telegram.url)
    (told,) = [line for line in said.splitlines() if line.startswith("✗")]
    assert status == 1
    assert told.startswith("✗ topics: switch Threaded Mode off")


async def test_a_lost_key_and_a_damaged_database_are_told(tmp_path: Path) -> None:
    """One after the other, each with what to do; nothing is changed by looking."""
    await lived_in(tmp_path)
    async with serve(World()) as telegram:
        database = tmp_path / "data" / "attune.db"
        whole = database.read_bytes()
        database.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
        status, said = await doctor(tmp_path, telegram.url)
        assert status == 1
        assert "✗ key and database" in said
        database.write_bytes(whole)
        (tmp_path / "key" / "keyring.json").unlink()
        status, said = await doctor(tmp_path, telegram.url)
        assert status == 1
        assert "✗ key and database" in said
        assert "✓ token" in said
    assert database.read_bytes() == whole


@pytest.mark.parametrize("missing", ["ATTUNE_TOKEN", "ATTUNE_OPERATOR", "ATTUNE_ALLOW"])
async def test_a_missing_setting_does_not_hide_the_rest(tmp_path: Path, missing: str) -> None:
    """The database is looked at all the same."""
    await lived_in(tmp_path)
    status, said = await doctor(tmp_path, "http://127.0.0.1:9", **{missing: ""})
    assert status == 1
    assert f"✗ settings: Set {missing}" in said
    assert "✓ key and database" in said


async def test_a_telegram_out_of_reach_is_told(tmp_path: Path) -> None:
    """Token and clock cannot be looked at, and the doctor says why."""
    status, said = await doctor(tmp_path, "http://127.0.0.1:9")
    assert status == 1
    assert said.count("cannot be reached") == 2


def test_a_terminal_of_other_letters_gets_what_it_can_show() -> None:
    """Such as a Windows console's: a question mark where it has no tick, and no traceback."""
    done = command("doctor", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"? settings: Set ATTUNE_TOKEN" in done.stdout


def test_a_reader_who_has_read_enough_ends_it_quietly() -> None:
    """As `| head -1` does."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = command("doctor", stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def command(
    name: str, stdout: int = subprocess.PIPE, **settings: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run a command without settings, but for these."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | settings
    return subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "-m", "bot", name],
        cwd=ROOT,
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
