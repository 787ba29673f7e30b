"""Formatted text: entities in order, trimmed with their text, completed by what Telegram finds itself.

Nested entities stay nested; touching ones of the same simple style become one.
"""

import re
from typing import Any

from bot.sandbox.markup import parse_html
from bot.sandbox.text import SPACES, clean, slice_utf16, utf16_length
from bot.sandbox.wire import Json, bad_request

MAX_ENTITIES = 100
_ORDER = (
    "expandable_blockquote",
    "blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "date_time",
    "custom_emoji",
)
_MERGED = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_ALLOWED_FROM_BOT = frozenset(_ORDER)
_FOUND = (
    ("url", re.compile(r"(?<![\w@./:])(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<![\w#&])#\w*[^\W\d]\w*")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)")),
)
_OPAQUE = frozenset({"pre", "code", "text_link", "text_mention", "url", "email", "mention", "bot_command"})
_TRIGGERS = re.compile(r"[@/#$.]")

Formatted = tuple[str, list[Json]]


def format_text(source: str, parse_mode: str | None, entities: Any = None) -> Formatted:
    """Return what a bot's text becomes: plain, trimmed, with ordered entities.

    Raises ApiError with Telegram's refusals. `entities` counts only without a parse mode, as in the Bot API.
    """
    mode = (parse_mode or "").lower()
    if mode == "html":
        text, found = parse_html(clean(source))
    elif mode in ("", "none"):
        text, found = clean(source), _given(entities)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request(f"the sandbox does not parse {parse_mode}; send HTML or entities")
    else:
        raise bad_request("unsupported parse_mode")
    return tidy(text, found)


def plain(text: str) -> Formatted:
    """Return what a person's typed text becomes: no styles, but commands, mentions and links are found."""
    return tidy(clean(text), [])


def tidy(text: str, entities: list[Json]) -> Formatted:
    """Order, clip, merge and trim entities and their text; add those that Telegram finds by itself."""
    if entities:
        entities = _clipped(text, entities)
        entities = _merged(entities)
    text, entities = _trimmed(text, entities)
    if _TRIGGERS.search(text):
        entities = sorted(entities + _detected(text, entities), key=_rank)
    return text, entities[:MAX_ENTITIES]


def _rank(entity: Json) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _ORDER.index(entity["type"])


def _given(entities: Any) -> list[Json]:
    if not entities:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse entities JSON object")
    return [_checked(entity) for entity in entities]


def _checked(entity: Any) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: Object expected as message entity")
    for name in ("offset", "length"):
        if not isinstance(entity.get(name), int):
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    kind = entity.get("type")
    if not isinstance(kind, str):
        raise bad_request("can't parse MessageEntity: Can't find field \"type\"")
    if kind not in _ALLOWED_FROM_BOT:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return dict(entity)


def _clipped(text: str, entities: list[Json]) -> list[Json]:
    """Keep entities inside the text and never halfway over each other; drop those that cover only spaces."""
    whole = utf16_length(text)
    kept: list[Json] = []
    for entity in sorted(entities, key=_rank):
        start, end = max(entity["offset"], 0), min(entity["offset"] + entity["length"], whole)
        for outer in kept:
            outer_end = outer["offset"] + outer["length"]
            if outer["offset"] <= start < outer_end < end:
                end = outer_end
        if end > start and slice_utf16(text, start, end - start).strip(SPACES):
            kept.append(entity | {"offset": start, "length": end - start})
    return sorted(kept, key=_rank)


def _merged(entities: list[Json]) -> list[Json]:
    """Make one of two that touch and mean the same."""
    last: dict[str, Json] = {}
    kept: list[Json] = []
    for entity in entities:
        before = last.get(entity["type"])
        if before is not None and entity["type"] in _MERGED:
            end = before["offset"] + before["length"]
            if entity["offset"] <= end:
                before["length"] = max(end, entity["offset"] + entity["length"]) - before["offset"]
                continue
        last[entity["type"]] = entity
        kept.append(entity)
    return sorted(kept, key=_rank)


def _trimmed(text: str, entities: list[Json]) -> Formatted:
    """Cut spaces and line ends off the end, and off the start as far as no entity begins there."""
    stripped = text.rstrip(SPACES)
    first = min((entity["offset"] for entity in entities), default=len(stripped))
    cut = min(len(stripped) - len(stripped.lstrip(SPACES)), first)
    stripped = stripped[cut:]
    end = utf16_length(stripped)
    moved = []
    for entity in entities:
        start = entity["offset"] - cut
        length = min(entity["length"], end - start)
        if length > 0:
            moved.append(entity | {"offset": start, "length": length})
    return stripped, moved


def _detected(text: str, entities: list[Json]) -> list[Json]:
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _OPAQUE]
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            length = utf16_length(match.group())
            if all(start >= end or start + length <= begin for begin, end in taken):
                taken.append((start, start + length))
                found.append({"type": kind, "offset": start, "length": length})
    return found
