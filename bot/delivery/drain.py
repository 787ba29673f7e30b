"""The drain, the outbox's relay: its rows go to Telegram at least once, and are settled.

    lease -> lanes -> render -> pace -> call -> settle

The law: of one chat one row is on its way at a time, in order, and the next leaves when it is settled. A
call's outcome is decided purely (backoff.py) and written down in one unit of work together with whatever
else came back meanwhile. A leased row that has not left is given back: by a stop, by a line that is down,
and at the start, when it is from a process that is no more.

`prepare(rows)` renders rows: of each it returns the outcome where there is nothing to call, or the call itself,
to be made when the pace lets it.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions.store import Lease, NextDue, Store, Unit
from bot.clock import Clock
from bot.delivery.backoff import Again, GiveUp, RetryDecision, decide
from bot.delivery.flights import Flights, Prepare, Returned
from bot.delivery.judge import Judge
from bot.delivery.lanes import Lanes
from bot.delivery.line import CircuitBreaker
from bot.delivery.pace import Pace
from bot.messages import Handed, MessageKind, Outcome, Priority, Refused, Row, TryLater, Unreachable
from bot.practice.ids import RowId
from bot.supervise import heed_cancellation
from bot.vitals import Vitals
from storage.errors import StorageError, Unsure

log = logging.getLogger(__name__)

FLIGHTS = 16  # calls in the air at once
GRACE = 3.0  # seconds that a stop waits for calls in the air
SECOND = 1.0
FEWEST, MOST = 8, 200  # rows leased ahead: about a second's worth, within these
LONG_LANE = 4  # rows of one chat after which no more of them are leased
REPLIES = 8  # leased at once when something new was queued
LONGEST_LOOK = timedelta(hours=1)  # between two looks into the outbox, and the longest pause of a row
LONGEST_TROUBLE = timedelta(seconds=30)  # between two tries to write to the database
SHARE = 2  # rows of each less urgent kind, leased where a more urgent kind fills a lease

OnUnreachable = Callable[[Unit, Row], Awaitable[None]]
FollowUp = Callable[[Unit, Row, Outcome], Awaitable[None]]
"""What an outcome leads to, in the unit of work in which it is written down."""
OnRefused = Callable[[Unit, Row, Refused], Awaitable[None]]
Glance = Callable[[datetime], Awaitable[bool]]
"""Tells whether anything is due by then, for less than a unit of work costs."""


async def _nothing(_unit: Unit, _row: Row, _refused: Refused) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Look:
    """A look into the outbox; what it finds is known once its unit of work is committed."""

    leases: Sequence[Lease]
    asked: int  # of the first lease
    passing: bool = False  # some chats were passed over
    due: NextDue | None = None  # None: a look at replies alone

    @property
    def full(self) -> bool:
        """Tell whether there may be more."""
        return self.leases[0].found >= self.asked

    @property
    def rows(self) -> list[Row]:
        """Return what is leased."""
        return [row for lease in self.leases for row in lease.rows]


class Drain:
    """Sends the outbox, until stopped or cancelled. `wake` is set by whoever has queued something.

    Where other processes queue too it looks every `look_every`; while nothing goes on, it only takes a `glance`
    then. What is leased leaves only while it `leads`.
    """

    def __init__(
        self,
        store: Store,
        prepare: Prepare,
        *,
        clock: Clock,
        pace: Pace,
        on_unreachable: OnUnreachable,
        on_refused: OnRefused = _nothing,
        wake: asyncio.Event,
        vitals: Vitals | None = None,
        follow_ups: Mapping[MessageKind, FollowUp] | None = None,
        noise: Callable[[], float] = random.random,
        flights: int = FLIGHTS,
        leads: Callable[[], bool] = lambda: True,
        look_every: timedelta = LONGEST_LOOK,
        glance: Glance | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._pace = pace
        self._on_unreachable = on_unreachable
        self._on_refused = on_refused
        self._follow_ups = follow_ups or {}
        self._wake = wake
        self._vitals = vitals or Vitals()
        self._noise = noise
        self._stir = asyncio.Event()
        self._line = CircuitBreaker()
        self._judge = Judge(self._line, pace)
        self._lanes = Lanes()
        self._flights = Flights(
            prepare,
            clock=clock,
            pace=pace,
            line=self._line,
            stir=self._stir,
            limit=flights,
            changes=lambda: store.changes,
            may=leads,
        )
        self._leads = leads
        self._look_every = look_every
        self._glance = glance
        self._batch = int(max(FEWEST, min(MOST, pace.limit)))
        self._unsettled: list[tuple[Returned, RetryDecision]] = []
        self._doubtful: set[RowId] = set()  # of which a call may have been taken, and another is made
        self._fresh = True  # what an earlier process leased is not given back yet
        self._unsure = False  # whether a lease of ours was kept: nothing leaves until all are given back
        self._news = True  # something may have been queued since the last look
        self._more = True  # the last look did not see all that was due
        self._full = False  # it leased as much as it may: a less urgent kind may wait behind it
        self._turning = False
        self._look_at: datetime | None = None
        self._troubles = 0  # units that failed in a row
        self._trouble_until = 0.0
        self._stopping = False

    def stop(self) -> None:
        """Ask for a graceful end."""
        self._stopping = True
        self._stir.set()

    async def run(self) -> None:
        """Send until stopped or cancelled; then finish what is in the air and give back the rest.

        Raises TokenRefused.
        """
        async with asyncio.TaskGroup() as group:
            self._flights.open(group)
            listener = group.create_task(self._listen())
            try:
                while not self._stopping and self._flights.refused is None:
                    await self._step()
            finally:
                listener.cancel()
                await self._finish()
        if self._flights.refused is not None:
            raise self._flights.refused

    async def _listen(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            self._news = True
            self._line.hint()
            self._stir.set()

    async def _step(self) -> None:
        self._vitals.step("drain")
        self._stir.clear()
        self._decide()
        if not self._troubled():
            await self._turn()
        if self._troubled():
            # The database cannot be written to: what left now could not be settled.
            self._flights.ground(self._lanes)
            self._flights.call_at(self._trouble_until)
        elif not self._unsure:
            self._flights.launch(self._lanes)
        await self._clock.wait(None if self._more else self._look_at, self._stir)

    def _decide(self) -> None:
        """Decide on what came back, once; units of work may fail and be tried again."""
        landed, self._flights.landed = self._flights.landed, []
        for landing in landed:
            if isinstance(landing.outcome, TryLater) and landing.outcome.doubtful:
                self._doubtful.add(landing.row.id)
            if isinstance(landing.outcome, TryLater | Unreachable):
                self._flights.hold(landing.row.message.chat, self._lanes)
            step = self._judge.judge(landing, self._clock.monotonic(), self._noise())
            if step is None:
                self._lanes.put_back(landing.row)
                self._flights.free(landing.row, self._lanes)
            else:
                self._unsettled.append((landing, step))

    def _troubled(self) -> bool:
        return self._clock.monotonic() < self._trouble_until

    def _shut(self) -> bool:
        """Tell whether nothing may leave for a while."""
        now = self._clock.monotonic()
        return self._line.opens_at > now or self._pace.closed_until > now + SECOND

    def ride(self, unit: Unit) -> Callable[[], None] | None:
        """Look into the outbox in somebody else's unit of work, which has queued something: a commit less.

        Returns what to do once that is committed; None where nothing may be looked for now.
        """
        if self._fresh or self._stopping or self._turning or self._troubled() or not self._may_look():
            return None
        if not self._leads():
            return None
        look, now = self._look(unit), unit.now

        def committed() -> None:
            self._line.hint()
            self._news = False
            self._took(look, now)
            self._stir.set()

        return committed

    async def _turn(self) -> None:
        """Settle what came back and lease what is wanted, in one unit of work, if there is a need."""
        quiet = self._flights.quiet
        back = self._fresh or (self._unsure and quiet) or (self._shut() and quiet and bool(self._lanes))
        if not (back or self._looking() or self._unsettled):
            return
        if back:
            self._flights.ground(self._lanes)
        settling, news, look = list(self._unsettled), self._news, None
        now = self._clock.now()  # the unit's: a clock that moves meanwhile must not put the next look off
        self._turning = True
        try:
            if self._glance and not (back or settling or news or self._lanes) and not await self._glance(now):
                self._more, self._look_at, self._troubles = False, now + self._look_every, 0
                return
            async with self._store.unit(now) as unit:
                for landing, step in settling:
                    await self._settle(unit, landing, step)
                if back:
                    # What a line that is down leaves behind was not called; of an end we don't know.
                    known = not self._fresh and not self._stopping
                    await unit.spool.release(self._doubtful if known else None)
                elif self._looking():
                    self._news = False
                    look = await self._try_one(unit) if self._line.down else self._look(unit)
        except Exception as failure:  # noqa: BLE001 (whatever storage raises, nothing is lost by waiting)
            self._news |= news
            self._unsure |= isinstance(failure, Unsure)
            self._trouble(failure)
            heed_cancellation()
        else:
            self._troubles = 0
            self._settled(settling, back=back)
            if look is not None:
                self._took(look, now)
        finally:
            self._turning = False

    def _settled(self, settling: list[tuple[Returned, RetryDecision]], *, back: bool) -> None:
        del self._unsettled[: len(settling)]
        for landing, step in settling:
            if not isinstance(step, Again):
                self._doubtful.discard(landing.row.id)
            self._flights.free(landing.row, self._lanes)
            self._vitals.called(landing.row.message.priority, landing.outcome)
            if isinstance(step, Again):
                self._look_by(self._clock.now() + step.after)
            if isinstance(step, Again) or isinstance(landing.outcome, Unreachable):
                self._lanes.drop(landing.row.message.chat)
        if back:
            self._fresh, self._unsure, self._more = False, False, True
            self._lanes.clear()
            self._stir.set()  # to look at what was given back; where all is shut, that looks no further

    def _trouble(self, failure: Exception) -> None:
        step = decide(TryLater(), self._troubles, self._noise())
        pause = min(step.after if isinstance(step, Again) else LONGEST_TROUBLE, LONGEST_TROUBLE)
        self._troubles += 1
        self._trouble_until = self._clock.monotonic() + pause.total_seconds()
        log.error(
            "The outbox cannot be used (%s), so nothing is sent. Trying again in %.0f s.",
            str(failure) if isinstance(failure, StorageError) else type(failure).__name__,
            pause.total_seconds(),
        )

    async def _settle(self, unit: Unit, landing: Returned, step: RetryDecision) -> None:
        """Write down what became of a row.

        Settle after acceptance: THE WINDOW. Between Telegram's acceptance of a call and the commit of
        this unit, a crash leaves the row leased; the next start gives it back, and the call is made
        again. Telegram has no idempotency key, so this is the one place where a crash can repeat a call:
        at most one for each chat in the air.
        """
        row, outcome = landing.row, landing.outcome
        chat = row.message.chat
        if isinstance(step, Again):
            until = self._clock.now() + step.after
            own = isinstance(outcome, TryLater) and outcome.after is None
            await unit.spool.postpone(row.id, chat, until, counted=own, doubtful=row.id in self._doubtful)
            for behind in self._lanes.of(chat):
                await unit.spool.postpone(behind.id, chat, until, counted=False)
            return
        if isinstance(step, GiveUp):
            log.warning("%s (row %s) is given up: %s", row.message.kind, row.id, step.reason)
            outcome = Refused(step.reason) if isinstance(outcome, TryLater) else outcome
        if isinstance(outcome, Handed):
            return
        await unit.spool.settle(row.id, outcome, doubtful=row.id in self._doubtful)
        await self._follow_up(unit, row, outcome)
        if isinstance(outcome, Unreachable):
            for behind in self._lanes.of(chat):
                await unit.spool.settle(behind.id, outcome)
            await self._tell(unit, row, self._on_unreachable(unit, row))
        elif isinstance(outcome, Refused):
            await self._tell(unit, row, self._on_refused(unit, row, outcome))

    async def _tell(self, unit: Unit, row: Row, telling: Awaitable[None]) -> None:
        try:
            async with unit.savepoint():
                await telling
        except StorageError:
            raise  # not the practice's fault: nothing of the unit is kept, and it is done again
        except Exception as failure:  # noqa: BLE001 (the practice's fault must not undo the settling)
            log.error("Nobody was told that row %s did not arrive: %s", row.id, type(failure).__name__)

    async def _follow_up(self, unit: Unit, row: Row, outcome: Outcome) -> None:
        follow_up = self._follow_ups.get(row.message.kind)
        if follow_up is None:
            return
        try:
            async with unit.savepoint():
                await follow_up(unit, row, outcome)
        except StorageError:
            raise
        except Exception as failure:  # noqa: BLE001 (as above: it is settled all the same)
            log.error("What follows row %s was not done: %s", row.id, type(failure).__name__)

    def _looking(self) -> bool:
        """Tell whether to look into the outbox."""
        if not self._may_look():
            return False
        if (
            self._look_at is not None
            and not timedelta(0) < self._look_at - self._clock.now() <= self._look_every
        ):
            self._look_at, self._more = None, True  # its time has come, or the clock has stepped back
        return self._news or (self._more and self._movable() < self._batch / 2)

    def _may_look(self) -> bool:
        return not self._shut() and not (self._line.down and (self._lanes or not self._flights.quiet))

    def _soon(self, chat: int) -> bool:
        return self._pace.chat_ready_at(chat) <= self._clock.monotonic() + SECOND

    def _movable(self) -> int:
        return sum(1 for chat in self._lanes.chats() if self._soon(chat))

    def _look(self, unit: Unit) -> Look:
        """Lease about what leaves in a second; a reply also where that much is held already."""
        held = self._movable()
        waiting = [chat for chat in self._lanes.chats() if not self._soon(chat)]
        passing = {*waiting, *self._lanes.at_least(LONG_LANE)}
        if held >= self._batch / 2:
            return Look([unit.spool.ask(REPLIES, passing, only=Priority.REPLY)], REPLIES)
        leases = [unit.spool.ask(self._batch - held, passing)]
        if self._full:
            leases += [
                unit.spool.ask(SHARE, passing, only=kind) for kind in Priority if kind is not kind.REPLY
            ]
        return Look(leases, self._batch - held, bool(passing), unit.spool.ask_next_due())

    def _took(self, look: Look, now: datetime) -> None:
        """Take up what a look has found."""
        self._lanes.add(look.rows)
        self._full = look.full
        if look.due is None:
            self._news |= look.full
        else:
            self._more = look.full or look.passing
            self._look_at = None if self._more else self._next_look(look.due.at, now)

    async def _try_one(self, unit: Unit) -> Look:
        """Lease the row with which the line is tried: of a chat that has not failed, if there is one."""
        for failing in self._line.passing_over():
            lease = unit.spool.ask(1, failing)
            due = unit.spool.ask_next_due()
            await unit.spool.run()
            if lease.found:
                break
        return Look([lease], 1, due=due)

    def _look_by(self, moment: datetime) -> None:
        self._look_at = moment if self._look_at is None else min(moment, self._look_at)

    async def _finish(self) -> None:
        """Let the air clear, settle what came back, and give back the rest."""
        self._flights.ground(self._lanes)
        await self._flights.land(GRACE)
        self._fresh, self._stopping = True, True
        self._decide()
        await self._turn()

    def _next_look(self, due: datetime | None, now: datetime) -> datetime | None:
        """Tell when to look next; None where nothing is queued, and nobody queues but who wakes us."""
        latest = now + self._look_every
        if due is None:
            return None if self._look_every == LONGEST_LOOK else latest
        return min(max(due, now + timedelta(seconds=SECOND)), latest)
