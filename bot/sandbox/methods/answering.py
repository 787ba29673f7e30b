"""Answers to pressed buttons and to inline queries."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_ANSWER = 200
_MAX_RESULTS = 50
_PREPARED = 24 * 3600  # seconds that a prepared message waits
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """Answer a pressed button in time."""
    text = clean(arguments.text("text"))
    if utf16_length(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.callbacks.get(arguments.text("callback_query_id"))
    if query is None or world.now() - query.at >= world.callback_lifetime:
        raise bad_request(_TOO_OLD)
    answer: Json = {"text": text, "show_alert": arguments.flag("show_alert"), "url": arguments.text("url")}
    query.answer = answer
    body = {"query_id": query.query_id, "user_id": query.user_id, **answer}
    world.record("answer", query.chat_id, body)
    world.chats[query.chat_id].bell.ring()
    return True


def answer_inline_query(world: World, arguments: Arguments) -> bool:
    """Answer an inline query; `world.inline_results` keeps what was offered."""
    query_id = arguments.text("inline_query_id")
    results = arguments.json("results")
    if not isinstance(results, list):
        raise bad_request("results must be an Array of InlineQueryResult")
    if len(results) > _MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    user_id = world.inline_queries.pop(query_id, None)
    if user_id is None:
        raise bad_request(_TOO_OLD)
    world.inline_results[query_id] = results
    world.record("answer", user_id, {"query_id": query_id, "user_id": user_id, "results": results})
    world.chats[user_id].bell.ring()
    return True


def save_prepared_message(world: World, arguments: Arguments) -> Json:
    """Keep a message that somebody may send on from a web app."""
    if arguments.integer("user_id") not in world.people:
        raise bad_request("user not found")
    if not isinstance(arguments.json("result"), dict):
        raise bad_request("can't parse inline query result: Object expected")
    return {"id": world.new_link_code(), "expiration_date": world.timestamp() + _PREPARED}
