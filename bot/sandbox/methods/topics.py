"""Topics of a forum, and of a private chat where BotFather allows them."""

from collections.abc import Callable

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.methods.targets import reachable_chat
from bot.sandbox.standing import require
from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
_MAX_NAME = 128
_ICONS = ("📰", "💡", "⚡️", "🎙", "🔝", "🗣")
_NOT_MODIFIED = "TOPIC_NOT_MODIFIED"


def _forum(world: World, arguments: Arguments, what: str) -> Chat:
    """Return the chat with topics that a request means; raises ApiError where there are none, or no right to it."""
    chat = reachable_chat(world, arguments)
    if chat.type == "private":
        if not world.profile.topics:
            raise bad_request("the chat is not a forum")
        return chat
    if not chat.topics:
        raise bad_request("the chat is not a forum")
    require(chat, world.profile.bot_id, "can_manage_topics", what)
    return chat


def _topic(chat: Chat, arguments: Arguments) -> Topic:
    topic = chat.topics.get(arguments.integer("message_thread_id"))
    if topic is None or not topic.thread_id:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(arguments: Arguments) -> str:
    name = clean(arguments.text("name")).strip()
    if not 1 <= utf16_length(name) <= _MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


def _note(world: World, chat: Chat, what: str, body: Json, topic: Topic) -> None:
    """Let the chat show what became of a topic."""
    marks: Json = {"message_thread_id": topic.thread_id, "is_topic_message": True} if topic.thread_id else {}
    world.post(chat, {what: body, **marks}, sender=world.profile.to_user())


def create_topic(world: World, arguments: Arguments) -> Json:
    """Begin a topic; the message that says so has its number."""
    chat = _forum(world, arguments, "create a topic")
    name, color = _name(arguments), arguments.integer("icon_color", _COLORS[0])
    if color not in _COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    topic = Topic(0, name, color, arguments.text("icon_custom_emoji_id"))
    told = {k: v for k, v in topic.to_json().items() if k != "message_thread_id"}
    made = world.post(chat, {"forum_topic_created": told}, sender=world.profile.to_user())
    topic.thread_id = made.message_id
    chat.topics[topic.thread_id] = topic
    world.replace(chat, made, made.body | {"message_thread_id": topic.thread_id, "is_topic_message": True})
    return topic.to_json()


def edit_topic(world: World, arguments: Arguments) -> bool:
    """Give a topic another name or icon."""
    chat = _forum(world, arguments, "edit the topic")
    topic = _topic(chat, arguments)
    changed: Json = {}
    if arguments.has("name"):
        topic.name = changed["name"] = _name(arguments)
    if arguments.values.get("icon_custom_emoji_id") is not None:
        topic.icon_custom_emoji_id = changed["icon_custom_emoji_id"] = arguments.text("icon_custom_emoji_id")
    if not changed:
        raise bad_request(_NOT_MODIFIED)
    _note(world, chat, "forum_topic_edited", changed, topic)
    return True


def delete_topic(world: World, arguments: Arguments) -> bool:
    """Delete a topic with all its messages."""
    chat = _forum(world, arguments, "delete the topic")
    topic = _topic(chat, arguments)
    for message in list(chat.messages.values()):
        if message.body.get("message_thread_id") == topic.thread_id:
            world.remove(chat, message.message_id)
    del chat.topics[topic.thread_id]
    return True


def close_topic(world: World, arguments: Arguments) -> bool:
    """Let nobody but administrators write in a topic."""
    chat = _forum(world, arguments, "close the topic")
    return _close(world, chat, _topic(chat, arguments), closed=True)


def reopen_topic(world: World, arguments: Arguments) -> bool:
    """Let everybody write in a topic again."""
    chat = _forum(world, arguments, "reopen the topic")
    return _close(world, chat, _topic(chat, arguments), closed=False)


def _close(world: World, chat: Chat, topic: Topic, *, closed: bool) -> bool:
    if topic.closed == closed:
        raise bad_request(_NOT_MODIFIED)
    topic.closed = closed
    _note(world, chat, "forum_topic_closed" if closed else "forum_topic_reopened", {}, topic)
    return True


def unpin_topic(world: World, arguments: Arguments) -> bool:
    """Unpin all messages of a topic."""
    chat = _forum(world, arguments, "unpin messages")
    return _unpin(chat, _topic(chat, arguments).thread_id)


def unpin_general(world: World, arguments: Arguments) -> bool:
    """Unpin all messages of the general topic."""
    return _unpin(_forum(world, arguments, "unpin messages"), 0)


def _unpin(chat: Chat, thread_id: int) -> bool:
    inside = {n for n in chat.pinned if chat.messages[n].body.get("message_thread_id", 0) == thread_id}
    if not inside:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.pinned = [number for number in chat.pinned if number not in inside]
    return True


def edit_general(world: World, arguments: Arguments) -> bool:
    """Give the general topic another name."""
    chat = _forum(world, arguments, "edit the topic")
    chat.topics[0].name = _name(arguments)
    _note(world, chat, "forum_topic_edited", {"name": chat.topics[0].name}, chat.topics[0])
    return True


def set_general(
    *, closed: bool | None = None, hidden: bool | None = None
) -> Callable[[World, Arguments], bool]:
    """Make the method that closes, reopens, hides or shows the general topic; what is hidden is closed, too."""

    def change(world: World, arguments: Arguments) -> bool:
        chat = _forum(world, arguments, "edit the topic")
        topic = chat.topics[0]
        if hidden is None:
            _close(world, chat, topic, closed=bool(closed))
            topic.hidden = topic.hidden and topic.closed
            return True
        if topic.hidden == hidden:
            raise bad_request(_NOT_MODIFIED)
        topic.hidden, topic.closed = hidden, topic.closed or hidden
        _note(
            world, chat, "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden", {}, topic
        )
        return True

    return change


def get_icons(_: World, __: Arguments) -> list[Json]:
    """Tell the stickers that can be a topic's icon."""
    return [_icon(place, emoji) for place, emoji in enumerate(_ICONS)]


def _icon(place: int, emoji: str) -> Json:
    number = str(5312536423851630001 + place)
    return {
        "file_id": f"CAACAgQAAx0{number}",
        "file_unique_id": f"AgADtopic{place:06d}",
        "type": "custom_emoji",
        "width": 512,
        "height": 512,
        "is_animated": True,
        "is_video": False,
        "emoji": emoji,
        "set_name": "Topics",
        "custom_emoji_id": number,
        "file_size": 30_000,
        "thumbnail": {
            "file_id": f"AAMCBAADtopic{number}",
            "file_unique_id": f"AQADtopic{place:06d}x",
            "width": 128,
            "height": 128,
            "file_size": 4_000,
        },
    }
