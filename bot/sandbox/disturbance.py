"""Faults as they strike a request: before it is done, or when its answer is already on its way."""

from collections.abc import Iterable
from http import HTTPStatus

from aiohttp import web

from bot.sandbox.arguments import Arguments
from bot.sandbox.faults import Fault
from bot.sandbox.wire import ApiError, Json, forbidden
from bot.sandbox.world import World

_UNTIL_CLEARED = 86_400.0  # seconds
_NAMES = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Cut(Exception):  # noqa: N818  no error: the connection is to be cut
    """Raised when a fault cuts the connection."""


async def strike(world: World, faults: Iterable[Fault], *, after: bool) -> None:
    """Let the faults of one moment strike; raises ApiError for an answer of their own, Cut for none."""
    for fault in faults:
        if fault.after is not after:
            continue
        match fault.effect:
            case "latency":
                await world.sleep(world.faults.delay(fault))
            case "hang":
                await world.faults.hold(fault.seconds or _UNTIL_CLEARED)
                raise Cut
            case "reset":
                raise Cut
            case "error":
                raise _error(fault)
            case "blocked":
                raise forbidden("bot was blocked by the user")
            case "deactivated":
                raise forbidden("user is deactivated")


def _error(fault: Fault) -> ApiError:
    if fault.code == HTTPStatus.TOO_MANY_REQUESTS:
        what = f"Too Many Requests: retry after {fault.retry_after}"
        return ApiError(429, what, retry_after=fault.retry_after)
    return ApiError(fault.code, fault.description or _NAMES.get(fault.code, "Internal Server Error"))


def chat_of(arguments: Arguments) -> int | None:
    """Return the chat that a request is about, for choosing faults."""
    return arguments.integer("chat_id") or None


def response_to(code: int, body: Json) -> web.Response | None:
    """Return what a gateway in front of Telegram answers: a page, not JSON; None for other answers."""
    if code != HTTPStatus.BAD_GATEWAY:
        return None
    page = f"<html><head><title>502 {body['description']}</title></head><body></body></html>"
    return web.Response(status=code, text=page, content_type="text/html")


def cut(request: web.Request) -> web.StreamResponse:
    """Cut a request's connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)
