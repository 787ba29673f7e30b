"""Everything that happened, numbered, so that a page can go on where it stopped.

A reader remembers the last number it saw. Nothing between two reads is lost or given twice; when the log no
longer reaches back that far, `reset` says so and the reader starts from the chat as it is.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.wire import Json

KEPT = 20_000

EventKind = Literal["message", "edited", "deleted", "action", "answer", "call", "update", "clock", "person"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `chat_id` is None for what belongs to no chat."""

    number: int
    kind: EventKind
    chat_id: int | None
    source: Json | Callable[[], Json]

    @property
    def body(self) -> Json:
        """Return what happened; made when it is first wanted, which for most events is never."""
        return self.source() if callable(self.source) else self.source

    def to_json(self) -> Json:
        """Return it as the control API gives it."""
        return {"number": self.number, "kind": self.kind, "chat_id": self.chat_id, "body": self.body}


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader gets: the events after its number, and the number to ask from next."""

    events: list[Event]
    next: int
    reset: bool


class Bell:
    """Wake everyone who waits, once per ring."""

    def __init__(self) -> None:
        self.waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait now."""
        waiting, self.waiting = self.waiting, set()
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109  a timeout here is an answer, not an error
        """Wait for the next ring, at most `timeout` real seconds; return whether it rang."""
        return await first_ring((self,), timeout)


async def first_ring(bells: Collection[Bell], timeout: float) -> bool:  # noqa: ASYNC109 (as `Bell.wait`)
    """Wait until one of them rings, at most `timeout` real seconds; return whether one rang."""
    waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    for bell in bells:
        bell.waiting.add(waiter)
    try:
        await asyncio.wait_for(waiter, timeout)
    except TimeoutError:
        return False
    finally:
        for bell in bells:
            bell.waiting.discard(waiter)
    return True


class EventLog:
    """A bounded, numbered log with waiting readers."""

    def __init__(self, kept: int = KEPT) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self.last = 0
        self.bell = Bell()

    def add(self, kind: EventKind, chat_id: int | None, body: Json | Callable[[], Json]) -> Event:
        """Keep an event under the next number and wake the readers."""
        self.last += 1
        event = Event(self.last, kind, chat_id, body)
        self._events.append(event)
        self.bell.ring()
        return event

    def since(self, number: int) -> Page:
        """Return what came after a number."""
        oldest = self._events[0].number if self._events else self.last + 1
        if number > self.last or number < oldest - 1:
            return Page([], self.last, reset=True)
        fresh = self.last - number
        events = [self._events[index] for index in range(len(self._events) - fresh, len(self._events))]
        return Page(events, self.last, reset=False)

    def recent(self, count: int) -> list[Event]:
        """Return the newest events, oldest first."""
        return [self._events[index] for index in range(max(0, len(self._events) - count), len(self._events))]

    async def wait(self, number: int, seconds: float) -> Page:
        """Return what came after a number, waiting up to `seconds` for something to come."""
        page = self.since(number)
        if not page.events and not page.reset:
            await self.bell.wait(seconds)
            page = self.since(number)
        return page
