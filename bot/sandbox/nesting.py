"""Entities that stand inside each other as Telegram lets them, whatever they were asked to be.

The law: two entities are apart or one is inside the other. A quotation holds anything but a quotation; a
solid entity (link, mention, code, date ...) holds only styles, and code or a date not even these. A style is cut
where another begins, and wherever anything else begins or ends.
"""

from collections.abc import Iterable

from bot.sandbox.wire import Json

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
BARE = frozenset({"pre", "code", "date_time"})
# Outermost first, for entities of the same place.
_RANK = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "mention": 50,
    "hashtag": 50,
    "cashtag": 50,
    "bot_command": 50,
    "url": 50,
    "email": 50,
    "phone_number": 50,
    "bank_card": 50,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
KINDS = frozenset(_RANK) - {"bank_card"}  # Telegram finds cards, and keeps them from bots
_END = 2**31

Range = tuple[int, int]


def rank(entity: Json) -> tuple[int, int, int]:
    """Return the sort key: by place, the longer and the outer first."""
    kind = entity["type"]
    inner = kind == "pre" and "language" not in entity  # a language stands outside
    return entity["offset"], -entity["length"], _RANK[kind] + inner


def span(entity: Json) -> Range:
    """Return where an entity starts and ends."""
    return entity["offset"], entity["offset"] + entity["length"]


def overlap(one: Range, other: Range) -> bool:
    """Return whether two ranges share a unit."""
    return one[0] < other[1] and other[0] < one[1]


def nest(entities: Iterable[Json]) -> list[Json]:
    """Return entities that keep the law, in order."""
    ordered = sorted(entities, key=rank)
    if len(ordered) <= 1:
        return ordered
    quotes = apart([entity for entity in ordered if entity["type"] in QUOTES])
    solid = apart([e for e in ordered if e["type"] not in QUOTES and e["type"] not in STYLES])
    styles = [entity for entity in ordered if entity["type"] in STYLES]
    return cut(sorted(quotes + within(solid, quotes), key=rank), styles)


def add(entities: list[Json], found: list[Json]) -> list[Json]:
    """Put what Telegram found by itself among entities that keep the law; those given win."""
    quotes = [entity for entity in entities if entity["type"] in QUOTES]
    solid = [e for e in entities if e["type"] not in QUOTES and e["type"] not in STYLES]
    taken = [span(entity) for entity in solid]
    fitting = [e for e in within(found, quotes) if not any(overlap(span(e), place) for place in taken)]
    styles = [entity for entity in entities if entity["type"] in STYLES]
    return cut(sorted(quotes + solid + fitting, key=rank), styles)


def apart(ordered: list[Json]) -> list[Json]:
    """Keep those that don't overlap one kept before."""
    kept: list[Json] = []
    end = 0
    for entity in ordered:
        if entity["offset"] >= end:
            kept.append(entity)
            end = entity["offset"] + entity["length"]
    return kept


def within(entities: list[Json], quotes: list[Json]) -> list[Json]:
    """Keep those that are apart from each quotation, or inside it."""
    if not quotes:
        return entities
    spans = [span(quote) for quote in quotes]
    return [entity for entity in entities if _fits(span(entity), spans)]


def _fits(place: Range, spans: list[Range]) -> bool:
    return all(not overlap(place, one) or (one[0] <= place[0] and place[1] <= one[1]) for one in spans)


def cut(firm: list[Json], styles: list[Json]) -> list[Json]:
    """Cut styles at the borders of firm entities; return all in order."""
    return sorted(firm + (_Cutter(styles).run(firm) if styles else []), key=rank)


class _Cutter:
    """A walk through the text; `running` holds where each style that is on began, and where it will end."""

    def __init__(self, ordered: list[Json]) -> None:
        self.left = ordered[::-1]
        self.running: dict[str, Range] = {}
        self.pieces: list[Json] = []

    def run(self, firm: list[Json]) -> list[Json]:
        """Cut the styles at the borders of firm entities."""
        bare = [span(entity) for entity in firm if entity["type"] in BARE]
        start = 0
        for end in sorted({border for entity in firm for border in span(entity)} | {_END}):
            before = len(self.pieces)
            self._walk_to(end)
            if any(one[0] <= start and end <= one[1] for one in bare):
                del self.pieces[before:]
            start = end
        return self.pieces

    def _walk_to(self, end: int) -> None:
        while self.left and self.left[-1]["offset"] < end:
            entity = self.left.pop()
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
