"""Of one chat rows leave in their order: over anything that can be put, leased, settled and postponed."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import NOW, empty_outbox

from bot.messages import Message, MessageKind, Priority, Row, Sent
from storage.database import Database
from storage.unit import Unit

MINUTE = timedelta(minutes=1)
CHATS_OF_ALL = (1, 2)
CHATS = st.sampled_from(CHATS_OF_ALL)
ACTS = st.one_of(
    st.tuples(
        st.just("put"),
        CHATS,
        st.sampled_from(Priority),
        st.sampled_from([0, 0, -1, 2]),
        st.sampled_from([None, 1]),
    ),
    st.tuples(
        st.just("lease"),
        st.integers(1, 4),
        st.sampled_from([set[int](), set[int](), {1}]),
        st.sampled_from([None, None, *Priority]),
    ),
    st.tuples(st.sampled_from(["settle", "postpone"]), CHATS),
    st.tuples(st.sampled_from(["wait", "wait", "release"])),
)


class Watcher:
    """A small drain, and beside it a model of what the outbox owes it."""

    def __init__(self) -> None:
        self.now = NOW
        self.queued: dict[int, Message] = {}
        self.lanes: dict[int, list[Row]] = {}
        self.held: dict[int, datetime] = {}

    async def act(self, unit: Unit, act: tuple[Any, ...]) -> None:
        """Do what was drawn, and check it."""
        name, *drawn = act
        await getattr(self, name)(unit, *drawn)

    async def put(self, unit: Unit, chat: int, priority: Priority, due: int, lasts: int | None) -> None:
        """Put a message that is due in some minutes."""
        at = self.now + due * MINUTE
        not_after = None if lasts is None else at + lasts * MINUTE
        message = Message(MessageKind.HELP, chat, priority=priority, due=at, not_after=not_after)
        await unit.outbox.put(message)
        rows = await unit.context.transaction.rows("SELECT max(id) AS id FROM outbox")
        self.queued[rows[0]["id"]] = message

    async def lease(self, unit: Unit, limit: int, passing: set[int], only: Priority | None) -> None:
        """Lease, and see that nobody is overtaken and nobody left out."""
        urgency = await self._urgency(unit)
        rows = await unit.spool.lease(limit, passing, only=only)
        late = {i for i, m in self.queued.items() if m.not_after is not None and m.not_after < self.now}
        may = [i for i in self.queued if i not in late and self._may(self.queued[i], passing)]
        leased = [row.id for row in rows]
        for row in rows:
            assert row.message.priority == urgency[row.id] <= self.queued[row.id].priority
        if only is None:
            assert leased == sorted(may, key=lambda i: (urgency[i], self._order(i)))[:limit]
        else:
            alone = [i for i in may if urgency[i] == only and not self._waits_behind(i, urgency)]
            assert leased == sorted(alone, key=self._order)[:limit]
        for chat in CHATS_OF_ALL:
            order = sorted((i for i in may if self.queued[i].chat == chat), key=self._order)
            mine = [row.id for row in rows if row.message.chat == chat]
            assert mine == order[: len(mine)]
        for row in rows:
            del self.queued[row.id]
            self.lanes.setdefault(row.message.chat, []).append(row)
        self._forget_withdrawn(await self._withdrawn(unit))

    async def _urgency(self, unit: Unit) -> dict[int, int]:
        rows = await unit.context.transaction.rows("SELECT id, priority FROM outbox")
        return {row["id"]: row["priority"] for row in rows}

    def _waits_behind(self, row: int, urgency: dict[int, int]) -> bool:
        chat = self.queued[row].chat
        earlier = [i for i, m in self.queued.items() if m.chat == chat and self._order(i) < self._order(row)]
        return any(urgency[i] != urgency[row] for i in earlier)

    def _may(self, message: Message, passing: set[int]) -> bool:
        waits = self.held.get(message.chat, self.now) > self.now or message.chat in passing
        return message.due is not None and message.due <= self.now and not waits

    def _order(self, row: int) -> tuple[datetime, int]:
        return self.queued[row].due or NOW, row

    async def _withdrawn(self, unit: Unit) -> set[int]:
        rows = await unit.context.transaction.rows("SELECT id FROM outbox WHERE state = 'withdrawn'")
        return {row["id"] for row in rows}

    def _forget_withdrawn(self, ids: set[int]) -> None:
        for row in ids & set(self.queued):
            not_after = self.queued.pop(row).not_after
            assert not_after is not None
            assert not_after < self.now

    async def settle(self, unit: Unit, chat: int) -> None:
        """Settle the first row of a chat that is on its way."""
        if self.lanes.get(chat):
            await unit.spool.settle(self.lanes[chat].pop(0).id, Sent(1))

    async def postpone(self, unit: Unit, chat: int) -> None:
        """Give back what is on its way in a chat."""
        until = self.now + MINUTE
        for row in self.lanes.pop(chat, []):
            await unit.spool.postpone(row.id, chat, until, counted=True)
            self.queued[row.id] = row.message
            self.held[chat] = until

    async def wait(self, _unit: Unit) -> None:
        """Let time pass."""
        self.now += MINUTE

    async def release(self, unit: Unit) -> None:
        """Start anew."""
        rows = [row for lane in self.lanes.values() for row in lane]
        assert await unit.spool.release() == len(rows)
        self.queued |= {row.id: row.message for row in rows}
        self.lanes.clear()

    async def look(self, unit: Unit) -> None:
        """See when the next falls due."""
        at = [
            until if (until := self.held.get(m.chat, self.now)) > self.now else m.due
            for m in self.queued.values()
        ]
        assert await unit.spool.next_due() == min((moment for moment in at if moment), default=None)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=20, max_size=50))
async def test_order_within_a_chat_holds(database: Database, acts: list[tuple[Any, ...]]) -> None:
    """Whatever is put, leased, settled, postponed and released, and whenever."""
    watcher = Watcher()
    async with database.unit(NOW) as unit:
        await empty_outbox(unit)
        for act in acts:
            await watcher.act(unit, act)
            unit.context.now = watcher.now  # a long story in one unit, for speed
            await watcher.look(unit)
