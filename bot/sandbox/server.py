"""The Bot API over real HTTP: `<root>/bot<token>/<method>` and `<root>/file/bot<token>/<path>`."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.api import answer
from bot.sandbox.arguments import Arguments, Upload
from bot.sandbox.wire import ApiError, Json, bad_request, not_found, unauthorized
from bot.sandbox.world import World

MAX_REQUEST = 60 * 1024 * 1024
_MAX_TOKEN = 80
WORLD: web.AppKey[World] = web.AppKey("world", World)


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
    runner = web.AppRunner(make_app(world), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        sock = _listen(host, port)
        await web.SockSite(runner, sock).start()
        yield Server(world, f"http://{host}:{sock.getsockname()[1]}")
    finally:
        await runner.cleanup()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    sock.listen(1024)
    sock.setblocking(False)  # noqa: FBT003  the standard library names no keyword
    return sock


def make_app(world: World) -> web.Application:
    """Make the aiohttp application of one world."""
    app = web.Application(client_max_size=MAX_REQUEST)
    app[WORLD] = world
    app.router.add_route("*", "/bot{token}/{method}", handle_call)
    app.router.add_get("/file/bot{token}/{path:.+}", handle_file)
    app.router.add_route("*", "/{anything:.*}", _handle_nothing)
    return app


async def handle_call(request: web.Request) -> web.StreamResponse:
    """Answer one Bot API request."""
    world = request.app[WORLD]
    try:
        check_token(world, request.match_info["token"])
        arguments = await read_arguments(request)
    except ApiError as refusal:
        return reply(refusal.code, refusal.body())
    return reply(*await answer(world, arguments))


def reply(status: int, body: Json) -> web.Response:
    """Make a JSON response."""
    raw = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=raw, status=status, content_type="application/json")


def check_token(world: World, token: str) -> None:
    """Raise ApiError unless the token is this bot's."""
    if token == world.token:
        return
    if token.startswith("0") or len(token) > _MAX_TOKEN or ":" not in token:
        raise ApiError(401, "Unauthorized: invalid token specified")
    raise unauthorized()


async def read_arguments(request: web.Request) -> Arguments:
    """Read parameters from the query and from any kind of body that Telegram takes."""
    arguments = Arguments(request.match_info["method"], dict(request.query))
    if not request.can_read_body:
        return arguments
    match request.content_type:
        case "application/json":
            arguments.values |= _json_body(await request.read())
        case "application/x-www-form-urlencoded":
            arguments.values |= {name: str(value) for name, value in (await request.post()).items()}
        case "multipart/form-data":
            await _read_multipart(request, arguments)
        case _:
            await request.read()
    return arguments


def _json_body(raw: bytes) -> Json:
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return body


async def _read_multipart(request: web.Request, arguments: Arguments) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            upload = Upload(value.file.read(), value.filename or "", value.content_type or "")
            arguments.files[name] = upload
        else:
            arguments.values[name] = value.decode() if isinstance(value, bytes | bytearray) else value


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


async def _handle_nothing(_: web.Request) -> web.StreamResponse:
    return reply(404, not_found().body())
