"""Entities back to HTML: what a chat page shows and what a test reads."""

from collections.abc import Iterable
from html import escape

from bot.sandbox.wire import Json

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
}


def to_html(text: str, entities: Iterable[Json]) -> str:
    """Return Telegram HTML for a text; nested as the entities are. What Telegram finds itself stays plain."""
    raw = text.encode("utf-16-le", "surrogatepass")
    marks: list[tuple[int, int, int, str]] = []
    for depth, entity in enumerate(entities):
        tags = _tags(entity)
        if tags is not None:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            marks.append((start, 1, depth, tags[0]))
            marks.append((end, 0, -depth, tags[1]))
    pieces: list[str] = []
    at = 0
    for position, _, _, tag in sorted(marks):
        pieces.append(_escaped(raw, at, position))
        pieces.append(tag)
        at = position
    pieces.append(_escaped(raw, at, len(raw) // 2))
    return "".join(pieces)


def _escaped(raw: bytes, start: int, end: int) -> str:
    return escape(raw[2 * start : 2 * end].decode("utf-16-le", "replace"), quote=False)


def _tags(entity: Json) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "pre" and "language" in entity:
        return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    opening = _opening(entity)
    return (f"<{opening}>", f"</{opening.partition(' ')[0]}>") if opening else None


def _opening(entity: Json) -> str:
    """Return a tag's name and attributes; nothing for what Telegram found by itself."""
    match entity["type"]:
        case "pre" | "blockquote" as tag:
            return str(tag)
        case "expandable_blockquote":
            return "blockquote expandable"
        case "text_link":
            return f'a href="{escape(entity["url"])}"'
        case "text_mention":
            return f'a href="tg://user?id={entity["user"]["id"]}"'
        case _:
            return _special(entity)


def _special(entity: Json) -> str:
    if entity["type"] == "custom_emoji":
        return f'tg-emoji emoji-id="{escape(entity["custom_emoji_id"])}"'
    if entity["type"] == "date_time":
        form = escape(entity.get("date_time_format", ""))
        return f'tg-time unix="{entity["unix_time"]}" format="{form}"'
    return ""
