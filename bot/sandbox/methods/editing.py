"""Changing what was sent: words, caption, or the keyboard under them."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.keyboards import inline_only, parse_markup
from bot.sandbox.messages import MEDIA, Message
from bot.sandbox.methods.content import read_caption, read_text
from bot.sandbox.methods.media import read_media
from bot.sandbox.methods.targets import find_message, reachable_chat
from bot.sandbox.polls import refreshed
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_WORDS = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MARKUP = ("reply_markup",)
_MEDIA = frozenset({"photo", "video", "audio", "document", "animation", "live_photo"})


def edit_text(world: World, arguments: Arguments) -> Json:
    """Give a text message other words."""
    content = read_text(world, arguments) | _markup(arguments)
    chat, message = _target(world, arguments)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _change(world, chat, message, _WORDS, content)


def edit_caption(world: World, arguments: Arguments) -> Json:
    """Give media another caption."""
    content = read_caption(world, arguments) | _markup(arguments)
    chat, message = _target(world, arguments)
    if "text" in message.body or message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, chat, message, _CAPTION, content)


def edit_media(world: World, arguments: Arguments) -> Json:
    """Put another file with its caption in place of the one that was sent."""
    item = arguments.json("media")
    if not isinstance(item, dict):
        raise bad_request("expected an InputMedia")
    content = read_media(world, arguments, item, _MEDIA) | _markup(arguments)
    chat, message = _target(world, arguments)
    if "text" in message.body or message.media is None:
        raise bad_request("there is no media in the message to edit")
    return _change(world, chat, message, (*_CAPTION, *MEDIA, "has_media_spoiler"), content)


def edit_reply_markup(world: World, arguments: Arguments) -> Json:
    """Give a message another inline keyboard, or none."""
    markup = _markup(arguments)
    chat, message = _target(world, arguments)
    return _change(world, chat, message, (), markup)


def _markup(arguments: Arguments) -> Json:
    markup = inline_only(parse_markup(arguments.json("reply_markup")))
    return {} if markup is None else {"reply_markup": markup}


def _target(world: World, arguments: Arguments) -> tuple[Chat, Message]:
    if arguments.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = reachable_chat(world, arguments)
    message_id = arguments.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    world.limits.admit(chat.chat_id)
    message = refreshed(world, chat, find_message(chat, message_id, "message to edit not found"))
    # As documented, only messages without a reply keyboard can be edited.
    if not message.from_bot or message.reply_keyboard is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _change(world: World, chat: Chat, old: Message, names: tuple[str, ...], content: Json) -> Json:
    replaced = names + _MARKUP
    asks = old.body.get("reply_markup", {}).get("force_reply")
    if "reply_markup" in content:  # whether a reply is asked for was said when it was sent
        rows = content["reply_markup"]["inline_keyboard"]
        content["reply_markup"] = {"inline_keyboard": rows} | ({"force_reply": True} if asks else {})
    if {name: old.body[name] for name in replaced if name in old.body} == content:
        raise bad_request(_NOT_MODIFIED)
    body = {name: value for name, value in old.body.items() if name not in replaced} | content
    # A changed keyboard alone is no edit that a reader is told of.
    if names and {n: old.body.get(n) for n in names} != {n: content.get(n) for n in names}:
        body["edit_date"] = world.timestamp()
    return world.replace(chat, old, body).body
