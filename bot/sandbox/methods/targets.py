"""Which chat and which message a request means, and whether the bot may reach it."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.messages import Message
from bot.sandbox.wire import ApiError, Json, bad_request, forbidden
from bot.sandbox.world import World


def find_chat(world: World, arguments: Arguments, name: str = "chat_id") -> Chat:
    """Return the chat that a parameter names; raises ApiError when there is none."""
    if not arguments.has(name):
        raise bad_request("chat_id is empty" if name == "chat_id" else f'parameter "{name}" is required')
    return named(world, arguments.text(name))


def named(world: World, given: str) -> Chat:
    """Return the chat of an id or an @username; raises ApiError when there is none."""
    if given.startswith("@"):
        chat = next(
            (c for c in world.chats.values() if c.username and c.username.lower() == given[1:].lower()), None
        )
    else:
        chat = world.chats.get(int(given) if given.removeprefix("-").isdecimal() else 0)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def topic_of(world: World, chat: Chat, arguments: Arguments) -> Json:
    """Return what marks a message as one of a topic, or nothing; raises ApiError for a topic that there isn't."""
    thread_id = arguments.integer("message_thread_id")
    if not thread_id:
        return {}
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and chat.type != "private" and world.profile.bot_id not in chat.standing:
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread_id, "is_topic_message": True}


def reachable_chat(world: World, arguments: Arguments) -> Chat:
    """Return the chat to write to; raises ApiError when the bot may not."""
    chat = find_chat(world, arguments)
    if chat.migrated_to is not None:
        what = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, what, migrate_to_chat_id=chat.migrated_to)
    if not chat.bot_is_member:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    person = chat.person
    if person is not None:
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def find_message(chat: Chat, message_id: Any, missing: str) -> Message:
    """Return a message of a chat; `missing` is Telegram's word when there is none."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(missing)
    return message


def reply_target(chat: Chat, arguments: Arguments) -> Json:
    """Return `reply_to_message` for a new message, or nothing; raises ApiError for a missing target."""
    raw = arguments.json("reply_parameters")
    if isinstance(raw, dict):
        if "message_id" not in raw:
            raise bad_request('can\'t find field "message_id"')
        message_id, lenient = raw["message_id"], bool(raw.get("allow_sending_without_reply"))
    else:  # the names before Bot API 7.0, which Telegram still takes
        message_id = arguments.integer("reply_to_message_id")
        lenient = arguments.flag("allow_sending_without_reply")
    if not message_id:
        return {}
    replied = chat.messages.get(message_id)
    if replied is None:
        if lenient:
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in replied.body.items() if k != "reply_to_message"}}


def known_mentions(world: World, entities: list[Json]) -> list[Json]:
    """Turn mentions by id into mentions of people.

    A stranger's vanishes from HTML, and in entities raises ApiError.
    """
    kept: list[Json] = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        person = world.people.get(entity["user_id"])
        if person is not None:
            place = {"offset": entity["offset"], "length": entity["length"]}
            kept.append({"type": "text_mention", **place, "user": person.to_user()})
        elif entity.get("strict"):
            raise bad_request("user not found")
    return kept
