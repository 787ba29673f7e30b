"""A world kept between runs, and the sandbox run alone."""

import asyncio
import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sandbox_tools import PNG, Ask, Asker

from bot.sandbox import Phone, SteerableClock, World, serve
from bot.sandbox.__main__ import main, read_state, write_state

TOKEN = "77:a-token-of-this-test"  # noqa: S105  opens nothing


async def test_a_restored_world_goes_on_where_it_stopped(ask: Ask, world: World, phone: Phone) -> None:
    """Chats, files, waiting updates, pressed buttons, the account and all numbers are kept."""
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    sent = await ask(
        "sendMessage", chat_id=phone.user_id, text="<b>hi</b>", parse_mode="HTML", reply_markup=keyboard
    )
    press = phone.press(sent["result"]["message_id"], "x")
    phone.send_photo(PNG, caption="see")
    await ask("setMyCommands", commands=[{"command": "a", "description": "b"}])
    group = world.group("Friends", [phone])
    await ask("sendMessage", chat_id=group.chat_id, text="all")
    state = json.loads(json.dumps(world.snapshot()))

    again = World.restore(state, clock=SteerableClock(datetime(2000, 1, 1, tzinfo=UTC)))
    assert again.snapshot() == state
    assert again.now() == world.now()
    there = again.phone(phone.user_id)
    assert [message.to_json() for message in there.messages] == [
        message.to_json() for message in phone.messages
    ]
    assert again.events.last == world.events.last
    async with serve(again) as server, ClientSession() as session:
        call = Asker(server, session)
        assert [u["update_id"] for u in (await call("getUpdates"))["result"]] == [
            queued.update_id for queued in world.updates.waiting
        ]
        assert press.query is not None
        assert (await call("answerCallbackQuery", callback_query_id=press.query.query_id))["ok"]
        photo = there.messages[-1].body["photo"][-1]["file_id"]
        assert (await call("sendPhoto", chat_id=there.user_id, photo=photo))["ok"]
    numbers = [message.message_id for message in there.messages]
    assert numbers == sorted(set(numbers))
    assert there.at(again.chats[group.chat_id]).last.text == "all"


def test_what_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    """Neither another JSON value nor another version is taken for one."""
    with pytest.raises(ValueError, match="no snapshot"):
        World.restore({"format": 99})
    path = tmp_path / "world.json"
    assert read_state(path) is None
    path.write_text("{")
    with pytest.raises(ValueError, match="no snapshot"):
        read_state(path)


def test_a_snapshot_is_written_for_its_owner_only(tmp_path: Path) -> None:
    """The file holds words that people wrote."""
    path = tmp_path / "world.json"
    write_state(path, World().snapshot())
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_state(path) is not None


async def test_the_sandbox_runs_alone_and_keeps_its_world(tmp_path: Path) -> None:
    """Started twice with the same file, the second run knows what the first heard."""
    data = tmp_path / "world.json"
    assert await _one_run(data) == ["Ada"]
    assert await _one_run(data) == ["Ada", "Ada"]


async def _one_run(data: Path) -> list[str]:
    """Start it, let one more Ada have Telegram, stop it; return who had."""
    process = await _start(data)
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().split() for _ in range(2)]
    assert lines[0][-1].endswith(f"/bot{TOKEN}/METHOD")
    headers = {"X-Sandbox-Token": lines[1][-1]}
    async with ClientSession(lines[1][1], headers=headers) as session:
        await session.post("people", json={"first_name": "Ada"})
        people: dict[str, Any] = await (await session.get("people")).json()
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    return [person["first_name"] for person in people["people"]]


async def _start(data: Path) -> asyncio.subprocess.Process:
    options = ["--port", "0", "--token", TOKEN, "--control-token", "c", "--data", str(data)]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", *options, stdout=asyncio.subprocess.PIPE
    )


def test_a_wrong_command_line_is_told_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A token that is none, a file that is none, a host that isn't this machine's."""
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for arguments, words in (
        (["--token", "x"], "a bot's token is"),
        (["--data", str(broken)], "no snapshot"),
        (["--host", "192.0.2.1"], "Can't listen on 192.0.2.1"),
    ):
        assert main([*arguments, "--port", "0"]) == 1
        assert words in capsys.readouterr().err
