"""Answers to pressed buttons, and the webhook's state."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_ANSWER = 200
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """Answer a pressed button, once and in time."""
    text = clean(arguments.text("text"))
    if utf16_length(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.callbacks.get(arguments.text("callback_query_id"))
    if query is None or world.now() - query.at >= world.callback_lifetime:
        raise bad_request(_TOO_OLD)
    answer: Json = {"text": text, "show_alert": arguments.flag("show_alert"), "url": arguments.text("url")}
    query.answer = answer
    world.record("answer", query.chat_id, {"query_id": query.query_id, "user_id": query.user_id, **answer})
    world.chats[query.chat_id].bell.ring()
    return True


def delete_webhook(world: World, arguments: Arguments) -> bool:
    """Stop pushing; perhaps forget what waits."""
    if arguments.flag("drop_pending_updates"):
        world.updates.drop()
    return True


def get_webhook_info(world: World, _: Arguments) -> Json:
    """Tell how updates travel."""
    world.updates.expire(world.now())
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.waiting)}
