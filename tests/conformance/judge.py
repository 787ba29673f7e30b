"""Telegram's own text engine as the judge: TDLib, on which the Bot API server stands, asked without a network.

No client is ever made: `td_execute` alone answers. What it is asked for in steps, as TDLib takes them itself:
`parseTextEntities` reads markup, `parseMarkdown` cleans a text under its entities and makes these nest (of a text
without any mark that it would read), `getTextEntities` finds links, commands and the like. Trimming is three lines of
its published source that no request reaches; they are written out here.
"""

import json
from typing import Any

import tdjson

Json = dict[str, Any]
Formatted = tuple[str, list[Json]]

_MARKS = "*_~|`["
_HIDDEN = {ord(mark): 0xF700 + number for number, mark in enumerate(_MARKS)}
_SHOWN = {hidden: mark for mark, hidden in _HIDDEN.items()}
_NAMES = {
    "BankCardNumber": "bank_card",
    "BlockQuote": "blockquote",
    "Bold": "bold",
    "BotCommand": "bot_command",
    "Cashtag": "cashtag",
    "Code": "code",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "EmailAddress": "email",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Hashtag": "hashtag",
    "Italic": "italic",
    "MediaTimestamp": "media_timestamp",
    "Mention": "mention",
    "MentionName": "text_mention",
    "PhoneNumber": "phone_number",
    "Pre": "pre",
    "PreCode": "pre",
    "Spoiler": "spoiler",
    "Strikethrough": "strikethrough",
    "TextUrl": "text_link",
    "Underline": "underline",
    "Url": "url",
}
_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_INNER = ("", *_STYLES, "custom_emoji")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_MODES = {
    "HTML": {"@type": "textParseModeHTML"},
    "Markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "MarkdownV2": {"@type": "textParseModeMarkdown", "version": 2},
}


class RefusedError(Exception):
    """What Telegram's engine doesn't take; the sentence as the Bot API words it."""


def _ask(kind: str, **values: Any) -> Json:
    answer = tdjson.td_execute(json.dumps({"@type": kind, **values}).encode())
    assert answer is not None
    found: Json = json.loads(answer)
    if found["@type"] == "error":
        what = found["message"]
        raise RefusedError(f"Bad Request: {what[:1].lower()}{what[1:]}")
    return found


_ask("setLogVerbosityLevel", new_verbosity_level=0)


def version() -> str:
    """Return which TDLib this is."""
    return str(_ask("getOption", name="version")["value"])


def format_text(source: str, mode: str | None) -> Formatted:
    """Return what a bot's text becomes; raises RefusedError."""
    if mode is None:
        return _finish(source, [])
    parsed = _ask("parseTextEntities", text=source, parse_mode=_MODES[mode])
    return _finish(parsed["text"], parsed["entities"])


def format_entities(text: str, entities: list[Json]) -> Formatted:
    """Return what becomes of a text and the entities that a bot says it has; raises RefusedError."""
    return _finish(text, [_raw(entity) for entity in entities])


def found(text: str) -> list[Json]:
    """Return what a bot hears of all that Telegram finds in a text."""
    entities = [_known(entity) for entity in _ask("getTextEntities", text=text)["entities"]]
    return [entity for entity in entities if entity["type"] not in ("bank_card", "media_timestamp")]


def timestamps(text: str) -> list[tuple[int, int]]:
    """Return where Telegram finds timestamps of a video: for people it does, for bots not."""
    entities = [_known(entity) for entity in _ask("getTextEntities", text=text)["entities"]]
    return [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] == "media_timestamp"]


