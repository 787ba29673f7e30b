"""What lies before a handler while it handles one update: the open unit of work.

`Application.process_update` catches what a handler raises. `hand_back`, its error handler, lays the
exception on the desk, where the intake finds it and rolls the update back.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram.ext import ApplicationHandlerStop, CallbackContext

from bot.telegram.ports import Unit


@dataclass
class Desk:
    """One update's work. Handlers use `unit`; they neither begin nor commit."""

    unit: Unit
    update_id: int
    failure: BaseException | None = None


DESK: ContextVar[Desk] = ContextVar("DESK")


async def hand_back(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Lay a handler's failure on the desk and let no other handler see the update."""
    del update
    DESK.get().failure = context.error
    raise ApplicationHandlerStop
