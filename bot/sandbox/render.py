"""Entities back to HTML: what a chat page shows and what a test reads.

Telegram cuts styles into pieces (see bot.sandbox.nesting); here touching pieces are one tag again, as a
writer would have it. What Telegram found by itself (links, commands) stays plain.
"""

from collections.abc import Iterable
from html import escape

from bot.sandbox.nesting import STYLES, Range, span
from bot.sandbox.wire import Json

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler"}


def to_html(text: str, entities: Iterable[Json]) -> str:
    """Return Telegram HTML for a text."""
    given = list(entities)
    if not given:
        return escape(text, quote=False)
    raw = text.encode("utf-16-le", "surrogatepass")
    pieces: list[str] = []
    at = 0
    for position, tag in _marks(given):
        pieces.append(_escaped(raw, at, position))
        pieces.append(tag)
        at = position
    pieces.append(_escaped(raw, at, len(raw) // 2))
    return "".join(pieces)


def _marks(entities: list[Json]) -> list[tuple[int, str]]:
    """Return the tags and where they stand: at one place ends before starts, inner ends first."""
    firm = [(span(e), opening) for e in entities if e["type"] not in STYLES and (opening := _opening(e))]
    places = _layered(entities, [place for place, _ in firm])
    layers = sorted(firm + places, key=lambda layer: (layer[0][0], -layer[0][1]))
    marks: list[tuple[int, int, int, str]] = []
    for depth, ((start, end), opening) in enumerate(layers):
        closing = "</code></pre>" if opening.startswith("pre><code") else f"</{opening.partition(' ')[0]}>"
        marks.append((start, 1, depth, f"<{opening}>"))
        marks.append((end, 0, -depth, closing))
    return [(position, tag) for position, _, _, tag in sorted(marks)]


def _layered(entities: list[Json], borders: list[Range]) -> list[tuple[Range, str]]:
    """Return the styles as few and as long as nesting allows."""
    layers: list[tuple[Range, str]] = []
    for style in STYLES:
        ranges = _joined(span(entity) for entity in entities if entity["type"] == style)
        for border in borders:
            ranges = [part for one in ranges for part in _cut(one, border)]
        borders = borders + ranges
        layers += [(place, _TAGS[style]) for place in ranges]
    return layers


def _joined(ranges: Iterable[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _cut(one: Range, border: Range) -> list[Range]:
    """Split a range where it would cross a border."""
    for middle, other in ((border[0], border[1]), (border[1], border[0])):
        if one[0] < middle < one[1] and not one[0] <= other <= one[1]:
            return [(one[0], middle), (middle, one[1])]
    return [one]


def _escaped(raw: bytes, start: int, end: int) -> str:
    return escape(raw[2 * start : 2 * end].decode("utf-16-le", "replace"), quote=False)


def _opening(entity: Json) -> str:
    """Return a tag's name and attributes; nothing for what Telegram found by itself."""
    match entity["type"]:
        case "pre" if "language" in entity:
            return f'pre><code class="language-{escape(entity["language"])}"'
        case "pre" | "code" | "blockquote" as tag:
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
