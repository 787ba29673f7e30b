"""HTTP to Telegram: what a failure tells, and that it tells nothing private."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.messages import TokenRefused
from bot.sandbox import World, serve
from bot.screens.call import File
from bot.telegram.client import Answer as ApiAnswer
from bot.telegram.client import BotApi, NotTelegram
from bot.telegram.http import AioRequest, NotSent

TOKEN = "123456:secret-of-the-bot"  # noqa: S105 (opens nothing)
WORDS = "my private words"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[str]:
    """Serve one answer to every request; gives the root to which a token is appended."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}/bot"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def an_api(root: str, read_timeout: float = 5.0) -> AsyncIterator[BotApi]:
    """Open a api."""
    request = AioRequest(read_timeout=read_timeout, connect_timeout=1.0)
    async with request:
        yield BotApi(request, root, TOKEN)


async def failure_of(root: str, read_timeout: float = 5.0) -> NetworkError:
    """Make a call that fails, and see that its failure holds neither the token nor the words."""
    async with an_api(root, read_timeout) as api:
        with pytest.raises(NetworkError) as caught:
            await api.call("sendMessage", {"chat_id": 1, "text": WORDS})
    said = f"{caught.value!r} {caught.value}"
    assert TOKEN not in said
    assert WORDS not in said
    return caught.value


async def test_no_such_host_was_not_sent() -> None:
    """A name that resolves to nothing: Telegram cannot have taken the call."""
    assert isinstance(await failure_of("http://nowhere.invalid/bot"), NotSent)


async def test_a_refused_connection_was_not_sent() -> None:
    """Nobody listens there."""

    async def never(_request: web.Request) -> web.StreamResponse:
        raise AssertionError

    async with a_server(never) as root:
        pass  # it is closed again: its port is nobody's
    assert isinstance(await failure_of(root), NotSent)


async def test_a_reset_after_the_request_may_have_been_taken() -> None:
    """The server has read the call and cuts the line."""

    async def reset(request: web.Request) -> web.StreamResponse:
        await request.read()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with a_server(reset) as root:
        assert not isinstance(await failure_of(root), NotSent)


async def test_a_late_answer_may_have_been_taken() -> None:
    """The server has read the call and says nothing."""

    async def hang(request: web.Request) -> web.StreamResponse:
        await request.read()
        await asyncio.Event().wait()
        return web.Response()

    async with a_server(hang) as root:
        assert isinstance(await failure_of(root, read_timeout=0.1), TimedOut)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>sign in to the network</html>"),
        (502, b"Bad Gateway"),
        (403, b"[]"),
        (200, b'{"ok": "yes"}'),
    ],
)
async def test_a_strangers_answer_is_not_telegrams(status: int, body: bytes) -> None:
    """A proxy's page is no verdict on a chat or a token, whatever its status."""

    async def page(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body)

    async with a_server(page) as root:
        assert isinstance(await failure_of(root), NotTelegram)


async def test_redirects_are_not_followed() -> None:
    """They would carry the token elsewhere."""
    asked = []

    async def away(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        raise web.HTTPFound("http://127.0.0.1:1/elsewhere")

    async with a_server(away) as root:
        assert isinstance(await failure_of(root), NotTelegram)
    assert len(asked) == 1


async def test_a_refused_token_is_its_own_exception() -> None:
    """Nothing but a new token helps."""
    world = World()
    async with serve(world) as server, an_api(f"{server.url}/bot") as api:
        with pytest.raises(TokenRefused):
            await api.call("getMe", {})


async def test_nothing_private_is_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    """Not at the most talkative level, for good calls and for bad."""
    caplog.set_level(logging.DEBUG)
    world = World(token=TOKEN)
    phone = world.phone(first_name="Ada")
    phone.send_text(WORDS)
    async with serve(world) as server, an_api(f"{server.url}/bot") as api:
        answer = await api.call("getUpdates", {"offset": None})
        assert answer.result[0]["message"]["text"] == WORDS
        await api.call("sendMessage", {"chat_id": phone.user_id, "text": WORDS})
        refused = await api.call("sendMessage", {"chat_id": 5, "text": WORDS})
        assert not refused.ok
        assert WORDS not in repr(refused) + repr(api) + repr(answer)
    assert WORDS not in caplog.text
    assert "secret" not in caplog.text


def test_an_answer_shows_its_status_alone() -> None:
    """What Telegram says can quote what was sent."""
    answer = ApiAnswer(
        400, ok=False, result={"text": WORDS}, description=WORDS, retry_after=None, migrated=False
    )
    assert repr(answer) == "Answer(status=400)"


async def test_a_file_is_uploaded() -> None:
    """As a form, with its words beside it."""
    world = World(token=TOKEN)
    phone = world.phone(first_name="Ada")
    phone.send_text("/start")
    async with serve(world) as server, an_api(f"{server.url}/bot") as api:
        photo = File("code.png", b"\x89PNG\r\n")
        markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        answer = await api.call(
            "sendPhoto", {"chat_id": phone.user_id, "photo": photo, "caption": "Scan", "reply_markup": markup}
        )
        assert answer.ok
        assert answer.result["caption"] == "Scan"
        assert answer.result["reply_markup"]["inline_keyboard"][0][0]["text"] == "Go"


async def test_python_telegram_bot_works_on_it() -> None:
    """Its Bot sends, uploads, asks and is refused through the same session."""
    world = World(token=TOKEN)
    phone = world.phone(first_name="Ada")
    phone.send_text("/start")
    request = AioRequest()
    async with serve(world) as server:
        bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=request, get_updates_request=request)
        async with bot:
            assert bot.username == "attune_bot"
            await bot.send_message(phone.user_id, "Hello", read_timeout=2)
            document = await bot.send_document(phone.user_id, io.BytesIO(b"text"), filename="a.txt")
            assert document.document is not None
            assert document.document.file_name == "a.txt"
            with pytest.raises(BadRequest):
                await bot.send_message(5, "Hello")
            assert await bot.get_updates(timeout=0, read_timeout=3)


async def test_python_telegram_bot_is_told_of_a_refused_token() -> None:
    """As it expects to be."""
    world = World()
    async with serve(world) as server:
        request = AioRequest()
        bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=request, get_updates_request=request)
        with pytest.raises(InvalidToken):
            await bot.initialize()
        await bot.shutdown()


@pytest.mark.parametrize("payload", [b"<html>", b"[]", b'"text"', b"{}", b"\xff\xfe"])
def test_what_cannot_be_decoded_is_not_logged(payload: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """The inherited decoder logs the whole answer."""
    with pytest.raises(TelegramError):
        AioRequest.parse_json_payload(payload)
    assert caplog.text == ""


async def test_a_call_without_a_session_was_not_sent() -> None:
    """Before the start and after the end."""
    with pytest.raises(NotSent):
        await AioRequest().exchange("http://127.0.0.1:1/", b"{}", aiohttp.ClientTimeout(total=1))
