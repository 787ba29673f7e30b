"""Pushed updates: each takes effect once, is confirmed after its commit, and needs the secret."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram_house import House, at_home

from bot.clock import SystemClock
from bot.config import Address, Webhook
from bot.telegram.reception import SECRET_HEADER, Reception, secret_of
from bot.vitals import Vitals
from storage.engine import Visit
from storage.errors import DiskFull

PATIENCE = 20.0


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def reception(house: House, webhook: Webhook) -> Reception:
    """Make one, as a fresh process would."""
    secret = secret_of(house.world.token)
    return Reception(house.intake(), house.api, webhook, secret=secret, clock=SystemClock(), vitals=Vitals())


@asynccontextmanager
async def running(work: Any) -> AsyncIterator[None]:
    """Run a task for a block."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait([task])


def address() -> Webhook:
    """Choose a place to listen."""
    port = free_port()
    return Webhook(f"http://127.0.0.1:{port}/hook", Address("127.0.0.1", port))


async def until(done: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not done():  # noqa: ASYNC110 (what is waited for has no bell)
            await asyncio.sleep(0.002)


async def nothing_waits(house: House) -> None:
    """Wait until Telegram has handed everything over."""
    await until(lambda: not house.world.updates.waiting)


async def post(webhook: Webhook, body: Any, secret: str | None, path: str | None = None) -> tuple[int, str]:
    """Push something; tell the status and what came back."""
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    url = webhook.url if path is None else webhook.url.replace("/hook", path)
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_pushed_words_take_effect_once_and_in_order(tmp_path: Path) -> None:
    """What waited before the webhook, and what comes after it."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        texts = [f"text {number}" for number in range(120)]
        for text in texts[:60]:
            phone.send_text(text)
        async with running(reception(house, address()).run()):
            for text in texts[60:]:
                phone.send_text(text)
            await nothing_waits(house)
        assert await house.queued() == texts


async def test_changing_the_way_loses_and_repeats_nothing(tmp_path: Path) -> None:
    """Ten changes between polls and pushes, with two hundred texts on the way."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        texts = [f"text {number}" for number in range(200)]
        for turn in range(10):
            way = reception(house, address()) if turn % 2 else house.intake()
            async with running(way.run()):
                for text in texts[turn * 20 : turn * 20 + 20]:
                    phone.send_text(text)
                    await asyncio.sleep(0)
                # leave in the middle: some wait, some are on their way
                await until(lambda: len(house.world.updates.waiting) <= 10)
        async with running(house.intake().run()):
            await nothing_waits(house)
        assert await house.queued() == texts


async def test_who_has_no_secret_gets_nothing(tmp_path: Path) -> None:
    """No effect and no word, whatever is pushed and wherever to; with it, nonsense is taken and does nothing."""
    async with at_home(tmp_path) as house:
        webhook = address()
        body = b'{"update_id": 7, "message": {"message_id": 1, "date": 1, "text": "forged"}}'
        async with running(reception(house, webhook).run()):
            await pushed_to(house, webhook)
            for secret in (None, "", "wrong", secret_of("1:another")):
                assert await post(webhook, body, secret) == (404, "")
            secret = secret_of(house.world.token)
            assert (await post(webhook, body, secret, path="/other"))[0] == 404
            assert (await post(webhook, io.BytesIO(b"x" * (2 << 20)), secret))[0] == 413
            for nonsense in (b"", b"{", b"[]", b'"text"', b"17", b"{}", b'{"update_id": "x"}'):
                assert await post(webhook, nonsense, secret) == (200, "")
        assert await house.queued() == []
        assert house.world.token not in secret
        assert len(secret) == 64


async def pushed_to(house: House, webhook: Webhook) -> None:
    """Wait until Telegram knows the address."""
    await until(lambda: house.world.webhook.url == webhook.url)


async def test_nothing_is_confirmed_before_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk is full Telegram hears no 200; afterwards the same update takes effect, once."""
    async with at_home(tmp_path) as house:
        webhook, secret = address(), secret_of(house.world.token)
        made = house.database._engine.make
        full = True

        async def make(visit: Visit) -> None:
            if full and visit._steps[-1].sql == "COMMIT":
                raise DiskFull(house.database.path)
            await made(visit)

        monkeypatch.setattr(house.database._engine, "make", make)
        body = (
            b'{"update_id": 7, "message": {"message_id": 1, "date": 1, "text": "mine",'
            b' "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": false, "first_name": "Ada"}}}'
        )
        async with running(reception(house, webhook).run()):
            await pushed_to(house, webhook)
            assert (await post(webhook, body, secret))[0] == 503
            full = False
            assert (await post(webhook, body, secret))[0] == 200
            assert (await post(webhook, body, secret))[0] == 200
        assert await house.queued() == ["mine"]


async def test_a_webhook_that_somebody_changes_is_set_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As often as they do; it is said once an hour, with what to do."""
    monkeypatch.setattr("bot.telegram.reception.LOOK_EVERY", 0.0)
    async with at_home(tmp_path) as house:
        webhook = address()
        async with running(reception(house, webhook).run()):
            await pushed_to(house, webhook)
            for _ in range(3):
                await house.api.call("setWebhook", {"url": "https://thief.example/hook"})
                await post(webhook, b"{}", secret_of(house.world.token))
                await pushed_to(house, webhook)
        assert caplog.text.count("set again") == 1
