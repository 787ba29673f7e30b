"""Keyboards under a message: checked as Telegram checks them, refused in its words."""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox.text import clean, utf16_length
from bot.sandbox.urls import UnusableUrlError, checked_url
from bot.sandbox.wire import ApiError, Json, bad_request

MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
MAX_PLACEHOLDER = 64
MAX_BUTTONS = 100
MAX_REQUEST_USERS = 10
_STYLES = frozenset({"danger", "success", "primary"})
_REPLY_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective", "force_reply")
_CHOSEN_CHATS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
_REPLY_KINDS = (
    "request_users",
    "request_chat",
    "request_contact",
    "request_location",
    "request_poll",
    "request_managed_bot",
    "web_app",
)

Refuse = Callable[[str], ApiError]


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
        rows = _rows(raw["inline_keyboard"], "inline_keyboard", _inline_button)
        asks = check_flags(raw, ("force_reply",), bad_request, "field")
        return {"inline_keyboard": rows} | asks if rows else None
    if "keyboard" in raw:
        return _reply(raw)
    return _short(raw)


def inline_only(markup: Json | None) -> Json | None:
    """Refuse what can't stand under an edited message."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def check_flags(raw: Json, names: tuple[str, ...], refuse: Refuse, first: str = "Field") -> Json:
    """Return the flags that are set; raises ApiError for one that is no boolean."""
    for name in names:
        if name in raw and not isinstance(raw[name], bool):
            raise refuse(f'{first} "{name}" must be of type Boolean')
    return {name: True for name in names if raw.get(name)}


# Keys under the input field


def _reply(raw: Json) -> Json | None:
    rows = _rows(raw["keyboard"], "keyboard", _reply_button)
    flags = check_flags(raw, _REPLY_FLAGS, bad_request, "field")
    return {"keyboard": rows} | flags | _placeholder(raw) if rows else None


def _short(raw: Json) -> Json | None:
    for name in ("remove_keyboard", "force_reply"):
        found = check_flags(raw, (name, "selective"), bad_request, "field")
        if name in found:
            return found | _placeholder(raw)
    return None


def _placeholder(raw: Json) -> Json:
    text = raw.get("input_field_placeholder", "")
    if not isinstance(text, str) or utf16_length(text) > MAX_PLACEHOLDER:
        raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
    return {"input_field_placeholder": text} if text else {}


def _rows(rows: Any, field: str, parse: Callable[[Any], Json]) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    found = [[parse(button) for button in row] for row in rows]
    if sum(map(len, found)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in found if row]


def _reply_button(raw: Any) -> Json:
    def refuse(what: str) -> ApiError:
        return bad_request(f"can't parse keyboard button: {what}")

    button = _labelled({"text": raw} if isinstance(raw, str) else raw, refuse)
    kinds = [kind for kind in _REPLY_KINDS if raw.get(kind)] if isinstance(raw, dict) else []
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    for kind in kinds:
        button[kind] = _reply_value(kind, raw[kind], refuse)
    return button


def _reply_value(kind: str, value: Any, refuse: Refuse) -> Any:
    if kind == "web_app":
        return _web_app(value, "keyboard")
    if kind not in ("request_users", "request_chat", "request_managed_bot"):
        return value
    if not isinstance(value, dict) or not isinstance(value.get("request_id"), int):
        raise refuse('Can\'t find field "request_id"')
    if kind == "request_users" and not 1 <= value.get("max_quantity", 1) <= MAX_REQUEST_USERS:
        raise bad_request("BUTTON_QUANTITY_MAX_INVALID")
    return dict(value)


# Buttons under a message


def _inline_button(raw: Any) -> Json:
    def refuse(what: str) -> ApiError:
        return bad_request(f"can't parse inline keyboard button: {what}")

    button = _labelled(raw, refuse)
    # An empty string counts as no field at all.
    kinds = [
        kind for kind in _INLINE if raw.get(kind) not in (None, "") or (kind in _MAY_BE_EMPTY and kind in raw)
    ]
    if not kinds:
        raise refuse("Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    return button | {kinds[0]: _INLINE[kinds[0]](raw[kinds[0]], refuse)}


def _labelled(raw: Any, refuse: Refuse) -> Json:
    if not isinstance(raw, dict):
        raise refuse("expected an Object")
    if "text" not in raw:
        raise refuse('Can\'t find field "text"')
    if not isinstance(raw["text"], str):
        raise refuse('Field "text" must be of type String')
    button: Json = {"text": clean(raw["text"]).strip()}
    if not button["text"]:
        raise bad_request("BUTTON_TEXT_INVALID")
    if "style" in raw:
        if raw["style"] not in _STYLES:
            raise refuse("Invalid button style specified")
        button["style"] = raw["style"]
    if "icon_custom_emoji_id" in raw:
        button["icon_custom_emoji_id"] = raw["icon_custom_emoji_id"]
    return button


def _callback_data(value: Any, refuse: Refuse) -> str:
    data = _query("callback_data")(value, refuse)
    if len(data.encode("utf-8", "surrogatepass")) > MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(value: Any, _: Refuse) -> str:
    try:
        return checked_url(str(value))
    except UnusableUrlError as error:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {error}") from None


def _copy_text(value: Any, _: Refuse) -> Json:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= utf16_length(text) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


def _chosen_chat(value: Any, refuse: Refuse) -> Json:
    if not isinstance(value, dict):
        raise refuse('Field "switch_inline_query_chosen_chat" must be of type Object')
    allowed = check_flags(value, _CHOSEN_CHATS, refuse)
    if not allowed:
        raise refuse("At least one chat type must be allowed")
    return {"query": str(value.get("query", ""))} | allowed


def _web_app(value: Any, where: str) -> Json:
    url = str(value.get("url", "")) if isinstance(value, dict) else ""
    if not url.startswith("https://"):
        raise bad_request(f"{where} button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    return {"url": url}


def _disabled(value: Any, refuse: Refuse) -> Json:
    if not isinstance(value, dict):
        raise refuse('Field "disabled" must be of type Object')
    return {}


def _login(value: Any, refuse: Refuse) -> Json:
    if not isinstance(value, dict):
        raise refuse('Field "login_url" must be of type Object')
    raise bad_request("BOT_DOMAIN_INVALID")  # BotFather knows no domain of this bot


def _query(name: str) -> Callable[[Any, Refuse], str]:
    def read(value: Any, refuse: Refuse) -> str:
        if not isinstance(value, str):
            raise refuse(f'Field "{name}" must be of type String')
        return value

    return read


def _never(_: Any, __: Refuse) -> Json:
    raise bad_request("BUTTON_TYPE_INVALID")  # games and invoices have messages of their own


_MAY_BE_EMPTY = frozenset({"switch_inline_query", "switch_inline_query_current_chat"})
_INLINE: dict[str, Callable[[Any, Refuse], Any]] = {
    "url": _url,
    "callback_data": _callback_data,
    "switch_inline_query": _query("switch_inline_query"),
    "switch_inline_query_current_chat": _query("switch_inline_query_current_chat"),
    "switch_inline_query_chosen_chat": _chosen_chat,
    "copy_text": _copy_text,
    "web_app": lambda value, _: _web_app(value, "inline keyboard"),
    "login_url": _login,
    "disabled": _disabled,
    "callback_game": _never,
    "pay": _never,
}
