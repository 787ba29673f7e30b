"""Changing and deleting what was sent."""

from datetime import timedelta

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.keyboards import inline_only, parse_markup
from bot.sandbox.messages import Message
from bot.sandbox.methods.sending import read_caption, read_text
from bot.sandbox.methods.targets import find_chat, find_message, reachable_chat
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

DELETABLE = timedelta(hours=48)
_MAX_DELETED = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MARKUP = ("reply_markup",)


def edit_text(world: World, arguments: Arguments) -> Json:
    """Give a text message other words."""
    content = read_text(world, arguments)
    chat, message = _target(world, arguments)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    preview = arguments.json("link_preview_options")
    if isinstance(preview, dict) and preview:
        content["link_preview_options"] = preview
    return _change(
        world, chat, message, ("text", "entities", "link_preview_options"), content | _markup(arguments)
    )


def edit_caption(world: World, arguments: Arguments) -> Json:
    """Give media another caption."""
    content = read_caption(world, arguments)
    chat, message = _target(world, arguments)
    if "text" in message.body or message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, chat, message, _CAPTION, content | _markup(arguments))


def edit_reply_markup(world: World, arguments: Arguments) -> Json:
    """Give a message another inline keyboard, or none."""
    markup = _markup(arguments)
    chat, message = _target(world, arguments)
    return _change(world, chat, message, (), markup)


def _markup(arguments: Arguments) -> Json:
    markup = inline_only(parse_markup(arguments.values.get("reply_markup")))
    return {} if markup is None else {"reply_markup": markup}


def _target(world: World, arguments: Arguments) -> tuple[Chat, Message]:
    if arguments.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = reachable_chat(world, arguments)
    message_id = arguments.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = find_message(chat, message_id, "message to edit not found")
    if not message.from_bot or message.reply_keyboard is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _change(world: World, chat: Chat, old: Message, names: tuple[str, ...], content: Json) -> Json:
    names = names + _MARKUP
    if {name: old.body[name] for name in names if name in old.body} == content:
        raise bad_request(_NOT_MODIFIED)
    body = {name: value for name, value in old.body.items() if name not in names}
    body |= content
    if names != _MARKUP:  # as in Telegram, a changed keyboard alone is no edit that a reader is told of
        body["edit_date"] = world.timestamp()
    return world.replace(chat, old, body).body


def delete_message(world: World, arguments: Arguments) -> bool:
    """Delete one message for everyone."""
    chat = find_chat(world, arguments)
    message = find_message(chat, arguments.integer("message_id"), "message to delete not found")
    _check_deletable(world, chat, message)
    return world.remove(chat, message.message_id)


def delete_messages(world: World, arguments: Arguments) -> bool:
    """Delete several; those that aren't there are passed over."""
    chat = find_chat(world, arguments)
    ids = arguments.json("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= _MAX_DELETED:
        raise bad_request("message identifiers are not specified")
    messages = [chat.messages[number] for number in ids if number in chat.messages]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        world.remove(chat, message.message_id)
    return True


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    if world.now() - message.date >= DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    if chat.type != "private" and not message.from_bot:
        raise bad_request("message can't be deleted")
