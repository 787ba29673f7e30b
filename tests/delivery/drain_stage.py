"""A drain with its store and a Telegram that one can read, on a loop whose time jumps."""

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from fake_store import FakeStore
from jumping_loop import LoopClock

from bot.delivery.drain import Drain
from bot.delivery.flights import Made
from bot.delivery.pace import Pace
from bot.messages import (
    Message,
    MessageKind,
    Outcome,
    Priority,
    Row,
    Sent,
)

Answer = Callable[[Row], Outcome]
LOOK_EVERY = timedelta(seconds=0.1)  # where other processes queue too


class Telegram:
    """Takes calls, remembers when each came, and answers after a while."""

    def __init__(self, answer: Answer | None = None, latency: float = 0.05) -> None:
        self.answer = answer or (lambda _row: Sent(1))
        self.latency = latency
        self.calls: list[tuple[float, Row]] = []
        self.in_air: set[int] = set()
        self.most = 0

    def ids(self) -> list[int]:
        """Name the rows that were called for, in order."""
        return [row.id for _at, row in self.calls]

    async def prepare(self, rows: Sequence[Row]) -> list[Made]:
        """Render rows."""
        return [await self.made(row) for row in rows]

    async def made(self, row: Row) -> Made:
        """Render a row: there is nothing to it."""

        async def send() -> Outcome:
            chat = row.message.chat
            assert chat not in self.in_air, "two calls to one chat at once"
            self.in_air.add(chat)
            self.most = max(self.most, len(self.in_air))
            self.calls.append((asyncio.get_running_loop().time(), row))
            try:
                await asyncio.sleep(self.latency)
            finally:
                self.in_air.discard(chat)
            return self.answer(row)

        return send


class Stage:
    """A drain with its store and its Telegram; `others` may queue too, and wake nobody."""

    def __init__(
        self, telegram: Telegram | None = None, pace: Pace | None = None, *, others: bool = False
    ) -> None:
        self.clock = LoopClock()
        self.store = FakeStore()
        self.telegram = telegram or Telegram()
        self.wake = asyncio.Event()
        self.told: list[Row] = []
        self.drain = Drain(
            self.store,
            self.telegram.prepare,
            clock=self.clock,
            pace=pace or Pace(),
            on_unreachable=self._tell,
            wake=self.wake,
            noise=random.Random(1).random,  # noqa: S311 (a seed, not a secret)
            **({"look_every": LOOK_EVERY, "glance": self._due} if others else {}),  # type: ignore[arg-type]
        )

    async def _due(self, now: datetime) -> bool:
        return any(entry.due <= now for entry in self.store.queued())

    async def _tell(self, _unit: object, row: Row) -> None:
        self.told.append(row)

    def put(
        self,
        chat: int,
        priority: Priority = Priority.MORNING,
        kind: MessageKind = MessageKind.PROMPT,
        **more: object,
    ) -> int:
        """Queue a message and wake the drain."""
        made = self.store.put(Message(kind, chat, priority=priority, **more), self.clock.now())  # type: ignore[arg-type]
        self.wake.set()
        return made

    async def play(self, seconds: float) -> None:
        """Drain for so long, then stop."""
        task = asyncio.ensure_future(self.drain.run())
        await asyncio.sleep(seconds)
        self.drain.stop()
        await task
