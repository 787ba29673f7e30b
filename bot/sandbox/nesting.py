"""Entities that stand inside each other as Telegram allows, whatever they were asked to be.

The law: two entities are apart or one is inside the other. Styles (bold ... spoiler) may be anywhere but in
code; quotations hold others but no quotation; everything else holds only styles. What breaks the law is cut
or dropped.
"""

from collections.abc import Iterable

from bot.sandbox.wire import Json

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"pre", "code"})
_OUTERMOST_FIRST = (
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
    "date_time",
    *STYLES,
    "custom_emoji",
)
KINDS = frozenset(_OUTERMOST_FIRST)
_RANK = {kind: rank for rank, kind in enumerate(_OUTERMOST_FIRST)}

Range = tuple[int, int]


def rank(entity: Json) -> tuple[int, int, int]:
    """Return the sort key: by place, the longer and the outer first."""
    return entity["offset"], -entity["length"], _RANK[entity["type"]]


def span(entity: Json) -> Range:
    """Return where an entity starts and ends."""
    return entity["offset"], entity["offset"] + entity["length"]


def overlap(one: Range, other: Range) -> bool:
    """Return whether two ranges share a unit."""
    return one[0] < other[1] and other[0] < one[1]


def nest(entities: Iterable[Json]) -> list[Json]:
    """Return entities that keep the law, in order."""
    ordered = sorted(entities, key=rank)
    quotes = _apart(entity for entity in ordered if entity["type"] in _QUOTES)
    borders = [span(entity) for entity in quotes]
    solid = _apart(
        entity
        for entity in ordered
        if entity["type"] not in _QUOTES
        and entity["type"] not in STYLES
        and not any(_cross(span(entity), border) for border in borders)
    )
    borders += [span(entity) for entity in solid]
    code = [span(entity) for entity in solid if entity["type"] in _CODE]
    styled: list[Json] = []
    for style in STYLES:
        ranges = _outside(_union(span(e) for e in ordered if e["type"] == style), code)
        for start, end in _cut(ranges, borders):
            styled.append({"type": style, "offset": start, "length": end - start})
            borders.append((start, end))
    return sorted(quotes + solid + styled, key=rank)


def _apart(ordered: Iterable[Json]) -> list[Json]:
    """Keep those that don't overlap one kept before."""
    kept: list[Json] = []
    end = 0
    for entity in ordered:
        if entity["offset"] >= end:
            kept.append(entity)
            end = entity["offset"] + entity["length"]
    return kept


def _cross(one: Range, other: Range) -> bool:
    inside = one[0] >= other[0] and one[1] <= other[1]
    around = one[0] <= other[0] and one[1] >= other[1]
    return overlap(one, other) and not inside and not around


def _union(ranges: Iterable[Range]) -> list[Range]:
    """Join ranges that touch."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _outside(ranges: list[Range], holes: list[Range]) -> list[Range]:
    """Take the holes out of the ranges."""
    for hole in holes:
        parts = [
            part
            for one in ranges
            for part in ((one[0], min(one[1], hole[0])), (max(one[0], hole[1]), one[1]))
        ]
        ranges = sorted({(start, end) for start, end in parts if start < end})
    return ranges


def _cut(ranges: list[Range], borders: list[Range]) -> list[Range]:
    """Split each range where it would cross a border."""
    for border in borders:
        ranges = [part for one in ranges for part in _parts(one, border)]
    return ranges


def _parts(one: Range, border: Range) -> list[Range]:
    if not _cross(one, border):
        return [one]
    middle = border[0] if one[0] < border[0] else border[1]
    return [(one[0], middle), (middle, one[1])]
