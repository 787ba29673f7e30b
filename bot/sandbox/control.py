"""The control API: another process, or a web page, holds the phones and steers the world.

Only for this machine: the peer, Host and Origin must be loopback, and every request carries the control
token. An answer is JSON; an error is `{"error": "..."}` with 400 (not understood), 403 (not allowed), 404 or
409 (a person couldn't do that).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox import steering, thumbs
from bot.sandbox.door import TOKEN_HEADER, check_place, check_token
from bot.sandbox.view import PhoneError
from bot.sandbox.wire import ApiError, Json
from bot.sandbox.world import World

WORLD: web.AppKey[World] = web.AppKey("world", World)
_LONGEST_WAIT = 50.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Unclear(Exception):  # noqa: N818  its sentence is the answer
    """A request that can't be understood."""


def make_app(world: World) -> web.Application:
    """Make the control application of one world."""
    app = web.Application(middlewares=[_guard], client_max_size=100 * 1024 * 1024)
    app[WORLD] = world
    app.router.add_get("/events", _events)
    app.router.add_get("/people", _people)
    app.router.add_post("/people", _new_person)
    app.router.add_get("/people/{user_id}", _phone)
    app.router.add_post("/people/{user_id}/{action}", _act)
    app.router.add_get("/files/{file_id}", _file)
    for method, path, handler in steering.ROUTES:
        app.router.add_route(method, path, _plain(handler))
    return app


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        check_place(request)
        check_token(request.headers.get(TOKEN_HEADER, ""), request.app[WORLD].control_token)
        return await handler(request)
    except PermissionError as error:
        return _error(403, str(error))
    except (PhoneError, steering.NotPossible) as error:
        return _error(409, str(error))
    except LookupError as error:
        return _error(404, str(error.args[0]) if error.args else "not found")
    except (Unclear, ApiError, ValueError, TypeError) as error:
        return _error(400, str(error))


def _error(status: int, what: str) -> web.Response:
    return web.json_response({"error": what}, status=status)


def _plain(handler: steering.Handler) -> Handler:
    """Make a handler of JSON in, JSON out."""

    async def handle(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        return web.json_response(handler(request.app[WORLD], body | dict(request.match_info)))

    return handle


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return dict(request.query)
    try:
        body: Any = await request.json()
    except ValueError:
        raise Unclear("the body is no JSON") from None
    if not isinstance(body, dict):
        raise Unclear("the body is no JSON object")
    return body


async def _events(request: web.Request) -> web.StreamResponse:
    """Give the events after a number, waiting up to `timeout` seconds for one."""
    since = int(request.query.get("since", "0"))
    seconds = min(float(request.query.get("timeout", "0")), _LONGEST_WAIT)
    page = await request.app[WORLD].events.wait(since, seconds)
    events = [event.to_json() for event in page.events]
    return web.json_response({"events": events, "next": page.next, "reset": page.reset})


async def _people(request: web.Request) -> web.StreamResponse:
    people = request.app[WORLD].people.values()
    return web.json_response({"people": [person.to_json() for person in people]})


async def _new_person(request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    names = ("user_id", "first_name", "last_name", "username", "language_code")
    phone = request.app[WORLD].phone(**{name: body[name] for name in names if name in body})
    return web.json_response(phone.person.to_json())


async def _phone(request: web.Request) -> web.StreamResponse:
    phone = thumbs.phone_of(request.app[WORLD], request.match_info["user_id"], request.query.get("chat_id"))
    return web.json_response(thumbs.screen(phone))


async def _act(request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    phone = thumbs.phone_of(request.app[WORLD], request.match_info["user_id"], body.pop("chat_id", None))
    return web.json_response(thumbs.act(phone, request.match_info["action"], body))


async def _file(request: web.Request) -> web.StreamResponse:
    stored = request.app[WORLD].files.get(request.match_info["file_id"])
    if stored is None:
        raise LookupError("there is no such file")
    return web.Response(body=stored.data, content_type=stored.mime_type)
