"""Chats and who is in them, pins, and reactions."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.files import describe
from bot.sandbox.methods.targets import find_chat, find_message, reachable_chat
from bot.sandbox.standing import standing
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_REACTIONS = 11
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, arguments: Arguments) -> Json:
    """Tell all about a chat."""
    chat = find_chat(world, arguments)
    full: Json = chat.to_chat() | {
        "accent_color_id": chat.chat_id % 7,
        "max_reaction_count": _MAX_REACTIONS,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    primary = next(
        (u for u, link in chat.links.items() if link["is_primary"] and not link["is_revoked"]), None
    )
    told = {
        "description": chat.description,
        "active_usernames": [chat.username] if chat.username else None,
        "permissions": chat.permissions,
        "invite_link": primary,
        "photo": chat_photo(world, chat.photo),
        "pinned_message": chat.messages[chat.pinned[-1]].body if chat.pinned else None,
    }
    return full | {name: value for name, value in told.items() if value}


def chat_photo(world: World, file_id: str) -> Json:
    """Return a ChatPhoto; nothing without a picture."""
    stored = world.files.get(file_id) if file_id else None
    if stored is None:
        return {}
    sizes: Any = describe(stored)
    small, big = sizes[0], sizes[-1]
    return {
        "small_file_id": small["file_id"],
        "small_file_unique_id": small["file_unique_id"],
        "big_file_id": big["file_id"],
        "big_file_unique_id": big["file_unique_id"],
    }


def get_member(world: World, arguments: Arguments) -> Json:
    """Tell how someone stands in a chat."""
    chat = find_chat(world, arguments)
    user_id = arguments.integer("user_id")
    user = world.user(user_id)
    if user is None:
        raise bad_request("user not found")
    inside = chat.bot_is_member if user["is_bot"] else user_id in _members(chat)
    return standing(chat, user_id, user, inside=inside)


def get_member_count(world: World, arguments: Arguments) -> int:
    """Count who is in a chat, the bot too."""
    chat = find_chat(world, arguments)
    return len(_members(chat)) + chat.bot_is_member


def _members(chat: Chat) -> set[int]:
    return chat.members if chat.person is None else {chat.person.user_id}


def leave(world: World, arguments: Arguments) -> bool:
    """Leave a group."""
    chat = find_chat(world, arguments)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_is_member = False
    return True


def pin(world: World, arguments: Arguments) -> bool:
    """Pin a message."""
    chat = reachable_chat(world, arguments)
    message = find_message(chat, arguments.integer("message_id"), "message to pin not found")
    chat.pinned = [number for number in chat.pinned if number != message.message_id] + [message.message_id]
    return True


def unpin(world: World, arguments: Arguments) -> bool:
    """Unpin one message, by default the newest."""
    chat = reachable_chat(world, arguments)
    number = arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


def unpin_all(world: World, arguments: Arguments) -> bool:
    """Unpin everything."""
    reachable_chat(world, arguments).pinned.clear()
    return True


def set_reaction(world: World, arguments: Arguments) -> bool:
    """React to a message; a bot has one reaction at most."""
    chat = reachable_chat(world, arguments)
    message = find_message(chat, arguments.integer("message_id"), "message to react not found")
    reaction = arguments.json("reaction") or []
    if not isinstance(reaction, list) or not all(isinstance(item, dict) for item in reaction):
        raise bad_request("can't parse ReactionType: expected an Array of ReactionType")
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(item.get("type") != "emoji" or not item.get("emoji") for item in reaction):
        raise bad_request("REACTION_INVALID")
    world.react(chat, message, world.profile.bot_id, reaction)
    return True
