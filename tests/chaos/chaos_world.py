"""A sandbox that is watched: which call was accepted by which life of the bot, and whose answer was lost."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chaos_ledger import Ledger

from bot.sandbox import Fault, World
from bot.sandbox.events import EventKind
from bot.sandbox.wire import Json

LOSING = ("error", "reset", "hang")


@dataclass(frozen=True)
class Taken:
    """A message that Telegram took."""

    message: int
    chat: int
    life: int
    answer_lost: bool
    at: float  # monotonic seconds


class WatchedWorld(World):
    """Tells `on_call` of every call once it is accepted, before its answer leaves."""

    def __init__(self, ledger: Ledger, **options: Any) -> None:
        super().__init__(**options)
        self.ledger = ledger
        self.life = 0  # a new one begins with each getMe
        self.taken: list[Taken] = []
        self.first_update = self.updates.next_id
        self.struck = 0
        self.not_answered: dict[asyncio.Task[Any] | None, bool] = {}
        self.on_call: Callable[[str], None] = lambda _: None
        strike = self.faults.strike

        def watched(method: str, chat_id: int | None) -> list[Fault]:
            struck = strike(method, chat_id)
            self._note_struck(struck)
            return struck

        self.faults.strike = watched  # type: ignore[method-assign]

    def _note_struck(self, struck: Iterable[Fault]) -> None:
        struck = list(struck)
        self.struck += len(struck)
        lost = any(fault.after and fault.effect in LOSING for fault in struck)
        self.not_answered[asyncio.current_task()] = lost

    def record(self, kind: EventKind, chat_id: int | None, body: Json | Callable[[], Json]) -> None:
        """Log what happened, and look at it."""
        super().record(kind, chat_id, body)
        if kind == "call":
            self._look()
            self.on_call(self.calls[-1].method)

    def _look(self) -> None:
        call = self.calls[-1]
        lost = self.not_answered.pop(asyncio.current_task(), False)
        if call.method == "getMe":
            self.life += 1
        if call.ok and isinstance(call.result, dict) and "message_id" in call.result:
            chat, message = call.result["chat"]["id"], call.result["message_id"]
            if call.method.startswith("send"):
                self.taken.append(Taken(message, chat, self.life, lost, time.monotonic()))
            shown = call.result.get("text", call.result.get("caption", ""))
            self.ledger.see(chat, message, str(shown))