def _finish(text: str, raw: list[Json]) -> Formatted:
    text, raw = _trimmed(*_nested(text, raw))
    given = [_known(entity) for entity in raw]
    solid = [e for e in given if e["type"] not in _STYLES and e["type"] not in _QUOTES]
    quotes = [entity for entity in given if entity["type"] in _QUOTES]
    new = []
    for entity in _ask("getTextEntities", text=text)["entities"]:
        known = _known(entity)
        apart = not any(_meet(known, other) for other in solid)
        inside = all(not _meet(known, quote) or _within(known, quote) for quote in quotes)
        if known["type"] != "media_timestamp" and apart and inside:
            new.append(entity)
    if new and raw:
        raw = _nested(text, raw + new)[1]
    entities = [_known(entity) for entity in (raw or new)]
    return text, [entity for entity in entities if entity["type"] != "bank_card"]


def _nested(text: str, raw: list[Json]) -> tuple[str, list[Json]]:
    """Let the engine clean a text and make entities nest; its marks are hidden, for it would read them."""
    hidden = {"@type": "formattedText", "text": text.translate(_HIDDEN), "entities": raw}
    answer = _ask("parseMarkdown", text=hidden)
    return answer["text"].translate(_SHOWN), answer["entities"]


def _trimmed(text: str, raw: list[Json]) -> tuple[str, list[Json]]:
    kept = text.rstrip(" \n")
    size = len(kept.encode("utf-16-le")) // 2
    inside = [entity for entity in raw if entity["offset"] < size]
    for entity in inside:
        entity["length"] = min(entity["length"], size - entity["offset"])
    first = min((entity["offset"] for entity in inside), default=len(kept))
    left = min(len(kept) - len(kept.lstrip(" \n")), first)
    for entity in inside:
        entity["offset"] -= left
    return kept[left:], sorted(inside, key=_rank)


def _rank(raw: Json) -> tuple[int, int, int]:
    """Return the place in which the engine puts an entity: the longer first, then by kind."""
    name = _NAMES[raw["type"]["@type"].removeprefix("textEntityType")]
    inner = _INNER.index(name) if name in _INNER else 0
    return raw["offset"], -raw["length"], inner - (name in _QUOTES)


def _known(raw: Json) -> Json:
    """Return an entity as a bot gets it."""
    kind: Json = raw["type"]
    name = kind["@type"].removeprefix("textEntityType")
    entity: Json = {"type": _NAMES[name], "offset": raw["offset"], "length": raw["length"]}
    match name:
        case "PreCode":
            entity["language"] = kind["language"]
        case "TextUrl":
            entity["url"] = kind["url"]
        case "MentionName":
            entity["user_id"] = kind["user_id"]
        case "CustomEmoji":
            entity["custom_emoji_id"] = str(kind["custom_emoji_id"])
        case "DateTime":
            entity["unix_time"] = kind["unix_time"]
            form = _form(kind.get("formatting_type"))
            if form:
                entity["date_time_format"] = form
    return entity


def _raw(entity: Json) -> Json:
    """Return a bot's entity as the engine takes it; of those with an argument, links and languages."""
    name = next(name for name, kind in _NAMES.items() if kind == entity["type"])
    kind: Json = {"@type": f"textEntityType{name}"}
    if "language" in entity:
        kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
    if "url" in entity:
        kind["url"] = entity["url"]
    return {"@type": "textEntity", "offset": entity["offset"], "length": entity["length"], "type": kind}


def _form(raw: Json | None) -> str:
    if raw is None:
        return ""
    if raw["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    letters = {"None": "", "Short": "dt", "Long": "DT"}
    precise = [
        raw[name]["@type"].removeprefix("dateTimePartPrecision")
        for name in ("date_precision", "time_precision")
    ]
    day, time = (letters[name][place : place + 1] for place, name in enumerate(precise))
    return "w" * bool(raw["show_day_of_week"]) + day + time


def _meet(one: Json, other: Json) -> bool:
    (start, end), (other_start, other_end) = (
        (entity["offset"], entity["offset"] + entity["length"]) for entity in (one, other)
    )
    return bool(start < other_end and other_start < end)


def _within(one: Json, outer: Json) -> bool:
    begins = outer["offset"] <= one["offset"]
    return bool(begins and one["offset"] + one["length"] <= outer["offset"] + outer["length"])
