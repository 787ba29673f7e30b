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
        raise bad_request(f"{name} is empty")
    raw = arguments.text(name).strip()
    try:
        chat = world.chats.get(int(raw))
    except ValueError:
        chat = None
    if chat is None:
        raise bad_request("chat not found")
    return chat


def reachable_chat(world: World, arguments: Arguments) -> Chat:
    """Return the chat to write to; raises ApiError when the bot may not."""
    chat = find_chat(world, arguments)
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
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
        message_id, lenient = raw.get("message_id", 0), bool(raw.get("allow_sending_without_reply"))
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
    """Turn mentions by id into mentions of people; those of strangers vanish, as in Telegram."""
    kept: list[Json] = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        user_id = entity.get("user_id") or entity.get("user", {}).get("id")
        person = world.people.get(user_id)
        if person is not None:
            place = {"offset": entity["offset"], "length": entity["length"]}
            kept.append({"type": "text_mention", **place, "user": person.to_user()})
    return kept
