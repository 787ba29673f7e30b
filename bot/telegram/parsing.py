"""One raw update at a time: python-telegram-bot parses a batch as a whole and fails as a whole."""

from collections.abc import Mapping
from typing import Any, TypeGuard

from telegram import Bot, Update

LARGEST = 2**63
TRAPS = frozenset({"self", "api_kwargs"})  # field names that the parser takes for its own arguments


def update_id_of(raw: Any) -> int | None:
    """Return an update's id; None where there is none."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if _is_id(found) else None


def _is_id(found: Any) -> TypeGuard[int]:
    return isinstance(found, int) and not isinstance(found, bool) and -LARGEST <= found < LARGEST


def chat_of(raw: Mapping[str, Any]) -> int | None:
    """Return the private chat of whoever acts in an update; None where nobody does, or it can't be read."""
    acts = (raw.get(name) for name in ("message", "edited_message", "callback_query", "my_chat_member"))
    act = next((found for found in acts if isinstance(found, dict)), {})
    person = act.get("from")
    found = person.get("id") if isinstance(person, dict) else None
    return found if _is_id(found) else None


def parse(raw: Any, bot: Bot) -> Update | str:
    """Parse an update, or name the type of the exception that it cannot be parsed for."""
    try:
        return Update.de_json(_safe(raw), bot)
    except Exception as failure:  # noqa: BLE001 (the parser raises whatever a strange shape makes it)
        return type(failure).__name__


def _safe(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _safe(inner) for name, inner in value.items() if name not in TRAPS}
    if isinstance(value, list):
        return [_safe(inner) for inner in value]
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        raise OverflowError("a number that no Telegram id is, and no database holds")
    return value
