"""Formatted text: from what was sent to the plain, trimmed text and its entities in order.

The order is Telegram's: markup is read first, then entities are made to nest, then the text is cleaned under them,
then trimmed, then cut down to a hundred entities, and at last Telegram adds what it finds by itself.
"""

from bisect import bisect_left
from typing import Any

from bot.sandbox.found import find
from bot.sandbox.given import checked, read_entities
from bot.sandbox.markup import parse
from bot.sandbox.nesting import STYLES, add, cut, nest, rank, span
from bot.sandbox.text import DROPPED, SPACES, check_utf8, clean, halves, utf16_length, utf16_offsets
from bot.sandbox.wire import Json, bad_request

MAX_ENTITIES = 100
MAX_SOURCE = 2**15  # bytes

Formatted = tuple[str, list[Json]]


def format_text(source: str, parse_mode: str | None, entities: Any = None) -> Formatted:
    """Return what a bot's text becomes.

    Raises ApiError with Telegram's refusals. `entities` counts only without a parse mode, as in the Bot API.
    """
    check_utf8(source)
    if len(source) > MAX_SOURCE // 4 and len(source.encode()) > MAX_SOURCE:
        raise bad_request("text is too long")
    mode = (parse_mode or "").lower()
    if mode in ("", "none") or not source:
        return tidy(source, read_entities(entities))
    text, found = parse(source, mode)
    return tidy(text, [checked(entity) for entity in found])


def plain(text: str) -> Formatted:
    """Return what a person's typed text becomes: no styles, but commands, mentions and links are found."""
    return tidy(text, [])


def tidy(text: str, entities: list[Json]) -> Formatted:
    """Clean and trim a text, and let its entities and what Telegram finds in it nest."""
    if entities:
        text, entities = _cleaned(text, nest(entities))
        entities = nest(entity for entity in entities if entity["length"] > 0)
    else:
        text = clean(text)
    text, entities = _trimmed(text, entities)
    if len(entities) > MAX_ENTITIES:
        entities = _first(entities)
    found = find(text)
    if found:
        entities = add(entities, found) if entities else found
        entities = [entity for entity in entities if entity["type"] != "bank_card"]
    return text, entities


def _cleaned(text: str, entities: list[Json]) -> Formatted:
    """Clean a text and move its entities; raises ApiError for one that doesn't lie in it."""
    cleaned = clean(text)
    _check_places(text, entities)
    if len(cleaned) == len(text):
        return cleaned, entities
    gone = utf16_offsets(text, [match.start() for match in DROPPED.finditer(text)])
    moved = []
    for entity in entities:
        start, end = (place - bisect_left(gone, place) for place in span(entity))
        moved.append(entity | {"offset": start, "length": end - start})
    return cleaned, moved


def _check_places(text: str, entities: list[Json]) -> None:
    """Raise ApiError for entities that begin or end within a character, or outside the text."""
    size = utf16_length(text)
    if size > len(text):
        inner = set(halves(text))
        broken = [(place, entity) for entity in entities for place in span(entity) if place in inner]
        if broken:
            place, entity = min(broken, key=lambda pair: pair[0])
            raise _half(text, place, entity)
    late = [entity for entity in entities if entity["offset"] > size]
    if late:
        where = f"UTF-16 offset {late[0]['offset']}"
        raise bad_request(f"entity begins after the end of the text at {where}")
    long = [entity for entity in entities if span(entity)[1] > size]
    if long:
        start, end = span(long[-1])
        begun = f"entity beginning at UTF-16 offset {start}"
        raise bad_request(f"{begun} ends after the end of the text at UTF-16 offset {end}")


def _half(text: str, place: int, entity: Json) -> Exception:
    before = text.encode("utf-16-le")[: 2 * (place + 1)].decode("utf-16-le")
    where = f"in a middle of a UTF-16 symbol at byte offset {len(before.encode())}"
    if entity["offset"] == place:
        return bad_request(f"entity begins {where}")
    return bad_request(f"entity beginning at UTF-16 offset {entity['offset']} ends {where}")


def _trimmed(text: str, entities: list[Json]) -> Formatted:
    """Cut spaces and line ends off the end, and off the start as far as no entity begins there."""
    stripped = text.rstrip(SPACES)
    if not stripped:
        return "", []
    if not entities:
        return stripped.lstrip(SPACES), []
    if len(stripped) < len(text):
        size = utf16_length(stripped)
        entities = [entity for entity in entities if entity["offset"] < size]
        entities = sorted((_shortened(entity, size) for entity in entities), key=rank)
    first = entities[0]["offset"] if entities else len(stripped)
    left = min(len(stripped) - len(stripped.lstrip(SPACES)), first)
    if left:
        entities = [entity | {"offset": entity["offset"] - left} for entity in entities]
    return stripped[left:], entities


def _shortened(entity: Json, size: int) -> Json:
    start, end = span(entity)
    return entity if end <= size else entity | {"length": size - start}


def _first(entities: list[Json]) -> list[Json]:
    """Keep the first hundred: a style counts as often as it is on, and after everything else."""
    firm = [entity for entity in entities if entity["type"] not in STYLES]
    free = [entity for entity in firm if entity["type"] == "custom_emoji"]
    firm = [entity for entity in firm if entity["type"] != "custom_emoji"][:MAX_ENTITIES]
    styles = cut([], [entity for entity in entities if entity["type"] in STYLES])
    return nest(firm + free + styles[: MAX_ENTITIES - len(firm)])
