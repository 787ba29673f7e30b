"""A pytest plugin: python-telegram-bot's own live tests, with the sandbox in Telegram's place.

They come with bots and chats of their own at the real Telegram. Here a sandbox runs beside them with the same chats:
somebody to write to, a supergroup, a forum, a channel with some people in it. `run.py` starts pytest with it.
"""

import asyncio
import base64
import json
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

import telegram
from ptb_media import MEDIA

from bot.sandbox import TOKEN, Phone, World, serve
from bot.sandbox.arguments import Upload

TESTER = 675666224  # whom the tests write to
REAL = "https://api.telegram.org"
CHANNEL = "pythontelegrambottests"
ADDRESS = "203.0.113.7"  # of the library's site, here
PICTURE = 5403  # bytes of the tester's picture
SITE = "https://python-telegram-bot.org/static/testfiles/"
ELSEWHERE = {
    "https://goo.gl/3En24v": "telegram.mp3",
    "http://bit.ly/2L18jua": "game.gif",
    "http://dummyimage.com/600x400/000/fff.png&text=telegram": "telegram.png",
    "https://github.com/python-telegram-bot/python-telegram-bot/blob/master/tests/data/telegram.webp?raw=true": (
        "telegram.webp"
    ),
}
ON_SITE = ("telegram_new.jpg", "telegram.gif", "telegram.mp4", "telegram.ogg", "telegram.mp3", "game.gif")
_MIME = {"gif": "image/gif", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "ogg": "audio/ogg"}


def png(width: int, height: int, size: int = 12_948) -> bytes:
    """Make a file that begins like a picture of a size in pixels, and has so many bytes."""
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return head.ljust(size, b"\x00")


def _web() -> dict[str, Upload]:
    """Return what the tests send by its address."""
    pages = {SITE + name: name for name in ON_SITE} | ELSEWHERE
    return {
        url: Upload(png(800, 800, MEDIA.get(name, 5_000)), name, _MIME.get(name.rpartition(".")[2], ""))
        for url, name in pages.items()
    }


def furnish(world: World) -> dict[str, Any]:
    """Put in what the tests expect of Telegram; return what they have to know of it."""
    tester = world.phone(TESTER, first_name="PTB", last_name="Test user", username="ptb_test_user")
    tester.person.photos.append(world.files.add("photo", png(160, 160, PICTURE)).file_id)
    tester.delete(tester.send_text("/start").message_id)  # long ago
    others = [world.phone(first_name=f"Reader {number}") for number in range(3)]
    group = world.group(f">>> telegram.Bot(test) @{world.profile.username}", [tester], admin=True)
    forum = world.group("Topics", [tester], forum=True, admin=True)
    channel = world.channel("Tests", [tester, *others], username=CHANNEL)
    paid = world.channel("Paid", [tester])
    _second_bot(world, others[0], channel.chat_id)
    return {
        "token": TOKEN,
        "payment_provider_token": "284685063:TEST:none",
        "chat_id": str(TESTER),
        "super_group_id": str(group.chat_id),
        "forum_group_id": str(forum.chat_id),
        "channel_id": f"@{CHANNEL}",
        "name": world.profile.first_name,
        "username": f"@{world.profile.username}",
        "subscription_channel_id": paid.chat_id,
    }


def _second_bot(world: World, other: Phone, channel: int) -> None:
    """Make one of the channel's people another bot that runs it, too."""
    other.person.is_bot = True
    rights = dict(world.chats[channel].standing[world.profile.bot_id])
    world.chats[channel].standing[other.user_id] = rights


class Beside:
    """A sandbox in a thread of its own."""

    def __init__(self) -> None:
        self.url = ""
        self.info: dict[str, Any] = {}
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True).start()
        self.ready.wait(30)

    async def _run(self) -> None:
        world = World()
        world.web.update(_web())
        world.hosts["python-telegram-bot.org"] = ADDRESS
        self.info = furnish(world)
        async with serve(world) as server:
            self.url = server.url
            self.ready.set()
            await asyncio.Event().wait()


def _lead_here(beside: Beside) -> None:
    """Let every bot of the library that would ask Telegram ask the sandbox."""
    made = telegram.Bot.__init__

    def init(
        self: telegram.Bot, token: str, base_url: Any = REAL, base_file_url: Any = REAL, **more: Any
    ) -> None:
        here, files = f"{beside.url}/bot", f"{beside.url}/file/bot"
        base_url = here if REAL in str(base_url) else base_url
        made(self, token, base_url, files if REAL in str(base_file_url) else base_file_url, **more)

    telegram.Bot.__init__ = init  # type: ignore[method-assign, assignment]
    resolve = socket.gethostbyname
    socket.gethostbyname = lambda name: ADDRESS if name == "python-telegram-bot.org" else resolve(name)


def _tell_tests(info: dict[str, Any]) -> None:
    """Hand the chats over as the tests take them where they run automatically."""
    os.environ |= {
        "GITHUB_ACTIONS": "true",
        "TEST_WITH_OPT_DEPS": "true",
        "JOB_INDEX": "1",
        "BOTS": base64.b64encode(json.dumps([info, info]).encode()).decode(),
    }


_BESIDE = Beside()
_tell_tests(_BESIDE.info)
_lead_here(_BESIDE)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try each test once: here nothing is flaky."""
    for item in items:
        for node in item.listchain():
            node.own_markers[:] = [marker for marker in node.own_markers if marker.name != "flaky"]
