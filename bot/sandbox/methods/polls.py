"""Polls that the bot sends and ends."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.entities import format_text
from bot.sandbox.keyboards import inline_only, parse_markup
from bot.sandbox.methods.media import POLL_KINDS, read_media
from bot.sandbox.methods.sending import send
from bot.sandbox.methods.targets import find_message, reachable_chat
from bot.sandbox.polls import closed, refreshed
from bot.sandbox.text import utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_QUESTION = 300
_MAX_OPTION = 100
_MAX_EXPLANATION = 200
_OPTIONS = range(1, 13)


def send_poll(world: World, arguments: Arguments) -> Json:
    """Ask people to choose."""
    question = _words(arguments, "question", _MAX_QUESTION, "POLL_QUESTION_INVALID")
    given = arguments.json("options")
    if not isinstance(given, list) or len(given) not in _OPTIONS:
        raise bad_request("expected an Array of InputPollOption")
    options = [_option(world, arguments, item, place) for place, item in enumerate(given)]
    kind = arguments.text("type") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    poll: Json = {
        "id": str(world.new_poll_id()),
        **question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": arguments.flag("is_closed"),
        "is_anonymous": not arguments.has("is_anonymous") or arguments.flag("is_anonymous"),
        "type": kind,
        **{
            name: arguments.flag(name)
            for name in ("allows_multiple_answers", "allows_revoting", "members_only")
        },
        **_ending(world, arguments),
    }
    if kind == "quiz":
        poll |= {"correct_option_ids": _right(arguments, len(options))}
        poll |= _words(arguments, "explanation", _MAX_EXPLANATION, "POLL_EXPLANATION_INVALID", needed=False)
    for name in ("media", "explanation_media"):
        if arguments.has(name):
            poll[name] = read_media(world, arguments, arguments.json(name) or {}, POLL_KINDS)
    return send(world, arguments, {"poll": poll})


def _words(arguments: Arguments, name: str, longest: int, refusal: str, *, needed: bool = True) -> Json:
    mode = arguments.text(f"{name}_parse_mode")
    text, entities = format_text(
        arguments.text(name), mode, None if mode else arguments.json(f"{name}_entities")
    )
    if utf16_length(text) > longest or (needed and not text):
        raise bad_request(refusal)
    if not text:
        return {}
    return {name: text} | ({f"{name}_entities": entities} if entities else {})


def _option(world: World, arguments: Arguments, item: Any, place: int) -> Json:
    raw = {"text": item} if isinstance(item, str) else item
    if not isinstance(raw, dict):
        raise bad_request("can't parse InputPollOption: Object expected")
    own = Arguments(arguments.method, raw, arguments.files)
    option: Json = _words(own, "text", _MAX_OPTION, "POLL_OPTION_INVALID")
    if raw.get("media"):
        option["media"] = read_media(world, own, raw["media"], POLL_KINDS)
    return option | {"persistent_id": str(place), "voter_count": 0}


def _right(arguments: Arguments, number: int) -> list[int]:
    """Return the places of the right answers; the name before Bot API 9.6 was for one."""
    found = arguments.json("correct_option_ids")
    if found is None and arguments.has("correct_option_id"):
        found = [arguments.integer("correct_option_id")]
    if not isinstance(found, list) or not found or not all(0 <= place < number for place in found):
        raise bad_request("QUIZ_CORRECT_ANSWERS_EMPTY")
    return found


def _ending(world: World, arguments: Arguments) -> Json:
    """Return when a poll ends by itself."""
    period, date = arguments.integer("open_period"), arguments.integer("close_date")
    if period:
        return {"open_period": period, "close_date": world.timestamp() + period}
    return {"close_date": date} if date else {}


def stop_poll(world: World, arguments: Arguments) -> Json:
    """End a poll, perhaps with other buttons under it."""
    chat = reachable_chat(world, arguments)
    message = find_message(chat, arguments.integer("message_id"), "message with poll to stop not found")
    if "poll" not in message.body or not message.from_bot:
        raise bad_request("message with poll to stop not found")
    markup = inline_only(parse_markup(arguments.json("reply_markup")))
    shown = refreshed(world, chat, message)
    if shown.body["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    shown = closed(world, chat, shown)
    kept = {name: value for name, value in shown.body.items() if name != "reply_markup"}
    world.replace(chat, shown, kept | ({"reply_markup": markup} if markup else {}))
    poll: Json = shown.body["poll"]
    return poll
