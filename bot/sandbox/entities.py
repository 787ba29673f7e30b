"""Formatted text: from what was sent to the plain, trimmed text and its entities in order."""

import re
from typing import Any

from bot.sandbox.markup import parse_html
from bot.sandbox.nesting import KINDS, QUOTES, STYLES, nest, overlap, rank, span
from bot.sandbox.text import SPACES, clean, slice_utf16, utf16_length
from bot.sandbox.urls import UnusableUrlError, checked_url
from bot.sandbox.wire import Json, bad_request

MAX_ENTITIES = 100
_MAX_ID = 2**63
# Telegram knows every top-level domain; these will do for a stand-in.
_TOP = "com|org|net|edu|gov|info|io|me|app|dev|ai|co|eu|us|uk|de|fr|it|es|nl|pl|ru|ua|ch|at"
_BARE_HOST = rf"(?<![\w@./:-])(?:[a-z0-9-]+\.)+(?:{_TOP})(?![\w-])(?:[/?#][^\s<>\"']*[^\s<>\"'.,;:!?)\]}}])?"
# What Telegram finds by itself; the order is the order of precedence.
_FOUND = (
    (
        "url",
        re.compile(r"(?<![\w@./:])(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]", re.IGNORECASE),
    ),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("url", re.compile(_BARE_HOST, re.IGNORECASE)),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<![\w#&])#\w*[^\W\d]\w*")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)")),
)
_TRIGGERS = re.compile(r"[@/#$]|\.[a-z]", re.IGNORECASE)
_TRANSPARENT = QUOTES | frozenset(STYLES)
# What an entity must carry besides its place.
_NEEDS = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
_OPTIONAL = {"pre": "language", "date_time": "date_time_format"}

Formatted = tuple[str, list[Json]]


def format_text(source: str, parse_mode: str | None, entities: Any = None) -> Formatted:
    """Return what a bot's text becomes.

    Raises ApiError with Telegram's refusals. `entities` counts only without a parse mode, as in the Bot API.
    """
    mode = (parse_mode or "").lower()
    if mode == "html":
        return tidy(*parse_html(clean(source)))
    if mode in ("", "none"):
        text = clean(source)
        return tidy(text, _given(text, entities))
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"the sandbox does not parse {parse_mode}; send HTML or entities")
    raise bad_request("unsupported parse_mode")


def plain(text: str) -> Formatted:
    """Return what a person's typed text becomes: no styles, but commands, mentions and links are found."""
    return tidy(clean(text), [])


def tidy(text: str, entities: list[Json]) -> Formatted:
    """Let entities nest, drop those that cover only spaces, add what Telegram finds, and trim the text."""
    if entities:
        entities = [e for e in nest(entities) if slice_utf16(text, e["offset"], e["length"]).strip(SPACES)]
    if _TRIGGERS.search(text):
        entities = nest(entities + _detected(text, entities))
    text, entities = _trimmed(text, entities)
    return text, entities[:MAX_ENTITIES]


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
        moved.append(entity | {"offset": start, "length": min(entity["length"], end - start)})
    return stripped, sorted(moved, key=rank)


def _detected(text: str, entities: list[Json]) -> list[Json]:
    taken = [span(entity) for entity in entities if entity["type"] not in _TRANSPARENT]
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            place = (start, start + utf16_length(match.group()))
            if not any(overlap(place, other) for other in taken):
                taken.append(place)
                found.append({"type": kind, "offset": start, "length": place[1] - start})
    return found


# Entities that a bot sends instead of a markup


def _given(text: str, entities: Any) -> list[Json]:
    if not entities:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    found = [_read(entity) for entity in entities]
    end = utf16_length(text)
    for entity in found:
        _check_place(entity, end)
    return [entity for entity in found if entity["length"] > 0]


def _read(raw: Any) -> Json:
    if not isinstance(raw, dict):
        raise _unreadable("Object expected as message entity")
    kind = raw.get("type")
    for name in ("type", "offset", "length"):
        if name not in raw:
            raise _unreadable(f'Can\'t find field "{name}"')
    if kind not in KINDS:
        raise _unreadable("Unsupported type specified")
    if not all(isinstance(raw[name], int) for name in ("offset", "length")):
        raise _unreadable('Field "offset" must be of type Number')
    entity: Json = {name: raw[name] for name in ("type", "offset", "length")}
    needed = _NEEDS.get(kind)
    if needed is not None:
        if needed not in raw:
            raise _unreadable(f'Can\'t find field "{needed}"')
        entity |= _argument(kind, needed, raw[needed])
    optional = _OPTIONAL.get(kind, "")
    return entity | ({optional: str(raw[optional])} if optional in raw else {})


def _argument(kind: str, name: str, value: Any) -> Json:
    if kind == "text_link":
        try:
            return {"url": checked_url(str(value))}
        except UnusableUrlError as error:
            raise bad_request(f"entity URL '{value}' is invalid: {error}") from None
    if kind == "text_mention":
        return {"user_id": value.get("id", 0) if isinstance(value, dict) else 0, "strict": True}
    digits = str(value)
    if not digits.isascii() or not digits.isdigit() or int(digits) >= _MAX_ID:
        raise _unreadable(f'Field "{name}" must be a valid Number')
    return {name: digits if kind == "custom_emoji" else int(digits)}


def _check_place(entity: Json, end: int) -> None:
    start, stop = span(entity)
    if start < 0:
        raise bad_request(f"receive an entity with incorrect offset {start}")
    if stop < start:
        raise bad_request(f"receive an entity with incorrect length {entity['length']}")
    if start > end or (start == end and stop > end):
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if stop > end:
        begun = f"entity beginning at UTF-16 offset {start}"
        raise bad_request(f"{begun} ends after the end of the text at UTF-16 offset {stop}")


def _unreadable(what: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {what}")
