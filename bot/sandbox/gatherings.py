"""Groups and channels as somebody makes them, and what people do to come in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.sandbox.chats import Chat, Person, Topic
from bot.sandbox.standing import CREATOR, administrator, all_rights
from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.world import World

_FAR = -1_000_000_000_000  # what a supergroup's or channel's number is counted from
GENERAL = Topic(0, "General")


def make_group(world: "World", title: str, members: Iterable[int], *, supergroup: bool, forum: bool) -> Chat:
    """Make a group; the first of its members is its creator."""
    world.counters.group += 1
    number = world.counters.group
    chat_id = _FAR - number if supergroup or forum else -number
    chat = Chat(chat_id, "supergroup" if supergroup or forum else "group", title)
    everybody = list(members)
    chat.members = set(everybody)
    chat.standing[everybody[0]] = dict(CREATOR)
    if forum:
        chat.topics[0] = Topic(GENERAL.thread_id, GENERAL.name)
    world.chats[chat_id] = chat
    return chat


def make_channel(world: "World", title: str, subscribers: Iterable[int], username: str) -> Chat:
    """Make a channel of the first of its subscribers."""
    world.counters.group += 1
    chat = Chat(_FAR - world.counters.group, "channel", title, username=username)
    everybody = list(subscribers)
    chat.members = set(everybody)
    chat.standing[everybody[0]] = dict(CREATOR)
    world.chats[chat.chat_id] = chat
    return chat


def promote_bot(world: "World", chat: Chat, rights: Json | None = None) -> None:
    """Make the bot an administrator of a chat, with the usual rights or those that are given."""
    given = all_rights() if rights is None else rights
    chat.standing[world.profile.bot_id] = administrator(chat, given)


def let_in(world: "World", chat: Chat, person: Person, link: Json | None, *, asked: bool = False) -> None:
    """Let somebody into a chat; the bot hears of it where it asked to."""
    chat.members.add(person.user_id)
    chat.requests.pop(person.user_id, None)
    body: Json = {
        "chat": chat.to_chat(),
        "from": person.to_user(),
        "date": world.timestamp(),
        "old_chat_member": {"status": "left", "user": person.to_user()},
        "new_chat_member": {"status": "member", "user": person.to_user()},
    }
    if link is not None:
        body["invite_link"] = link
    if asked:
        body["via_join_request"] = True
    world.queue("chat_member", body)
