"""`rekey`: the operator's key is rotated, with the bot stopped or running, and can be taken up again."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from labels import label
from whole_words import whole_words

from bot.__main__ import main
from bot.clock import SystemClock
from bot.home.house import Home, at_home
from storage.keyring import Keyring


def generations(data: Path) -> set[int]:
    """Tell which of the operator's keys wrap anybody's key."""
    with closing(sqlite3.connect(f"file:{data / 'attune.db'}?mode=ro", uri=True)) as connection:
        return {number for (number,) in connection.execute("SELECT key_generation FROM partners")}


async def consent(home: Home) -> None:
    """Let somebody consent."""
    phone = home.world.phone(first_name="Noa")
    phone.send_text("/start")
    await phone.press(await phone.wait_for("Hello"), label("in")).answered()
    await phone.wait_for("Who will you practise with?")


@pytest.fixture
async def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep a database with one person in it, and name it in the environment."""
    folder = tmp_path / "data"
    monkeypatch.setenv("ATTUNE_DATA", str(folder))
    monkeypatch.setenv("ATTUNE_KEY_FILE", str(tmp_path / "key" / "keyring.json"))
    async with at_home(SystemClock().now(), zone="UTC", data=folder, content=whole_words()) as home:
        await consent(home)
    return folder


def test_a_stopped_bots_people_are_wrapped_anew(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rotation wraps everybody by the newest key; --resume adds none."""
    assert generations(data) == {1}
    assert main(["rekey"]) == 0
    assert generations(data) == {2}
    assert main(["rekey", "--resume"]) == 0
    assert generations(data) == {2}
    assert "Everybody's key is wrapped by the newest key." in capsys.readouterr().out


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
async def test_what_root_has_made_is_the_bots_users(data: Path) -> None:
    """After a rekey, a backup and a restore by root the bot may still run as who it is."""
    root, owner = data.parent, 12345
    for path in (root, *root.rglob("*")):
        os.chown(path, owner, owner)
    assert await asyncio.to_thread(main, ["rekey"]) == 0
    assert await asyncio.to_thread(main, ["backup", str(root / "copies" / "monday.db")]) == 0
    assert await asyncio.to_thread(main, ["restore", str(root / "copies" / "monday.db")]) == 0
    (data / "attune.db").unlink()
    (data / "attune.lock").unlink()
    assert await asyncio.to_thread(main, ["restore", str(root / "copies" / "monday.db")]) == 0
    assert {path.stat().st_uid for path in root.rglob("*")} == {owner}


async def test_a_running_bot_takes_the_new_key_when_told(data: Path) -> None:
    """A generation that another process adds is used at the next tidying, which can be asked for."""
    async with at_home(SystemClock().now(), zone="UTC", data=data, content=whole_words()) as home:
        Keyring.load(data.parent / "key" / "keyring.json").add_generation()
        await home.app.upkeep.rewrap()
        assert generations(data) == {2}
