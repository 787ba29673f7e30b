"""Chats and who is in them, pins, and reactions."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.methods.targets import find_chat, find_message, reachable_chat
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
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].body
    return full


def get_member(world: World, arguments: Arguments) -> Json:
    """Tell how someone stands in a chat."""
    chat = find_chat(world, arguments)
    user_id = arguments.integer("user_id")
    if user_id == world.profile.bot_id:
        return {"status": "member" if chat.bot_is_member else "left", "user": world.profile.to_user()}
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    inside = user_id in _members(chat)
    return {"status": "member" if inside else "left", "user": person.to_user()}


def get_member_count(world: World, arguments: Arguments) -> int:
    """Count who is in a chat, the bot too."""
    chat = find_chat(world, arguments)
    return len(_members(chat)) + chat.bot_is_member


def get_profile_photos(world: World, arguments: Arguments) -> Json:
    """Tell someone's pictures; nobody here has any."""
    if arguments.integer("user_id") not in world.people:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


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
