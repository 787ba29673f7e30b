"""New messages: words, media, and "is typing"."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.entities import Formatted, format_text
from bot.sandbox.files import StoredFile, describe
from bot.sandbox.keyboards import parse_markup
from bot.sandbox.methods.targets import known_mentions, reachable_chat, reply_target
from bot.sandbox.text import utf16_length
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_TYPE_NAMES = {
    "photo": "Photo",
    "voice": "VoiceNote",
    "video_note": "VideoNote",
    "document": "Document",
    "sticker": "Sticker",
    "video": "Video",
    "audio": "Audio",
    "animation": "Animation",
}
_WITH_SPOILER = frozenset({"photo", "video", "animation"})


def read_text(world: World, arguments: Arguments) -> Json:
    """Read `text` with its formatting; raises ApiError for none, too long, or unparsable."""
    text, entities = _formatted(arguments, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    entities = known_mentions(world, entities)
    return {"text": text} | ({"entities": entities} if entities else {})


def read_caption(world: World, arguments: Arguments) -> Json:
    """Read `caption` with its formatting; nothing for an empty one."""
    text, entities = _formatted(arguments, "caption", "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    entities = known_mentions(world, entities)
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    if text and arguments.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def _formatted(arguments: Arguments, name: str, entities: str) -> Formatted:
    given = arguments.json(entities) if not arguments.has("parse_mode") else None
    return format_text(arguments.text(name), arguments.text("parse_mode"), given)


def send(world: World, arguments: Arguments, content: Json) -> Json:
    """Put checked content into the chat that a request names; returns the bot's view of the message."""
    markup = parse_markup(arguments.values.get("reply_markup"))
    chat = reachable_chat(world, arguments)
    content = content | reply_target(chat, arguments) | _options(chat, arguments)
    inline = markup is not None and "inline_keyboard" in markup
    if inline:
        content["reply_markup"] = markup
    message = world.post(
        chat,
        content,
        sender=world.profile.to_user(),
        reply_keyboard=None if inline else markup,
        silent=arguments.flag("disable_notification"),
    )
    return message.body


def _options(chat: Chat, arguments: Arguments) -> Json:
    options: Json = {}
    if arguments.flag("protect_content"):
        options["has_protected_content"] = True
    if arguments.has("message_effect_id"):
        if chat.type != "private":
            raise bad_request("message effects can be used only in private chats")
        options["effect_id"] = arguments.text("message_effect_id")
    return options


def send_message(world: World, arguments: Arguments) -> Json:
    """Send words."""
    content = read_text(world, arguments)
    preview = arguments.json("link_preview_options")
    if isinstance(preview, dict) and preview:
        content["link_preview_options"] = preview
    return send(world, arguments, content)


def send_photo(world: World, arguments: Arguments) -> Json:
    """Send a photo."""
    return _send_media(world, arguments, "photo")


def send_voice(world: World, arguments: Arguments) -> Json:
    """Send a voice message."""
    return _send_media(world, arguments, "voice")


def send_video_note(world: World, arguments: Arguments) -> Json:
    """Send a round video."""
    return _send_media(world, arguments, "video_note")


def _send_media(world: World, arguments: Arguments, kind: str) -> Json:
    content = {} if kind in ("video_note", "sticker") else read_caption(world, arguments)
    content[kind] = describe(read_file(world, arguments, kind))
    if kind in _WITH_SPOILER and arguments.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return send(world, arguments, content)


def read_file(world: World, arguments: Arguments, kind: str, given: Any = None) -> StoredFile:
    """Find or keep the file that a request names: an upload, "attach://name", or a file_id."""
    value = given if given is not None else arguments.values.get(kind)
    upload = arguments.files.get(kind) if given is None else None
    if upload is None and isinstance(value, str) and value.startswith("attach://"):
        upload = arguments.files.get(value.removeprefix("attach://"))
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return world.files.add(
            kind,
            upload.data,
            name=upload.name,
            mime_type=upload.mime_type,
            duration=arguments.integer("duration"),
        )
    if not isinstance(value, str) or not value:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the sandbox fetches nothing from the world
    return _known_file(world, value, kind)


def _known_file(world: World, file_id: str, kind: str) -> StoredFile:
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {_TYPE_NAMES[stored.kind]} as {_TYPE_NAMES[kind]}")
    return stored


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """Show that the bot is at something."""
    action = arguments.text("action").lower()
    chat = reachable_chat(world, arguments)
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.record("action", chat.chat_id, {"action": action})
    return True
