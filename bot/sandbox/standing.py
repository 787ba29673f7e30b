"""How somebody stands in a chat, and what a bot may do there.

A member is nothing special; `Chat.standing` has who is more or less: a creator, an administrator with rights, one who
is restricted or banned. The names of rights and permissions are the official table's.
"""

from bot.sandbox.chats import Chat
from bot.sandbox.table import flags
from bot.sandbox.wire import Json, bad_request

RIGHTS = flags("ChatAdministratorRights")
PERMISSIONS = flags("ChatPermissions")
CREATOR: Json = {"status": "creator", "is_anonymous": False}
# What an administrator has in one kind of chat alone.
_IN_CHANNELS = frozenset({"can_post_messages", "can_edit_messages", "can_manage_direct_messages"})
_IN_GROUPS = frozenset({"can_pin_messages", "can_manage_topics", "can_manage_tags"})


def administrator(chat: Chat, rights: Json, *, editable: bool = False) -> Json:
    """Return an administrator with the rights that are given; all others are told as missing."""
    foreign = _IN_GROUPS if chat.type == "channel" else _IN_CHANNELS
    told = {name: bool(rights.get(name)) for name in RIGHTS if name not in foreign}
    return {"status": "administrator", "can_be_edited": editable, **told}


def all_rights() -> Json:
    """Return what a bot is usually given: everything but to be unseen and to make others administrators."""
    return {name: name not in ("is_anonymous", "can_promote_members") for name in RIGHTS}


def standing(chat: Chat, user_id: int, user: Json, *, inside: bool) -> Json:
    """Return a ChatMember."""
    found = chat.standing.get(user_id)
    if found is None:
        return {"status": "member" if inside else "left", "user": user}
    return {**found, "user": user}


def require(chat: Chat, bot_id: int, right: str, what: str) -> None:
    """Raise ApiError where the bot lacks a right; `what` is what it is about to do."""
    if chat.type == "private":
        raise bad_request(f"can't {what} in private chats" if what else "PEER_ID_INVALID")
    found = chat.standing.get(bot_id, {})
    if not found.get(right):
        raise bad_request(f"not enough rights to {what}" if what else "not enough rights")
