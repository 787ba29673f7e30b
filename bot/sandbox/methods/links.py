"""Invite links of groups and channels, and who asks to come in through one."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.gatherings import let_in
from bot.sandbox.methods.targets import reachable_chat
from bot.sandbox.standing import require
from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_NAME = 32
_MAX_MEMBERS = 99_999
_MONTH = 30 * 24 * 3600
_MAX_STARS = 10_000


def _managed(world: World, arguments: Arguments) -> Chat:
    chat = reachable_chat(world, arguments)
    require(chat, world.profile.bot_id, "can_invite_users", "manage chat invite link")
    return chat


def _found(chat: Chat, arguments: Arguments) -> Json:
    link = chat.links.get(arguments.text("invite_link"))
    if link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    return link


def _conditions(world: World, arguments: Arguments) -> Json:
    """Read what a link may have: a name, an end, a number of people, or that everybody has to ask."""
    conditions: Json = {"creates_join_request": arguments.flag("creates_join_request")}
    name = clean(arguments.text("name"))
    if utf16_length(name) > _MAX_NAME:
        raise bad_request("INVITE_LINK_NAME_TOO_LONG")
    limit, end = arguments.integer("member_limit"), arguments.integer("expire_date")
    if limit and (not 0 < limit <= _MAX_MEMBERS or conditions["creates_join_request"]):
        raise bad_request("wrong parameter member_limit in request")
    if end and end <= world.timestamp():
        raise bad_request("EXPIRE_DATE_INVALID")
    found = {"name": name, "member_limit": limit, "expire_date": end}
    return conditions | {key: value for key, value in found.items() if value}


def _new(world: World, chat: Chat, conditions: Json, *, primary: bool = False) -> Json:
    link = {
        "invite_link": f"https://t.me/+{world.new_link_code()}",
        "creator": world.profile.to_user(),
        "creates_join_request": False,
        "is_primary": primary,
        "is_revoked": False,
        **conditions,
    }
    chat.links[link["invite_link"]] = link
    return link


def export_link(world: World, arguments: Arguments) -> str:
    """Make a new primary link; the old one leads nowhere any more."""
    chat = _managed(world, arguments)
    for link in chat.links.values():
        link["is_revoked"] = link["is_revoked"] or link["is_primary"]
    return str(_new(world, chat, {}, primary=True)["invite_link"])


def create_link(world: World, arguments: Arguments) -> Json:
    """Make one more link."""
    return _new(world, _managed(world, arguments), _conditions(world, arguments))


def edit_link(world: World, arguments: Arguments) -> Json:
    """Give a link other conditions; those that aren't given go."""
    chat = _managed(world, arguments)
    link = _found(chat, arguments)
    kept = {name: link[name] for name in ("invite_link", "creator", "is_primary", "is_revoked")}
    chat.links[link["invite_link"]] = kept | _conditions(world, arguments)
    return chat.links[link["invite_link"]]


def revoke_link(world: World, arguments: Arguments) -> Json:
    """Let a link lead nowhere any more; a primary one is made anew."""
    chat = _managed(world, arguments)
    link = _found(chat, arguments)
    link["is_revoked"] = True
    if link["is_primary"]:
        _new(world, chat, {}, primary=True)
    return link


def create_paid_link(world: World, arguments: Arguments) -> Json:
    """Make a link into a channel that costs Stars each month."""
    chat = _managed(world, arguments)
    period, price = arguments.integer("subscription_period"), arguments.integer("subscription_price")
    if chat.type != "channel" or period != _MONTH or not 1 <= price <= _MAX_STARS:
        raise bad_request("SUBSCRIPTION_PERIOD_INVALID" if period != _MONTH else "PRICING_CHAT_INVALID")
    terms = {"subscription_period": period, "subscription_price": price}
    return _new(world, chat, _conditions(world, arguments) | terms)


def edit_paid_link(world: World, arguments: Arguments) -> Json:
    """Give a link that costs Stars another name."""
    link = _found(_managed(world, arguments), arguments)
    link |= _conditions(world, arguments)
    return link


def approve_request(world: World, arguments: Arguments) -> bool:
    """Let somebody in who asked."""
    chat, user_id = _asked(world, arguments)
    link = chat.links.get(chat.requests[user_id])
    let_in(world, chat, world.people[user_id], link, asked=True)
    return True


def decline_request(world: World, arguments: Arguments) -> bool:
    """Let somebody not in who asked."""
    chat, user_id = _asked(world, arguments)
    del chat.requests[user_id]
    return True


def _asked(world: World, arguments: Arguments) -> tuple[Chat, int]:
    chat, user_id = _managed(world, arguments), arguments.integer("user_id")
    if user_id in chat.members:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if user_id not in chat.requests:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return chat, user_id
