"""What a world keeps of what happened: calls, and buttons that were pressed."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Call:
    """A request of the bot and what became of it."""

    method: str
    values: Json
    at: datetime
    code: int
    description: str
    result: Any

    @property
    def ok(self) -> bool:
        """Return whether it was done."""
        return self.code == HTTPStatus.OK

    def to_json(self) -> Json:
        """Return it as the control API gives it."""
        return {
            "method": self.method,
            "values": self.values,
            "at": self.at.isoformat(),
            "code": self.code,
            "description": self.description,
            "result": self.result,
        }


@dataclass(slots=True)
class CallbackQuery:
    """A pressed button that wants an answer."""

    query_id: str
    chat_id: int
    user_id: int
    at: datetime
    answer: Json | None = None
