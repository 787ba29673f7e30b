"""One raw update at a time: python-telegram-bot parses a batch as a whole and fails as a whole."""

from typing import Any

from telegram import Bot, Update

TRAPS = frozenset({"self", "api_kwargs"})  # field names that the parser takes for its own arguments


def number(raw: Any) -> int | None:
    """Tell an update's id; None where there is none."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


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
    return value
