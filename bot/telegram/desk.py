"""The desk: what the handlers of one update work with, and where a failure is left for the intake."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram.ext import CallbackContext

from bot.telegram.ports import Unit


@dataclass
class Desk:
    """One update's unit of work; `failure` is what a handler raised."""

    unit: Unit
    update_id: int
    failure: Exception | None = None


DESK: ContextVar[Desk] = ContextVar("DESK")


async def hand_back(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Leave a handler's exception on the desk: `process_update` catches it and would go on."""
    del update
    DESK.get().failure = context.error
