"""The sandbox over real HTTP: the Bot API, its files, and the control API beside them."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox import control
from bot.sandbox.api import answer, note
from bot.sandbox.arguments import Arguments
from bot.sandbox.delivery import deliver
from bot.sandbox.disturbance import Cut, chat_of, cut, response_to, strike
from bot.sandbox.requests import check_token, read_arguments
from bot.sandbox.wire import ApiError, Json, not_found
from bot.sandbox.world import World

MAX_REQUEST = 51 * 1024 * 1024  # a file of 50 MB and what comes with it
WORLD: web.AppKey[World] = web.AppKey("world", World)
_BACKLOG = 1024
_LAST_ANSWERS = 0.05  # seconds that requests under way get at the end


@dataclass(frozen=True, slots=True)
class Server:
    """A running sandbox; `url` is the root that a bot takes for Telegram's."""

    world: World
    url: str

    @property
    def control_url(self) -> str:
        """Return the root of the control API."""
        return f"{self.url}/control"


@asynccontextmanager
async def serve(world: World, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Server]:
    """Serve a world until the block ends; port 0 takes a free one."""
    runner = web.AppRunner(make_app(world), access_log=None, shutdown_timeout=_LAST_ANSWERS)
    await runner.setup()
    try:
        sock = listen(host, port)
        await web.SockSite(runner, sock).start()
        shown = f"[{host}]" if ":" in host else host
        delivery = asyncio.create_task(deliver(world), name="webhook deliveries")
        try:
            yield Server(world, f"http://{shown}:{sock.getsockname()[1]}")
        finally:
            await _end(delivery)
    finally:
        world.faults.clear()
        await runner.cleanup()


async def _end(task: asyncio.Task[None]) -> None:
    """Stop a task; raises what had broken it before. No task group: it would wrap a test's own exception."""
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


def listen(host: str, port: int) -> socket.socket:
    """Open a listening socket; raises OSError for a port in use."""
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
    except OSError:
        sock.close()
        raise
    sock.setblocking(False)  # noqa: FBT003  the standard library names no keyword
    return sock


def make_app(world: World) -> web.Application:
    """Make the aiohttp application of one world."""
    app = web.Application(client_max_size=MAX_REQUEST)
    app[WORLD] = world
    app.router.add_route("*", "/bot{token}/{method}", handle_call)
    app.router.add_get("/file/bot{token}/{path:.+}", handle_file)
    app.router.add_get("/clock", handle_clock)
    app.add_subapp("/control", control.make_app(world))
    app.router.add_route("*", "/{anything:.*}", _handle_nothing)
    return app


async def handle_call(request: web.Request) -> web.StreamResponse:
    """Answer one Bot API request, faults and all."""
    world = request.app[WORLD]
    try:
        check_token(world, request.match_info["token"])
        arguments = await read_arguments(request)
    except web.HTTPRequestEntityTooLarge:
        return reply(413, ApiError(413, "Request Entity Too Large").body())
    except ApiError as refusal:
        return reply(refusal.code, refusal.body())
    try:
        return reply(*await _answer(world, arguments))
    except Cut:
        return cut(request)


async def _answer(world: World, arguments: Arguments) -> tuple[int, Json]:
    if not world.faults.waiting:
        return await answer(world, arguments)
    faults = world.faults.strike(arguments.method, chat_of(arguments))
    try:
        await strike(world, faults, after=False)
        done = await answer(world, arguments)
        await strike(world, faults, after=True)
    except ApiError as refusal:
        note(world, arguments, refusal.code, refusal.description)
        return refusal.code, refusal.body()
    return done


def reply(status: int, body: Json) -> web.Response:
    """Make a response: JSON, but for what a gateway would answer."""
    page = response_to(status, body)
    if page is not None:
        return page
    raw = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=raw, status=status, content_type="application/json")


async def handle_file(request: web.Request) -> web.StreamResponse:
    """Give a file's bytes."""
    world = request.app[WORLD]
    try:
        check_token(world, request.match_info["token"])
        stored = world.files.paths.get(request.match_info["path"])
        if stored is None:
            raise not_found()
    except ApiError as refusal:
        return reply(refusal.code, refusal.body())
    return web.Response(body=stored.data, content_type=stored.mime_type)


async def handle_clock(request: web.Request) -> web.StreamResponse:
    """Tell the time, so that a bot in another process can live by it."""
    return web.json_response({"now": request.app[WORLD].now().isoformat()})


async def _handle_nothing(_: web.Request) -> web.StreamResponse:
    return reply(404, not_found().body())
