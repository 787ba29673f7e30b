"""Entities that a bot sends instead of a markup."""

from typing import Any

from bot.sandbox.markup.source import date
from bot.sandbox.nesting import KINDS
from bot.sandbox.text import clean
from bot.sandbox.urls import UnusableUrlError, checked_url, user_of
from bot.sandbox.wire import ApiError, Json, bad_request

_MAX_ID = 2**63
_FARTHEST = 1_000_000  # UTF-16 units
# What an entity must carry besides its place.
_NEEDS = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
# What Telegram finds by itself, it lets nobody say.
_FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})


def read_entities(entities: Any) -> list[Json]:
    """Read a bot's entities; raises ApiError for what is none."""
    if not entities:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    found = [_read(entity) for entity in entities]
    for entity in found:
        for name in ("offset", "length"):
            if not 0 <= entity[name] <= _FARTHEST:
                raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
    return [entity for entity in found if entity["length"] > 0 and entity["type"] not in _FOUND]


def checked(entity: Json) -> Json:
    """Return an entity that markup made with its arguments clean; raises ApiError for what that spoils."""
    if entity["type"] == "text_link":
        return entity | _link(entity["url"])
    if "language" in entity:
        return entity | {"language": clean(entity["language"])}
    return entity


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
        entity |= _argument(kind, needed, raw)
    if kind == "pre" and raw.get("language"):
        entity["language"] = clean(str(raw["language"]))
    return entity


def _argument(kind: str, name: str, raw: Json) -> Json:
    value = raw[name]
    if kind == "text_link":
        return _link(str(value))
    if kind == "text_mention":
        return {"user_id": value.get("id", 0) if isinstance(value, dict) else 0, "strict": True}
    digits = str(value)
    if not digits.isascii() or not digits.isdigit() or int(digits) >= _MAX_ID:
        raise _unreadable(f'Field "{name}" must be a valid Number')
    if kind == "custom_emoji":
        return {name: digits}
    made = date(digits, str(raw.get("date_time_format") or ""))
    if not made:
        raise bad_request("invalid date specified")
    return made


def _link(url: str) -> Json:
    url = clean(url)
    user_id = user_of(url)
    if user_id:
        return {"type": "text_mention", "user_id": user_id, "strict": True}
    try:
        return {"url": checked_url(url)}
    except UnusableUrlError as error:
        raise bad_request(f"entity URL '{url}' is invalid: {error}") from None


def _unreadable(what: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {what}")
