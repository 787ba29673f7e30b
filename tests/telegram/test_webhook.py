"""A webhook that somebody has set with a stolen token goes, and what waits for the bot stays."""

import logging

import aiohttp
import pytest

from bot.sandbox import World, serve
from bot.telegram.client import BotApi
from bot.telegram.http import AioRequest
from bot.telegram.webhook import REVOKE, host_of_webhook, remove_webhook


async def test_a_webhook_is_removed_and_what_waits_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    """It is told by its host alone, with what to do; where there is none, nothing is done or told."""
    world = World()
    async with serve(world) as server, aiohttp.ClientSession() as session:
        async with session.post(
            f"{server.url}/bot{world.token}/setWebhook",
            json={"url": "https://thief.example:8443/secret/path"},
        ) as answered:
            assert (await answered.json())["ok"]
        world.phone(first_name="Ada").send_text("Nobody else shall have this.")
        waiting = len(world.updates.waiting)
        assert waiting
        request = AioRequest()
        await request.initialize()
        try:
            api = BotApi(request, f"{server.url}/bot", world.token)
            assert await host_of_webhook(api) == "thief.example"
            caplog.set_level(logging.INFO)
            assert await remove_webhook(api)
            assert await host_of_webhook(api) == ""
            assert len(world.updates.waiting) == waiting
            assert not await remove_webhook(api)
        finally:
            await request.shutdown()
    (told,) = [record.getMessage() for record in caplog.records if "webhook" in record.getMessage()]
    assert "thief.example" in told
    assert REVOKE in told
    assert "secret" not in told
