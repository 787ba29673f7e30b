"""The page with the sandbox alone: `python -m bot.sandbox --page`, for a bot in any language."""

import asyncio
import signal
import sys

import pytest
from aiohttp import ClientSession
from page_tools import OpenDesk, page_says

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_sandbox_alone_serves_two_phones(open_desk: OpenDesk) -> None:
    """What a person writes waits for the bot; what the bot sends stands on the phone; there is no story."""
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--page", "0"]
    running = await asyncio.create_subprocess_exec(*command, stdout=pipe)
    assert running.stdout is not None
    lines = [(await running.stdout.readline()).decode().split() for _ in range(3)]
    addresses = {words[0]: words[-1] for words in lines}
    root = next(words[2] for words in lines if words[0] == "Bot").removesuffix("/METHOD")
    desk = await open_desk(addresses["Phones"])
    ada = desk.phone("Ada")
    await ada.start()
    await ada.sees("/start")
    async with ClientSession() as session:
        async with session.get(f"{root}/getUpdates") as response:
            (update,) = (await response.json())["result"]
        chat = update["message"]["chat"]["id"]
        async with session.post(
            f"{root}/sendMessage", json={"chat_id": chat, "text": "Hello, Ada"}
        ) as response:
            assert response.status == 200
    await ada.sees("Hello, Ada")
    assert await desk.button(page_says("play")).count() == 0
    await desk.page.close()
    running.send_signal(signal.SIGINT)
    assert await running.wait() == 0
