"""What a bot that is an administrator does with a chat and with those in it."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.methods.media import read_file
from bot.sandbox.methods.targets import reachable_chat
from bot.sandbox.standing import PERMISSIONS, RIGHTS, administrator, require
from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_TITLE = 128
_MAX_DESCRIPTION = 255
_MAX_CUSTOM_TITLE = 16


def _managed(world: World, arguments: Arguments, right: str, what: str) -> Chat:
    chat = reachable_chat(world, arguments)
    require(chat, world.profile.bot_id, right, what)
    return chat


def set_title(world: World, arguments: Arguments) -> bool:
    """Give a chat another title."""
    chat = _managed(world, arguments, "can_change_info", "change chat title")
    title = clean(arguments.text("title")).strip()
    if not 1 <= utf16_length(title) <= _MAX_TITLE:
        raise bad_request("title can't be empty" if not title else "CHAT_TITLE_TOO_LONG")
    if title != chat.title:
        chat.title = title
        world.post(chat, {"new_chat_title": title}, sender=world.profile.to_user())
    return True


def set_description(world: World, arguments: Arguments) -> bool:
    """Say what a chat is about."""
    chat = _managed(world, arguments, "can_change_info", "set chat description")
    text = clean(arguments.text("description")).strip()
    if utf16_length(text) > _MAX_DESCRIPTION:
        raise bad_request("CHAT_ABOUT_TOO_LONG")
    if text == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = text
    return True


def set_photo(world: World, arguments: Arguments) -> bool:
    """Give a chat a picture; it must be uploaded."""
    chat = _managed(world, arguments, "can_change_info", "change chat photo")
    if "photo" not in arguments.files:
        raise bad_request("there is no photo in the request")
    chat.photo = read_file(world, arguments, "photo", None, field="photo").file_id
    return True


def delete_photo(world: World, arguments: Arguments) -> bool:
    """Take a chat's picture away."""
    chat = _managed(world, arguments, "can_change_info", "change chat photo")
    if not chat.photo:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.photo = ""
    return True


def set_permissions(world: World, arguments: Arguments) -> bool:
    """Say what members may do by default."""
    chat = _managed(world, arguments, "can_restrict_members", "change chat permissions")
    given = arguments.json("permissions")
    if not isinstance(given, dict):
        raise bad_request("can't parse permissions: expected an Object")
    chat.permissions = {name: bool(given.get(name)) for name in PERMISSIONS}
    return True


def get_administrators(world: World, arguments: Arguments) -> list[Json]:
    """Tell who runs a chat; bots only when asked for, the asking one apart."""
    chat = reachable_chat(world, arguments)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    with_bots = arguments.flag("return_bots")
    found = []
    for user_id, status in chat.standing.items():
        user = world.user(user_id)
        if user is None or status["status"] not in ("creator", "administrator"):
            continue
        if not user["is_bot"] or user_id == world.profile.bot_id or with_bots:
            found.append({**status, "user": user})
    return found


def _person(world: World, arguments: Arguments, chat: Chat) -> int:
    """Return whom a request means; raises ApiError for a stranger and for the creator."""
    user_id = arguments.integer("user_id")
    if user_id not in world.people:
        raise bad_request("user not found")
    if chat.standing.get(user_id, {}).get("status") == "creator":
        raise bad_request("can't remove chat owner")
    return user_id


def promote_member(world: World, arguments: Arguments) -> bool:
    """Make somebody an administrator, or without any right a member again."""
    chat = _managed(world, arguments, "can_promote_members", "")
    user_id = _person(world, arguments, chat)
    rights = {name: arguments.flag(name) for name in RIGHTS}
    if any(rights.values()):
        chat.standing[user_id] = administrator(chat, rights, editable=True)
    else:
        chat.standing.pop(user_id, None)
    return True


def set_custom_title(world: World, arguments: Arguments) -> bool:
    """Give an administrator a title of their own."""
    chat = _managed(world, arguments, "can_promote_members", "")
    title = clean(arguments.text("custom_title")).strip()
    found = chat.standing.get(arguments.integer("user_id"), {})
    if found.get("status") != "administrator":
        raise bad_request("user is not an administrator")
    if utf16_length(title) > _MAX_CUSTOM_TITLE:
        raise bad_request("ADMIN_RANK_INVALID")
    found["custom_title"] = title
    return True


def restrict_member(world: World, arguments: Arguments) -> bool:
    """Let somebody do less than others, or as much again."""
    chat = _managed(world, arguments, "can_restrict_members", "restrict/unrestrict chat member")
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    user_id = _person(world, arguments, chat)
    given = arguments.json("permissions")
    if not isinstance(given, dict):
        raise bad_request("can't parse permissions: expected an Object")
    allowed = {name: bool(given.get(name)) for name in PERMISSIONS}
    until = {"is_member": user_id in chat.members, "until_date": arguments.integer("until_date")}
    if all(allowed.values()):
        chat.standing.pop(user_id, None)
    else:
        chat.standing[user_id] = {"status": "restricted", **until, **allowed}
    return True


def ban_member(world: World, arguments: Arguments) -> bool:
    """Put somebody out, for good or until a time."""
    chat = _managed(world, arguments, "can_restrict_members", "restrict/unrestrict chat member")
    user_id = _person(world, arguments, chat)
    chat.members.discard(user_id)
    chat.standing[user_id] = {"status": "kicked", "until_date": arguments.integer("until_date")}
    return True


def unban_member(world: World, arguments: Arguments) -> bool:
    """Let somebody come back; whoever is inside is put out, unless only a ban is to be lifted."""
    chat = _managed(world, arguments, "can_restrict_members", "restrict/unrestrict chat member")
    user_id = _person(world, arguments, chat)
    banned = chat.standing.get(user_id, {}).get("status") == "kicked"
    if banned:
        del chat.standing[user_id]
    elif not arguments.flag("only_if_banned"):
        chat.members.discard(user_id)
    return True


def set_default_rights(world: World, arguments: Arguments) -> bool:
    """Say which rights the bot asks for when it is added to a group or channel."""
    given = arguments.json("rights") or {}
    kind = "channel" if arguments.flag("for_channels") else "group"
    world.profile.default_rights[kind] = {name: bool(given.get(name)) for name in RIGHTS}
    return True


def get_default_rights(world: World, arguments: Arguments) -> Json:
    """Tell which rights the bot asks for."""
    channel = arguments.flag("for_channels")
    chat = Chat(0, "channel" if channel else "supergroup")
    wanted = world.profile.default_rights.get("channel" if channel else "group", {})
    told = administrator(chat, wanted | ({"is_anonymous": False} if channel else {}))
    return {name: value for name, value in told.items() if name in RIGHTS}
