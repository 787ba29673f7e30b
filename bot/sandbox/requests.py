"""Reading a request as Telegram does: parameters from the query, and from any kind of body."""

import json

from aiohttp import web

from bot.sandbox.arguments import Arguments, Upload
from bot.sandbox.wire import ApiError, Json, bad_request, unauthorized
from bot.sandbox.world import World

_MAX_TOKEN = 80


def check_token(world: World, token: str) -> None:
    """Raise ApiError unless the token is this bot's."""
    if token == world.token:
        return
    if token.startswith("0") or len(token) > _MAX_TOKEN or ":" not in token:
        raise ApiError(401, "Unauthorized: invalid token specified")
    raise unauthorized()


async def read_arguments(request: web.Request) -> Arguments:
    """Read a method's parameters; raises ApiError for a body that can't be read."""
    arguments = Arguments(request.match_info["method"], dict(request.query))
    if not request.can_read_body:
        return arguments
    match request.content_type:
        case "application/json":
            arguments.values |= json_object(await request.read())
        case "application/x-www-form-urlencoded":
            arguments.values |= {name: str(value) for name, value in (await request.post()).items()}
        case "multipart/form-data":
            await _read_multipart(request, arguments)
        case _:
            await request.read()
    return arguments


def json_object(raw: bytes) -> Json:
    """Read a JSON body; raises ApiError for anything but an object."""
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
