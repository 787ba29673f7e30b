"""What a message is to say: words with their formatting, captions, and the options that any message takes."""

import re
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.entities import Formatted, format_text
from bot.sandbox.keyboards import check_flags
from bot.sandbox.methods.targets import known_mentions, topic_of
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, is_blank, slice_utf16
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MAX_EFFECT = 2**63
_PAGE = re.compile(r"^(?:[a-z]+://)?[^/?#]+[/?#]", re.IGNORECASE)
_OWN_LINK = re.compile(r"(?:tg|ton|tonsite|ftp):", re.IGNORECASE)
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def read_text(world: World, arguments: Arguments) -> Json:
    """Read `text` with its formatting; raises ApiError for none, too long, or unparsable."""
    if not arguments.has("text"):
        raise bad_request("message text is empty")
    text, entities = _formatted(world, arguments, "text", "entities")
    if is_blank(text):
        raise bad_request("text must be non-empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    told = {"text": text} | ({"entities": entities} if entities else {})
    return told | _preview(arguments, _first_page(text, entities))


def read_caption(world: World, arguments: Arguments) -> Json:
    """Read `caption` with its formatting; nothing for an empty one."""
    text, entities = _formatted(world, arguments, "caption", "caption_entities")
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    if text and arguments.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def _formatted(world: World, arguments: Arguments, name: str, entities: str) -> Formatted:
    mode = arguments.text("parse_mode")
    given: Any = None if mode else arguments.json(entities)
    text, found = format_text(arguments.text(name), mode, given)
    return text, known_mentions(world, found)


def _first_page(text: str, entities: list[Json]) -> str:
    """Return the address of which a client shows a preview: the first that leads to a page, not to a bare host."""
    for entity in entities:
        url = str(entity.get("url", ""))
        if entity["type"] == "url":
            url = slice_utf16(text, entity["offset"], entity["length"])
            url = url if _PAGE.search(url) else ""
        if url and not _OWN_LINK.match(url):
            return url
    return ""


def _preview(arguments: Arguments, page: str) -> Json:
    raw = arguments.json("link_preview_options")
    if not isinstance(raw, dict):
        return {"link_preview_options": {"url": page}} if page else {}
    options: Json = check_flags(raw, _PREVIEW_FLAGS, bad_request, "field")
    if raw.get("url"):
        if "." not in str(raw["url"]):
            raise bad_request("WEBPAGE_URL_INVALID")
        options["url"] = raw["url"]
    elif page and not options.get("is_disabled"):
        options["url"] = page
    return {"link_preview_options": options} if options else {}


def read_options(world: World, chat: Chat, arguments: Arguments) -> Json:
    """Read what any new message may carry; raises ApiError for what this bot can't do."""
    if arguments.has("business_connection_id"):
        raise bad_request("business connection not found")
    if arguments.flag("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")
    options = topic_of(world, chat, arguments)
    if arguments.flag("protect_content"):
        options["has_protected_content"] = True
    effect = arguments.text("message_effect_id")
    if effect:
        if chat.type != "private" or not effect.isdigit() or int(effect) >= _MAX_EFFECT:
            raise bad_request("EFFECT_ID_INVALID")
        options["effect_id"] = effect
    return options
