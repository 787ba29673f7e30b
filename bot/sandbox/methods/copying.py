"""Messages sent on: copied as the bot's own, or forwarded with their origin."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.messages import MEDIA, Message
from bot.sandbox.methods.content import read_caption
from bot.sandbox.methods.sending import send
from bot.sandbox.methods.targets import find_chat, find_message
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_MESSAGES = 100
_WORDS = frozenset({"text", "entities", "link_preview_options"})
_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})
_FACTS = frozenset({"location", "venue", "contact", "dice", "poll", "has_media_spoiler"})
_CONTENT = _WORDS | _CAPTION | _FACTS | frozenset(MEDIA)


def copy_message(world: World, arguments: Arguments) -> Json:
    """Send the same content as a new message of the bot's own."""
    source = _source(world, arguments)
    message = find_message(source, arguments.integer("message_id"), "message to copy not found")
    return _copied(world, arguments, message)


def _copied(world: World, arguments: Arguments, message: Message) -> Json:
    content = _content(message)
    if not content:
        raise bad_request("message can't be copied")
    if "caption" in arguments.values and message.media is not None:
        content = {name: value for name, value in content.items() if name not in _CAPTION}
        content |= read_caption(world, arguments)
    if arguments.flag("remove_caption"):
        content = {name: value for name, value in content.items() if name not in _CAPTION}
    return {"message_id": send(world, arguments, content)["message_id"]}


def copy_messages(world: World, arguments: Arguments) -> list[Json]:
    """Copy several; those that can't be copied are passed over."""
    messages = [message for message in _several(world, arguments) if _content(message)]
    return [_copied(world, arguments, message) for message in messages]


def forward_message(world: World, arguments: Arguments) -> Json:
    """Send a message on with its origin."""
    source = _source(world, arguments)
    message = find_message(source, arguments.integer("message_id"), "message to forward not found")
    if not _can_be_forwarded(message):
        raise bad_request("message can't be forwarded")
    return _forwarded(world, arguments, message)


def _forwarded(world: World, arguments: Arguments, message: Message) -> Json:
    origin = message.body.get("forward_origin") or _origin(message)
    return send(world, arguments, _content(message) | {"forward_origin": origin})


def _origin(message: Message) -> Json:
    """Return where a message comes from: a person, or a channel."""
    when = message.body["date"]
    if "sender_chat" in message.body:
        place = {"chat": message.body["sender_chat"], "message_id": message.message_id}
        return {"type": "channel", "date": when, **place}
    return {"type": "user", "date": when, "sender_user": message.body["from"]}


def forward_messages(world: World, arguments: Arguments) -> list[Json]:
    """Forward several; those that can't be forwarded are passed over."""
    messages = [message for message in _several(world, arguments) if _can_be_forwarded(message)]
    sent = [_forwarded(world, arguments, message) for message in messages]
    return [{"message_id": body["message_id"]} for body in sent]


def _can_be_forwarded(message: Message) -> bool:
    return not message.protected and bool(_content(message))


def _content(message: Message) -> Json:
    """Return what can be sent on; nothing of a service message."""
    return {name: value for name, value in message.body.items() if name in _CONTENT}


def _source(world: World, arguments: Arguments) -> Chat:
    find_chat(world, arguments)
    return find_chat(world, arguments, "from_chat_id")


def _several(world: World, arguments: Arguments) -> list[Message]:
    source = _source(world, arguments)
    ids = arguments.json("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= _MAX_MESSAGES:
        raise bad_request("message identifiers are not specified")
    return [source.messages[number] for number in ids if number in source.messages]
