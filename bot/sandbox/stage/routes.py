"""What a visitor may do: hold the phones, move the clock, and tell the story to play, stop or begin again.

Every request carries the token (see bot.sandbox.door). An answer is JSON; what a client wouldn't let a person
do, or can't be done now, is `{"refused": "..."}`, an ordinary answer; an error is `{"error": "..."}` with 400
(not understood), 403 (not allowed), 404 or 413 (too large).
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.sandbox.door import TOKEN_HEADER, check_place, check_token
from bot.sandbox.stage.stage import NotNow, Stage
from bot.sandbox.thumbs import act
from bot.sandbox.view import PhoneError
from bot.sandbox.wire import ApiError, Json

STAGE: web.AppKey[Stage] = web.AppKey("stage", Stage)
MAX_UPLOAD = 20 * 1024 * 1024
TOO_LARGE = "That is too large: a photo can have 10 MB, anything else 20 MB."
_MAX_PHOTO = 10 * 1024 * 1024
_MAX_NAME = 64
_ACTIONS = frozenset(
    {
        "send_text",
        "edit_text",
        "delete",
        "react",
        "press",
        "press_key",
        "share_users",
        "open_link",
        "block",
        "unblock",
    }
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only the page in, and make every refusal one JSON sentence."""
    try:
        check_place(request)
        check_token(request.headers.get(TOKEN_HEADER, ""), request.app[STAGE].token)
        return await handler(request)
    except PermissionError as error:
        return _error(403, str(error))
    except web.HTTPRequestEntityTooLarge:
        return _error(413, TOO_LARGE)
    except (PhoneError, NotNow) as error:
        return web.json_response({"refused": request.app[STAGE].words.say(str(error))})
    except LookupError as error:
        return _error(404, str(error.args[0]) if error.args else "not found")
    except (ApiError, ValueError, TypeError, OverflowError) as error:
        return _error(400, str(error))


def make_api(stage: Stage) -> web.Application:
    """Make the application of what a visitor may do."""
    app = web.Application(middlewares=[guard], client_max_size=MAX_UPLOAD)
    app[STAGE] = stage
    app.router.add_post("/phones", _open_phone)
    app.router.add_post("/phones/{user_id}/upload/{kind}", _upload)
    app.router.add_post("/phones/{user_id}/{action}", _act)
    app.router.add_post("/cards", _share)
    app.router.add_post("/cards/{number}", _take_card)
    app.router.add_post("/clock", _move)
    app.router.add_post("/story/{what}", _story)
    app.router.add_get("/files/{file_id}", _file)
    app.router.add_post("/files/{file_id}/page", _show)
    return app


def _error(status: int, what: str) -> web.Response:
    return web.json_response({"error": what}, status=status)


async def _body(request: web.Request) -> Json:
    body: Any = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise TypeError("the body is no JSON object")
    return body


async def _take_over(stage: Stage) -> None:
    """Stop the play: the visitor acts now."""
    if stage.playing and stage.director is not None:
        await stage.director.stop()


async def _open_phone(request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    name = str(body.get("first_name", "")).strip()
    if not 1 <= len(name) <= _MAX_NAME:
        raise ValueError("a name has 1 to 64 characters")
    phone = request.app[STAGE].open_phone(name, str(body.get("username", "")))
    return web.json_response(phone.person.to_json())


async def _act(request: web.Request) -> web.StreamResponse:
    stage, action = request.app[STAGE], request.match_info["action"]
    if action not in _ACTIONS:
        raise LookupError(f"there is no action {action!r}")
    body = await _body(request)
    await _take_over(stage)
    return web.json_response(act(stage.phone(int(request.match_info["user_id"])), action, body))


async def _upload(request: web.Request) -> web.StreamResponse:
    stage, kind, query = request.app[STAGE], request.match_info["kind"], request.query
    if (request.content_length or 0) > (_MAX_PHOTO if kind == "photo" else MAX_UPLOAD):
        return _error(413, TOO_LARGE)
    data = await request.read()
    if not data:
        raise ValueError("that file is empty")
    await _take_over(stage)
    phone = stage.phone(int(request.match_info["user_id"]))
    reply_to = int(query["reply_to"]) if "reply_to" in query else None
    caption, seconds = query.get("caption", ""), max(1, int(query.get("duration", "1")))
    match kind:
        case "photo":
            message = phone.send_photo(data, caption=caption, reply_to=reply_to)
        case "voice":
            message = phone.send_voice(data, seconds, caption=caption, reply_to=reply_to)
        case "video_note":
            message = phone.send_video_note(data, seconds, reply_to=reply_to)
        case "document":
            name = query.get("name", "file")
            message = phone.send_document(data, name, caption=caption, reply_to=reply_to)
        case _:
            raise LookupError("such a file can't be sent")
    return web.json_response(message.to_json())


async def _share(request: web.Request) -> web.StreamResponse:
    stage, body = request.app[STAGE], await _body(request)
    await _take_over(stage)
    sender = stage.phone(int(body["from"]))
    card = stage.share(sender, int(body["to"]), str(body["url"]), str(body.get("text", "")))
    return web.json_response({"number": card.number})


async def _take_card(request: web.Request) -> web.StreamResponse:
    """Open a link that someone sent, or put it away."""
    stage, body = request.app[STAGE], await _body(request)
    await _take_over(stage)
    card = stage.take_card(int(request.match_info["number"]))
    if body.get("open"):
        stage.phone(card.to).open_link(card.url)
    return web.json_response({"done": True})


async def _move(request: web.Request) -> web.StreamResponse:
    """Move the clock: `advance` by seconds, or `to` the next "morning" or "opening"."""
    stage, body = request.app[STAGE], await _body(request)
    await _take_over(stage)
    match body.get("to"):
        case "morning":
            to = stage.next_morning()
        case "opening":
            due = await stage.director.next_opening() if stage.director else None
            if due is None:
                raise NotNow("no_opening")
            to = max(due, stage.world.now())
        case _:
            to = stage.world.now() + timedelta(seconds=float(body["advance"]))
    stage.move(to)
    return web.json_response({"now": stage.world.now().isoformat()})


async def _story(request: web.Request) -> web.StreamResponse:
    stage, what = request.app[STAGE], request.match_info["what"]
    if stage.director is None:
        raise NotNow("no_story")
    match what:
        case "play":
            await stage.director.play()
        case "stop":
            await stage.director.stop()
        case "over":
            await stage.director.start_over()
        case "language":
            await stage.director.speak(str((await _body(request))["language"]))
        case _:
            raise LookupError("the story can't do that")
    return web.json_response({"done": True})


async def _show(request: web.Request) -> web.StreamResponse:
    """Give the address at which the page in a file can be looked at, once."""
    stored = request.app[STAGE].world.files.get(request.match_info["file_id"])
    if stored is None:
        raise LookupError("there is no such file")
    return web.json_response({"path": request.app[STAGE].shown.add(stored)})


async def _file(request: web.Request) -> web.StreamResponse:
    """Give a file's bytes; never as something that a browser would open by itself."""
    stored = request.app[STAGE].world.files.get(request.match_info["file_id"])
    if stored is None:
        raise LookupError("there is no such file")
    headers = {"Content-Disposition": "attachment", "Cache-Control": "no-store"}
    return web.Response(body=stored.data, content_type="application/octet-stream", headers=headers)
