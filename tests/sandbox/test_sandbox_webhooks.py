"""Updates pushed to a webhook: with the secret, in order, and again until they are taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from sandbox_tools import Asker, Seconds

from bot.sandbox import Fault, Phone, World

SECRET = {"secret_token": "s-1"}


@dataclass
class Hook:
    """A bot's webhook: it remembers what came, and answers as it is told."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    taken: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    secrets: list[str | None] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        """Take an update, or fail as planned."""
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answer = self.answers.pop(0) if self.answers else web.Response()
        if answer.status < 300:
            self.taken.put_nowait(await request.json())
        await self.gate.wait()
        return answer

    async def texts(self, number: int) -> list[str]:
        """Return the words of the next updates."""
        async with asyncio.timeout(5):
            return [(await self.taken.get())["message"]["text"] for _ in range(number)]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """Return a running webhook."""
    hook = Hook()
    hook.gate.set()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    hook.url = f"http://{host}:{port}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(ask: Asker, phone: Phone, hook: Hook) -> None:
    """What waited and what comes arrives in order, each once, and is confirmed by a 2xx."""
    phone.send_text("two")
    assert (await ask("setWebhook", url=hook.url, max_connections=1, **SECRET))["ok"]
    phone.send_text("three")
    assert await hook.texts(3) == ["/start", "two", "three"]
    assert hook.secrets == ["s-1"] * 3
    await phone.world.drained()
    info = (await ask("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook.url, 0, 1)
    assert info["ip_address"] == "127.0.0.1"


async def test_a_webhooks_address_is_told_where_it_is_known(ask: Asker, world: World) -> None:
    """The one that was given, the host's own, or what the world knows of it; else none."""
    world.hosts["known.example.org"] = "203.0.113.7"
    hosts = {"known.example.org": "203.0.113.7", "203.0.113.9": "203.0.113.9", "unknown.example.org": None}
    for host, address in hosts.items():
        await ask("setWebhook", url=f"https://{host}/hook")
        assert (await ask("getWebhookInfo"))["result"].get("ip_address") == address
    await ask("setWebhook", url="https://known.example.org/hook", ip_address="203.0.113.1")
    assert (await ask("getWebhookInfo"))["result"]["ip_address"] == "203.0.113.1"


async def test_a_delivery_that_fails_is_tried_again(
    ask: Asker, phone: Phone, hook: Hook, seconds: Seconds
) -> None:
    """Pauses grow; the next update of the chat waits for its turn; the failure is told."""
    hook.answers = [web.Response(status=500), web.Response(status=404), web.Response(status=302)]
    phone.send_text("two")
    await ask("setWebhook", url=hook.url)
    assert await hook.texts(2) == ["/start", "two"]
    assert seconds.slept == [1.0, 2.0, 4.0]
    info = (await ask("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert hook.secrets == [None] * 5


async def test_a_bot_that_is_away_gets_its_updates_later(
    ask: Asker, world: World, phone: Phone, hook: Hook, seconds: Seconds
) -> None:
    """A refused connection is a failed delivery like any other."""
    await ask("setWebhook", url="http://127.0.0.1:1/hook")  # where nobody listens
    async with asyncio.timeout(5):
        while not seconds.slept:
            await world.events.bell.wait(0.01)
    assert "Connection failed" in (await ask("getWebhookInfo"))["result"]["last_error_message"]
    await ask("setWebhook", url=hook.url)
    assert await hook.texts(1) == ["/start"]
    assert phone.messages


async def test_chats_do_not_wait_for_each_other(ask: Asker, world: World, phone: Phone, hook: Hook) -> None:
    """While one chat's update is on its way, another's arrives, but not the same chat's next."""
    hook.gate.clear()
    phone.send_text("held")
    await ask("setWebhook", url=hook.url)
    other = world.phone()
    other.send_text("other")
    assert sorted(await hook.texts(2)) == ["/start", "other"]
    hook.gate.set()
    assert await hook.texts(1) == ["held"]


async def test_a_delivery_may_be_repeated(ask: Asker, world: World, phone: Phone, hook: Hook) -> None:
    """A repeated update arrives twice, as after an answer that was lost."""
    world.faults.add(Fault("repeat", count=1))
    await ask("setWebhook", url=hook.url)
    assert await hook.texts(2) == ["/start", "/start"]
    phone.send_text("two")
    assert await hook.texts(1) == ["two"]


async def test_an_answer_may_carry_a_call(ask: Asker, phone: Phone, hook: Hook) -> None:
    """The method in the body of a 200 is done."""
    call = {"method": "sendMessage", "chat_id": phone.user_id, "text": "from the answer"}
    hook.answers = [web.json_response(call)]
    await ask("setWebhook", url=hook.url)
    assert (await phone.wait_for("from the answer")).from_bot


async def test_deleting_the_webhook_stops_the_pushing(ask: Asker, phone: Phone, hook: Hook) -> None:
    """Afterwards updates wait to be fetched; dropping forgets them."""
    await ask("setWebhook", url=hook.url, allowed_updates=["message"])
    assert await hook.texts(1) == ["/start"]
    await phone.world.drained()
    assert (await ask("deleteWebhook"))["ok"]
    phone.send_text("later")
    assert len((await ask("getUpdates"))["result"]) == 1
    assert hook.taken.empty()
    await ask("setWebhook", url=hook.url, drop_pending_updates=True)
    assert (await ask("setWebhook", url=""))["ok"]
    assert (await ask("getWebhookInfo"))["result"]["url"] == ""
    assert (await ask("getUpdates"))["result"] == []
