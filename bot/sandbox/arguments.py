"""What a request asks for: parameters as strings, numbers or JSON, and files beside them.

Telegram reads every parameter from a query, a form or a JSON body alike; so do the readers here. A value that
can't be read counts as absent, unless Telegram refuses it.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.wire import Json, bad_request

_CALLED = {"reply_markup": "reply keyboard markup"}
_YES = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived."""

    data: bytes
    name: str = ""
    mime_type: str = ""


@dataclass(slots=True)
class Arguments:
    """The parameters of one call."""

    method: str
    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Return whether a parameter came and isn't empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """Read a string."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        return json.dumps(value) if isinstance(value, dict | list | bool) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Read a whole number."""
        value = self.values.get(name)
        if isinstance(value, bool) or value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def number(self, name: str, default: float = 0.0) -> float:
        """Read a number."""
        try:
            return float(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Read a boolean."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in _YES

    def json(self, name: str) -> Any:
        """Read an object or array, given as JSON text or as it is; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            self.values[name] = json.loads(value)  # read once; the log of calls shows it readable, too
        except ValueError:
            raise bad_request(f"can't parse {_CALLED.get(name, name)} JSON object") from None
        return self.values[name]
