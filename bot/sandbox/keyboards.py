"""Keyboards under a message: checked as Telegram checks them, refused in its words."""

import json
import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.text import clean, utf16_length
from bot.sandbox.wire import ApiError, Json, bad_request

MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
MAX_PLACEHOLDER = 64
MAX_BUTTONS = 100
MAX_REQUEST_USERS = 10
_STYLES = frozenset({"danger", "success", "primary"})
_INLINE_KINDS = (
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "web_app",
    "login_url",
    "callback_game",
    "pay",
)
_REPLY_KINDS = (
    "request_users",
    "request_chat",
    "request_contact",
    "request_location",
    "request_poll",
    "request_managed_bot",
    "web_app",
)
_LINK = re.compile(
    r"(?:https?://)?[^\s/]+\.[^\s]+|https?://[^\s/]+\S*|tg://\S+|mailto:\S+|tel:\S+", re.IGNORECASE
)
_CHOSEN_CHATS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")


def parse_markup(raw: Any) -> Json | None:
    """Return a checked reply_markup, or None for none; raises ApiError as Telegram refuses."""
    if raw in (None, "", {}):
        return None
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return _inline(raw["inline_keyboard"])
    if "keyboard" in raw:
        return _reply(raw)
    return _short(raw)


def inline_only(markup: Json | None) -> Json | None:
    """Refuse what can't stand under an edited message."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _inline(rows: Any) -> Json | None:
    found = _rows(rows, "inline_keyboard", _inline_button)
    return {"inline_keyboard": found} if found else None


def _reply(raw: Json) -> Json | None:
    rows = _rows(raw["keyboard"], "keyboard", _reply_button)
    if not rows:
        return None
    placeholder = raw.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or utf16_length(placeholder) > MAX_PLACEHOLDER:
        raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
    flags = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
    kept = {name: bool(raw[name]) for name in flags if raw.get(name)}
    return {"keyboard": rows} | kept | ({"input_field_placeholder": placeholder} if placeholder else {})


def _short(raw: Json) -> Json | None:
    for name in ("remove_keyboard", "force_reply"):
        if raw.get(name) is True:
            return {name: True} | {
                key: raw[key] for key in ("selective", "input_field_placeholder") if key in raw
            }
    return None


def _rows(rows: Any, field: str, parse: Callable[[Any], Json]) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" of the ReplyMarkup must be an Array')
    found = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{field}" of the ReplyMarkup must be an Array of Arrays')
        found.append([parse(button) for button in row])
    if sum(map(len, found)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return [row for row in found if row]


def _inline_button(raw: Any) -> Json:
    def refusal(what: str) -> ApiError:
        return bad_request(f"can't parse inline keyboard button: {what}")

    if not isinstance(raw, dict):
        raise refusal("InlineKeyboardButton must be an Object")
    button = _labelled(raw, refusal)
    kinds = [kind for kind in _INLINE_KINDS if kind in raw]
    if not kinds:
        raise refusal("Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    return button | {kinds[0]: _inline_value(kinds[0], raw[kinds[0]])}


def _labelled(raw: Json, refusal: Callable[[str], ApiError]) -> Json:
    text = raw.get("text")
    if text is None:
        raise refusal('Can\'t find field "text"')
    if not isinstance(text, str):
        raise refusal('Field "text" must be of type String')
    text = clean(text).strip()
    if not text:
        raise bad_request("BUTTON_TEXT_INVALID")
    button: Json = {"text": text}
    if "style" in raw:
        if raw["style"] not in _STYLES:
            raise refusal("Invalid button style specified")
        button["style"] = raw["style"]
    if "icon_custom_emoji_id" in raw:
        button["icon_custom_emoji_id"] = raw["icon_custom_emoji_id"]
    return button


def _inline_value(kind: str, value: Any) -> Any:
    match kind:
        case "callback_data":
            return _callback_data(value)
        case "url":
            return _url(value)
        case "copy_text":
            return _copy_text(value)
        case "switch_inline_query_chosen_chat":
            return _chosen_chat(value)
        case "web_app":
            return _web_app(value)
        case "switch_inline_query" | "switch_inline_query_current_chat" if not isinstance(value, str):
            raise bad_request(f'can\'t parse inline keyboard button: Field "{kind}" must be of type String')
        case _:
            return value


def _callback_data(value: Any) -> str:
    if not isinstance(value, str):
        raise bad_request('can\'t parse inline keyboard button: Field "callback_data" must be of type String')
    if not 1 <= len(value.encode("utf-8", "surrogatepass")) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _url(value: Any) -> str:
    if not isinstance(value, str) or not _LINK.fullmatch(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if value.lower().startswith(("tg://", "mailto:", "tel:")):
        return value
    whole = value if value.lower().startswith(("http://", "https://")) else f"http://{value}"
    return whole if re.match(r"https?://[^/?#]+[/?#]", whole, re.IGNORECASE) else f"{whole}/"


def _copy_text(value: Any) -> Json:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= utf16_length(text) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


def _chosen_chat(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request(
            "can't parse inline keyboard button: Object expected as switch_inline_query_chosen_chat"
        )
    if not any(value.get(kind) for kind in _CHOSEN_CHATS):
        raise bad_request("can't parse inline keyboard button: At least one chat type must be allowed")
    return {"query": str(value.get("query", ""))} | {k: True for k in _CHOSEN_CHATS if value.get(k)}


def _web_app(value: Any) -> Json:
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str) or not url.startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )
    return {"url": url}


def _reply_button(raw: Any) -> Json:
    def refusal(what: str) -> ApiError:
        return bad_request(f"can't parse keyboard button: {what}")

    if isinstance(raw, str):
        raw = {"text": raw}
    if not isinstance(raw, dict):
        raise refusal("KeyboardButton must be an Object")
    button = _labelled(raw, refusal)
    kinds = [kind for kind in _REPLY_KINDS if raw.get(kind)]
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if kinds:
        button[kinds[0]] = _request_users(raw[kinds[0]]) if kinds[0] == "request_users" else raw[kinds[0]]
    return button


def _request_users(value: Any) -> Json:
    if not isinstance(value, dict) or not isinstance(value.get("request_id"), int):
        raise bad_request("can't parse keyboard button: Can't find field \"request_id\"")
    if not 1 <= value.get("max_quantity", 1) <= MAX_REQUEST_USERS:
        raise bad_request("BUTTON_USER_INVALID")
    return dict(value)
