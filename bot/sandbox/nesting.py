"""Entities that stand inside each other as Telegram lets them, whatever they were asked to be.

The law: two entities are apart or one is inside the other. A quotation holds anything but a quotation; a
solid entity (link, mention, code ...) holds only styles, and code nothing. A style is cut where another
begins, and wherever anything else begins or ends; in code it vanishes.
"""

from collections.abc import Iterable

from bot.sandbox.wire import Json

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"pre", "code"})
# Outermost first, for entities of the same place.
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
    "date_time",
    *STYLES,
    "custom_emoji",
)
KINDS = frozenset(_ORDER)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_END = 2**31

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
    quotes = _apart([entity for entity in ordered if entity["type"] in QUOTES])
    solid = _apart([e for e in ordered if e["type"] not in QUOTES and e["type"] not in STYLES])
    solid = [entity for entity in solid if _fits(span(entity), quotes)]
    firm = sorted(quotes + solid, key=rank)
    styles = [entity for entity in ordered if entity["type"] in STYLES]
    return sorted(firm + (_Cutter(styles).run(firm) if styles else []), key=rank)


def _apart(ordered: list[Json]) -> list[Json]:
    """Keep those that don't overlap one kept before."""
    kept: list[Json] = []
    end = 0
    for entity in ordered:
        if entity["offset"] >= end:
            kept.append(entity)
            end = entity["offset"] + entity["length"]
    return kept


def _fits(place: Range, quotes: list[Json]) -> bool:
    """Return whether a place is apart from each quotation, or inside it."""
    spans = [span(quote) for quote in quotes]
    return all(not overlap(place, one) or (one[0] <= place[0] and place[1] <= one[1]) for one in spans)


class _Cutter:
    """A walk through the text; `running` holds where each style that is on began, and where it will end."""

    def __init__(self, ordered: list[Json]) -> None:
        self.left = ordered
        self.running: dict[str, Range] = {}
        self.pieces: list[Json] = []

    def run(self, firm: list[Json]) -> list[Json]:
        """Cut the styles at the borders of firm entities."""
        code = [span(entity) for entity in firm if entity["type"] in _CODE]
        start = 0
        for end in sorted({border for entity in firm for border in span(entity)} | {_END}):
            before = len(self.pieces)
            self._walk_to(end)
            if any(one[0] <= start and end <= one[1] for one in code):
                del self.pieces[before:]
            start = end
        return self.pieces

    def _walk_to(self, end: int) -> None:
        while self.left and self.left[0]["offset"] < end:
            entity = self.left.pop(0)
            kind, (start, stop) = entity["type"], span(entity)
            running = self.running.get(kind)
            if running is not None and start <= running[1]:
                self.running[kind] = (running[0], max(running[1], stop))
            else:
                self._cut(start)
                self.running[kind] = (start, stop)
        self._cut(end)

    def _cut(self, at: int) -> None:
        """Give out what runs before a place; what runs on begins anew there."""
        for kind in STYLES:
            start, stop = self.running.get(kind, (at, at))
            if start >= at:
                continue
            end = min(stop, at)
            self.pieces.append({"type": kind, "offset": start, "length": end - start})
            if stop <= at:
                del self.running[kind]
            else:
                self.running[kind] = (at, stop)
