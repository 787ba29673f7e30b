"""Calls on their way: rendered a little ahead, sent when the pace lets them, one at a time for a chat.

A row is rendered first, because rendering reads the database and may have to wait there; the pace is
asked after that, so that calls arrive as evenly as they were paced. Words are held for a few places at
most, and dropped again when nothing may leave.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.delivery.lanes import Lanes
from bot.delivery.line import Line
from bot.delivery.pace import Pace, Toll, toll
from bot.messages import Outcome, Priority, Refused, Row, TokenRefused, TryLater, Withdrawn

log = logging.getLogger(__name__)

Send = Callable[[], Awaitable[Outcome]]
Prepare = Callable[[Row], Awaitable[Outcome | Send]]

AHEAD = 0.1  # seconds' worth of calls that are rendered before their time
STARVED = 1.0  # seconds after which a rendered call goes before a more urgent one
OWN_FAULTS = 8  # tries after which a row that we cannot make a call of is given up


@dataclass(frozen=True)
class Prepared:
    """A rendered call that waits for its place."""

    row: Row
    urgency: Priority
    send: Send
    since: float

    def rank(self, now: float) -> tuple[bool, Priority, float]:
        """Tell its rank among those that wait: first who has starved, then by urgency and age."""
        return not self.starved(now), self.urgency, self.since

    def starved(self, now: float) -> bool:
        """Tell whether it has been passed over for too long."""
        return now - self.since > STARVED


@dataclass(frozen=True)
class Landing:
    """A row that came back; `called` where Telegram was called for it."""

    row: Row
    outcome: Outcome
    called: bool


class Flights:
    """Calls on their way. What came back is in `landed`; `stir` is set when there is something to do."""

    def __init__(
        self, prepare: Prepare, *, clock: Clock, pace: Pace, line: Line, stir: asyncio.Event, limit: int
    ) -> None:
        self._prepare = prepare
        self._clock = clock
        self._pace = pace
        self._line = line
        self._stir = stir
        self._limit = limit
        self._ahead = max(2, int(min(pace.limit, 1000.0) * AHEAD))
        self._busy: set[int] = set()  # chats with a row that is rendered, called or not yet settled
        self._early: dict[int, Priority] = {}  # of these, those that are not called yet
        self._prepared: dict[int, Prepared] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._group: asyncio.TaskGroup | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.landed: list[Landing] = []
        self.refused: TokenRefused | None = None

    @property
    def quiet(self) -> bool:
        """Tell whether nothing is on its way."""
        return not self._tasks

    def open(self, group: asyncio.TaskGroup) -> None:
        """Fly as tasks of this group from now on."""
        self._group = group

    def launch(self, lanes: Lanes) -> None:
        """Send what may leave now, render what may leave soon, and set a timer for the next."""
        now = self._clock.monotonic()
        opens_at = max(self._line.opens_at, self._pace.closed_until)
        if opens_at > now:
            self.ground(lanes)
            self.call_at(opens_at)
            return
        limit = 1 if self._line.down or self._pace.asking else self._limit
        self._send(now, limit)
        self._render(lanes, now, limit)
        self._set_timer(lanes, now)

    def ground(self, lanes: Lanes) -> None:
        """Drop what is rendered and has not left; its rows go back to their lanes."""
        for prepared in self._prepared.values():
            lanes.put_back(prepared.row)
            self.free(prepared.row)
            del self._early[prepared.row.message.chat]
        self._prepared.clear()

    def free(self, row: Row) -> None:
        """Let a chat's next row fly: this one is settled, or has not left."""
        self._busy.discard(row.message.chat)

    def call_at(self, moment: float) -> None:
        """Stir at a moment (monotonic), in place of any set before."""
        if self._timer is not None:
            self._timer.cancel()
        delay = max(0.0, moment - self._clock.monotonic())
        self._timer = asyncio.get_running_loop().call_later(delay, self._stir.set)

    async def land(self, grace: float) -> None:
        """Wait for what is in the air for `grace` seconds and drop the rest."""
        if self._timer is not None:
            self._timer.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _send(self, now: float, limit: int) -> None:
        for prepared in sorted(self._prepared.values(), key=lambda waiting: waiting.rank(now)):
            if len(self._tasks) >= limit:
                return
            cost = self._cost(prepared, now)
            chat = prepared.row.message.chat
            if self._pace.ready_at(chat, now, cost) <= now:
                self._pace.take(chat, now, cost)
                del self._prepared[chat], self._early[chat]
                self._start(self._call(prepared))

    def _render(self, lanes: Lanes, now: float, limit: int) -> None:
        if not lanes:
            return
        room = {kind: self._room(kind, limit) for kind in Priority}

        def may(row: Row, urgency: Priority) -> bool:
            chat = row.message.chat
            if room[urgency] <= 0 or chat in self._busy:
                return False
            return toll(row) is Toll.FREE or self._pace.chat_ready_at(chat) <= now + AHEAD

        while any(left > 0 for left in room.values()) and (picked := lanes.pick(may)) is not None:
            row, urgency = picked
            room[urgency] -= 1
            if limit == 1:
                room = dict.fromkeys(Priority, 0)
            self._busy.add(row.message.chat)
            self._early[row.message.chat] = urgency
            self._start(self._prepare_one(row, urgency))

    def _room(self, urgency: Priority, limit: int) -> int:
        """Count how many more of a kind may be rendered: replies as many as fly, others a little ahead."""
        if limit == 1:
            return 1 - len(self._tasks) - len(self._prepared)
        most = limit if urgency is Priority.REPLY else self._ahead
        return most - sum(1 for other in self._early.values() if other is urgency)

    def _cost(self, prepared: Prepared, now: float) -> Toll:
        cost = toll(prepared.row)
        if cost is Toll.PATIENT and (prepared.urgency is Priority.REPLY or prepared.starved(now)):
            return Toll.WAITING
        return cost

    def _set_timer(self, lanes: Lanes, now: float) -> None:
        places = [
            self._pace.ready_at(chat, now, self._cost(prepared, now))
            for chat, prepared in self._prepared.items()
        ]
        rested = [self._pace.chat_ready_at(chat) - AHEAD for chat in lanes.chats() if chat not in self._busy]
        # What could leave now waits for a flight to land, which stirs by itself.
        coming = [moment for moment in places + rested if moment > now]
        if coming:
            self.call_at(min(coming))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._group is None:
            raise RuntimeError("flights need a group to fly in")
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._arrived)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._stir.set()

    async def _prepare_one(self, row: Row, urgency: Priority) -> None:
        made = await self._made(row)
        if callable(made):
            self._prepared[row.message.chat] = Prepared(row, urgency, made, self._clock.monotonic())
        else:
            del self._early[row.message.chat]
            self.landed.append(Landing(row, made, called=False))

    async def _made(self, row: Row) -> Outcome | Send:
        not_after = row.message.not_after
        if not_after is not None and self._clock.now() > not_after:
            return Withdrawn()
        try:
            return await self._prepare(row)
        except Exception as failure:  # noqa: BLE001 (one row's fault must not stop the others)
            return _faulty(row, failure)

    async def _call(self, prepared: Prepared) -> None:
        row = prepared.row
        try:
            outcome = await prepared.send()
        except TokenRefused as refusal:
            self.refused = refusal
        except Exception as failure:  # noqa: BLE001 (the sender raises nothing else; its callers might)
            self.landed.append(Landing(row, _faulty(row, failure), called=False))
        else:
            self.landed.append(Landing(row, outcome, called=True))


def _faulty(row: Row, failure: Exception) -> Outcome:
    """Try again what we could not do ourselves, and give it up after some tries: it holds its chat up."""
    log.error("%s (row %s) could not be made: %s", row.message.kind, row.id, type(failure).__name__)
    return Refused("cannot be made") if row.attempts >= OWN_FAULTS else TryLater()
