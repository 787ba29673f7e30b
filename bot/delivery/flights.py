"""Calls in flight: rendered a little ahead, sent when the pace lets them, one at a time for a chat.

A row is rendered first, because rendering reads the database and may have to wait there; the pace is
asked after that, so that calls arrive as evenly as they were paced. Words are held for a few places at
most, and dropped again when nothing may leave.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.delivery.lanes import Lanes
from bot.delivery.line import CircuitBreaker
from bot.delivery.pace import Pace, Toll, toll
from bot.messages import Handed, Outcome, Priority, Refused, Row, TokenRefused, TryLater, Withdrawn
from bot.practice.ids import RowId
from storage.errors import StorageError

log = logging.getLogger(__name__)

Send = Callable[[], Awaitable[Outcome]]
Made = Outcome | Send | Exception
Prepare = Callable[[Sequence[Row]], Awaitable[Sequence[Made]]]
"""Renders rows: into outcomes where there is nothing to call, calls to make, or what went wrong with a row."""

AHEAD = 0.1  # seconds' worth of calls that are rendered before their time
BEHIND = 4  # rows of one chat that are rendered together with its first
STARVED = 1.0  # seconds after which a rendered call goes before a more urgent one
OWN_FAULTS = 8  # tries after which a row that we cannot make a call of is given up
TROUBLED = TryLater(timedelta(seconds=1))  # the database's fault, which counts as nobody's try


@dataclass(frozen=True)
class Returned:
    """A row that came back; `called` where Telegram was called for it."""

    row: Row
    outcome: Outcome
    called: bool


@dataclass(frozen=True)
class Prepared:
    """A rendered call that waits for its place."""

    row: Row
    urgency: Priority
    send: Send
    since: float
    changes: int | None  # what had changed when it was rendered; None where it went first in its chat
    before: tuple[Returned, ...] = ()  # rows before it that needed no call

    def rank(self, now: float) -> tuple[bool, Priority, float]:
        """Tell its rank among those that wait: first who has starved, then by urgency and age."""
        return not self.starved(now), self.urgency, self.since

    def starved(self, now: float) -> bool:
        """Tell whether it has been passed over for too long."""
        return now - self.since > STARVED


class Flights:
    """Calls on their way. What came back is in `landed`; `stir` is set when there is something to do.

    The rows of a chat that may leave soon are rendered together, and called one after the other. What is
    rendered behind another row is rendered anew where anything has changed meanwhile, by `changes`. `may` is asked
    right before a call: another process may send by now.
    """

    def __init__(
        self,
        prepare: Prepare,
        *,
        clock: Clock,
        pace: Pace,
        line: CircuitBreaker,
        stir: asyncio.Event,
        limit: int,
        changes: Callable[[], int],
        may: Callable[[], bool] = lambda: True,
    ) -> None:
        self._prepare = prepare
        self._clock = clock
        self._pace = pace
        self._line = line
        self._stir = stir
        self._limit = limit
        self._changes = changes
        self._may = may
        self._ahead = max(2, int(min(pace.limit, 1000.0) * AHEAD))
        self._busy: set[int] = set()  # chats with a row that is rendered, called or not yet settled
        self._early: dict[int, Priority] = {}  # of these, those whose first row is not called yet
        self._chains: dict[int, deque[Prepared]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._group: asyncio.TaskGroup | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.landed: list[Returned] = []
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
        for chat in list(self._chains):
            self.hold(chat, lanes)

    def hold(self, chat: int, lanes: Lanes) -> None:
        """Drop what is rendered for a chat and has not left; its rows go back to their lane."""
        for prepared in reversed(self._chains.pop(chat, ())):
            for row in (prepared.row, *(landing.row for landing in reversed(prepared.before))):
                lanes.put_back(row)
        if self._early.pop(chat, None) is not None:
            self._busy.discard(chat)

    def free(self, row: Row, lanes: Lanes) -> None:
        """Let a chat's next row fly: this one is settled, or has not left."""
        chat = row.message.chat
        chain = self._chains.get(chat)
        if chat in self._early:
            return
        if chain and chain[0].changes == self._changes():
            self._early[chat] = chain[0].urgency
        else:
            self.hold(chat, lanes)
            self._busy.discard(chat)

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

    def _firsts(self) -> dict[int, Prepared]:
        """Give what may be called next, by chat."""
        return {chat: chain[0] for chat, chain in self._chains.items() if chat in self._early}

    def _send(self, now: float, limit: int) -> None:
        for prepared in sorted(self._firsts().values(), key=lambda waiting: waiting.rank(now)):
            if len(self._tasks) >= limit or not self._may():
                return
            cost = self._cost(prepared, now)
            chat = prepared.row.message.chat
            if self._pace.ready_at(chat, now, cost) <= now:
                self._pace.take(chat, now, cost)
                del self._early[chat]
                self._chains[chat].popleft()
                if not self._chains[chat]:
                    del self._chains[chat]
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

        picked: list[list[tuple[Row, Priority]]] = []
        while any(left > 0 for left in room.values()) and (found := lanes.pick(may)) is not None:
            row, urgency = found
            room[urgency] -= 1
            behind = self._pace.places(row.message.chat, now + AHEAD)
            if limit == 1:
                room, behind = dict.fromkeys(Priority, 0), 0
            self._busy.add(row.message.chat)
            self._early[row.message.chat] = urgency
            picked.append([found, *lanes.take(row.message.chat, min(behind, BEHIND) - 1)])
        if picked:
            self._start(self._make(picked, lanes))

    def _room(self, urgency: Priority, limit: int) -> int:
        """Count how many more of a kind may be rendered: replies as many as fly, others a little ahead."""
        if limit == 1:
            return 1 - len(self._tasks) - len(self._firsts())
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
            for chat, prepared in self._firsts().items()
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

    async def _make(self, picked: Sequence[Sequence[tuple[Row, Priority]]], lanes: Lanes) -> None:
        """Render rows, in one unit of work for all of them."""
        changes = self._changes()
        rows = [row for of_chat in picked for row, _ in of_chat if not self._late(row)]
        try:
            found = await self._prepare(rows)
        except StorageError as trouble:
            log.warning("%d messages wait to be made: %s", len(rows), trouble)
            found = [TROUBLED] * len(rows)
        except Exception as failure:  # noqa: BLE001 (nobody's fault must stop the others)
            found = [failure] * len(rows)
        made = {row.id: result for row, result in zip(rows, found, strict=True)}
        for of_chat in picked:
            self._line_up(of_chat, made, changes, lanes)

    def _late(self, row: Row) -> bool:
        not_after = row.message.not_after
        return not_after is not None and self._clock.now() > not_after

    def _line_up(
        self, rows: Sequence[tuple[Row, Priority]], made: Mapping[RowId, Made], changes: int, lanes: Lanes
    ) -> None:
        """Line up a chat's rendered rows; what stands behind the last that can be called is looked at again."""
        chat, since = rows[0][0].message.chat, self._clock.monotonic()
        chain: deque[Prepared] = deque()
        before: list[Returned] = []
        for row, urgency in rows:
            result = made.get(row.id, Withdrawn())
            if callable(result):
                rendered_for = changes if chain or before else None
                chain.append(Prepared(row, urgency, result, since, rendered_for, tuple(before)))
                before = []
                continue
            outcome = _faulty(row, result) if isinstance(result, Exception) else result
            before.append(Returned(row, outcome, called=False))
            if isinstance(outcome, TryLater):
                break
        if chain:
            self._chains[chat] = chain
            before = []
        else:
            self.landed += before
            del self._early[chat]
        lined_up = sum(1 + len(prepared.before) for prepared in chain) + len(before)
        for row, _ in reversed(rows[lined_up:]):
            lanes.put_back(row)

    async def _call(self, prepared: Prepared) -> None:
        row = prepared.row
        try:
            outcome = await prepared.send()
        except TokenRefused as refusal:
            self.refused = refusal
        except Exception as failure:  # noqa: BLE001 (the sender raises nothing else; its callers might)
            self.landed += (*prepared.before, Returned(row, _faulty(row, failure), called=False))
        else:
            called = not isinstance(outcome, Handed)  # that says nothing of the line
            self.landed += (*prepared.before, Returned(row, outcome, called=called))


def _faulty(row: Row, failure: Exception) -> Outcome:
    """Try again what we could not do ourselves, and give it up after some tries: it holds its chat up."""
    if isinstance(failure, StorageError):
        return TROUBLED
    log.error("%s (row %s) could not be made: %s", row.message.kind, row.id, type(failure).__name__)
    return Refused("cannot be made") if row.attempts >= OWN_FAULTS else TryLater()
