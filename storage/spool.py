"""The outbox as its relay sees it: leasing, settling, postponing."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.messages import (
    TRACELESS,
    Message,
    MessageKind,
    Outcome,
    Priority,
    Refused,
    Row,
    Sent,
    Unreachable,
    Withdrawn,
)
from bot.practice.ids import CoupleId, PartnerId, RoundId, RowId
from storage.context import Context
from storage.engine import Record, Statement, Value, asking
from storage.instants import from_micros, to_micros

LONGEST_HOLD = timedelta(minutes=65)  # one that ends later was set by a clock that was wrong

# Asked for one priority at a time, so that what falls due later is not gone through.
_WAITING = """
SELECT {what} FROM outbox AS o
WHERE o.state = 'queued' AND o.priority = {priority} AND o.due_at <= :now AND o.chat_id NOT IN :passing_over
    AND NOT EXISTS (
        SELECT 1 FROM holds AS h WHERE h.chat_id = o.chat_id AND h.until > :now AND h.until <= :latest
    ){besides}
ORDER BY o.due_at, o.id LIMIT :limit"""

_ORDERED = "o.id, o.priority, o.due_at"
_OF_EACH = [
    f"SELECT * FROM ({_WAITING.format(what=_ORDERED, priority=p.value, besides='')}) AS waiting_{p.value}"  # noqa: S608 (made of what stands here)
    for p in Priority
]
_ALL = (
    f"SELECT id FROM ({' UNION ALL '.join(_OF_EACH)} ORDER BY priority, due_at, id LIMIT :limit) AS subquery"  # noqa: S608 (as above)
)

# An earlier row of another priority is a more urgent one: see the order in `outbox`.
_ONLY = _WAITING.format(
    what="o.id",
    priority=":only",
    besides="""
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.chat_id = o.chat_id AND e.state = 'queued' AND e.priority <> :only
            AND (e.due_at < o.due_at OR e.due_at = o.due_at AND e.id < o.id)
    )""",
)

# What is past its time is withdrawn, and else it is leased.
_LEASE = """
UPDATE outbox SET
    state = CASE WHEN not_after < :now THEN 'withdrawn' ELSE 'leased' END,
    settled_at = CASE WHEN not_after < :now THEN :now END
WHERE id IN ({waiting})
RETURNING *"""

_LEASE_ALL, _LEASE_ONLY = _LEASE.format(waiting=_ALL), _LEASE.format(waiting=_ONLY)

# Who is no partner (a visitor, somebody who was forgotten) is not remembered for having been answered.
_SETTLE = """
UPDATE outbox SET state = :state, message_id = :message, settled_at = :now,
    doubtful = CASE WHEN :doubtful = 1 THEN 1 ELSE doubtful END,
    chat_id = CASE WHEN partner_id IS NULL AND dedupe IS NULL THEN 0 ELSE chat_id END,
    ids = CASE WHEN partner_id IS NULL AND dedupe IS NULL THEN '{}' ELSE ids END
WHERE id = :id AND state IN ('queued', 'leased')"""

_TRACELESS = ", ".join(f"'{kind.value}'" for kind in sorted(TRACELESS))
_FORGET = (
    f"DELETE FROM outbox WHERE id = :id AND kind IN ({_TRACELESS}) AND state NOT IN ('queued', 'leased')"  # noqa: S608 (made of our own names)
)

_HOLD = """
INSERT INTO holds (chat_id, until) VALUES (:chat, :until)
ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until
WHERE excluded.until > holds.until OR holds.until > :latest"""

_POSTPONE = """
UPDATE outbox SET state = 'queued', attempts = attempts + :counted,
    doubtful = CASE WHEN :doubtful = 1 THEN 1 ELSE doubtful END
WHERE id = :id AND state = 'leased'"""

_RELEASE = """
UPDATE outbox SET state = 'queued', doubtful = CASE WHEN {doubtful} THEN 1 ELSE doubtful END
WHERE state = 'leased' RETURNING id"""

_NEXT_OF_PRIORITY = """
SELECT due_at AS at FROM (
    SELECT o.due_at FROM outbox AS o
    WHERE o.state = 'queued' AND o.priority = {priority}
        AND NOT EXISTS (
            SELECT 1 FROM holds AS h WHERE h.chat_id = o.chat_id AND h.until > :now AND h.until <= :latest
        )
    ORDER BY o.due_at LIMIT 1
) AS next_{priority}"""

_NEXT_HELD = """
SELECT until AS at FROM (
    SELECT h.until FROM holds AS h
    WHERE h.until > :now AND h.until <= :latest
        AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.chat_id = h.chat_id AND o.state = 'queued')
    ORDER BY h.until LIMIT 1
) AS next_held"""

_NEXT = " UNION ALL ".join([*(_NEXT_OF_PRIORITY.format(priority=p.value) for p in Priority), _NEXT_HELD])

_DUE_OF_PRIORITY = """
SELECT id FROM (
    SELECT id FROM outbox WHERE state = 'queued' AND priority = {priority} AND due_at <= :now LIMIT 1
) AS due_{priority}"""
DUE = " UNION ALL ".join(_DUE_OF_PRIORITY.format(priority=p.value) for p in Priority)


class Lease:
    """A lease that is asked for; what it holds is known when it has been run, with the unit's commit at last."""

    def __init__(self, step: Statement) -> None:
        self.step = step

    @property
    def rows(self) -> list[Row]:
        """Return the leased rows, in order of priority, due time and id."""
        leased = [row for row in self.step.rows if row["state"] == "leased"]
        return [row_of(row) for row in sorted(leased, key=_order)]

    @property
    def found(self) -> int:
        """Count what was found: also what was past its time, and is withdrawn."""
        return len(self.step.rows)


class NextDue:
    """The next moment at which there is something to lease; known when it has been run."""

    def __init__(self, step: Statement) -> None:
        self.step = step

    @property
    def at(self) -> datetime | None:
        """Return it; None where nothing is queued."""
        return from_micros(min((row["at"] for row in self.step.rows), default=None))


class Spool:
    """Messages on their way."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    def ask(self, limit: int, passing_over: Collection[int] = (), *, only: Priority | None = None) -> Lease:
        """Lease due rows, with the next statement or the commit; those past their not-after are withdrawn.

        In order of priority, due time and id. `passing_over` are chats that must wait; of one chat, rows
        come in their order. With `only`, rows of that priority alone, and of no chat in which an earlier
        row waits.
        """
        leasing = asking(
            _LEASE_ALL if only is None else _LEASE_ONLY,
            now=self._context.micros,
            latest=to_micros(self._context.now + LONGEST_HOLD),
            passing_over=tuple(passing_over),
            only=only,
            limit=limit,
        )
        self._run.with_next(leasing)
        return Lease(leasing)

    async def lease(
        self, limit: int, passing_over: Collection[int] = (), *, only: Priority | None = None
    ) -> list[Row]:
        """Lease at once, as `ask`: so many rows where there are so many."""
        leased: list[Row] = []
        while len(leased) < limit:
            lease = self.ask(limit - len(leased), passing_over, only=only)
            await self.run()
            leased += lease.rows
            if lease.found == len(lease.rows):
                break
        return leased

    async def settle(self, row: RowId, outcome: Outcome, *, doubtful: bool = False) -> None:
        """Note what became of a leased row: sent with its message id, failed, or withdrawn.

        `doubtful` where an earlier call for it may have been taken too.

        Does nothing for a row that is no more: a forgotten partner's. Raises ValueError for TryLater,
        which is postponed.
        """
        match outcome:
            case Sent(message_id=message):
                state = "sent"
            case Unreachable() | Refused():
                state, message = "failed", None
            case Withdrawn():
                state, message = "withdrawn", None
            case _:
                raise ValueError("a row that is tried later is postponed, not settled")
        self._context.known.forget_shown()
        noted: dict[str, Value] = {"id": row, "state": state, "message": message, "doubtful": int(doubtful)}
        self._run.with_next(
            Statement(_SETTLE, [{**noted, "now": self._context.micros}]), Statement(_FORGET, [{"id": row}])
        )

    async def postpone(
        self, row: RowId, chat: int, until: datetime, *, counted: bool, doubtful: bool = False
    ) -> None:
        """Give a leased row back; nothing of its chat leaves before `until`, and their order holds.

        `counted` adds an attempt; `doubtful` where a call for it may have been taken, which is not to be
        forgotten by a process that ends before the next.
        """
        latest = to_micros(self._context.now + LONGEST_HOLD)
        self._run.with_next(
            asking(_POSTPONE, id=row, counted=int(counted), doubtful=int(doubtful)),
            asking(_HOLD, chat=chat, until=to_micros(until), latest=latest),
        )

    async def release(self, doubtful: Collection[RowId] | None = None) -> int:
        """Give back every leased row; tell how many.

        Of `doubtful` rows a call may have been taken: what they say may stand in its chat twice. None for all:
        at a start they are from a process that is no more, and nobody knows which it had called.
        """
        if doubtful is None:
            rows = await self._run.rows(_RELEASE.format(doubtful="1 = 1"))
        else:
            rows = await self._run.rows(_RELEASE.format(doubtful="id IN :doubtful"), doubtful=tuple(doubtful))
        return len(rows)

    def ask_next_due(self) -> NextDue:
        """Find when the earliest queued row falls due, or its chat's waiting ends, with the next statement."""
        latest = to_micros(self._context.now + LONGEST_HOLD)
        step = asking(_NEXT, now=self._context.micros, latest=latest)
        self._run.with_next(step)
        return NextDue(step)

    async def run(self) -> None:
        """Run what was asked for, now."""
        await self._run.all()

    async def next_due(self) -> datetime | None:
        """Tell when the earliest queued row falls due, or its chat's waiting ends."""
        due = self.ask_next_due()
        await self.run()
        return due.at

    async def on_the_way(self) -> bool:
        """Tell whether anything is leased: it is being rendered, or Telegram has it and it is not settled yet."""
        return (
            await self._run.row("SELECT id FROM outbox WHERE state = 'leased' ORDER BY id LIMIT 1")
            is not None
        )


def _order(row: Record) -> tuple[int, int, int]:
    return row["priority"], row["due_at"], row["id"]


def row_of(row: Record) -> Row:
    """Read a row of the outbox."""
    ids = json.loads(row["ids"])
    to, couple, round_, about = (row[name] for name in ("partner_id", "couple_id", "round_id", "about_id"))
    message = Message(
        kind=MessageKind(row["kind"]),
        chat=row["chat_id"],
        to=None if to is None else PartnerId(to),
        couple=None if couple is None else CoupleId(couple),
        round=None if round_ is None else RoundId(round_),
        about=None if about is None else PartnerId(about),
        priority=Priority(row["priority"]),
        due=from_micros(row["due_at"]),
        not_after=from_micros(row["not_after"]),
        dedupe=row["dedupe"],
        **ids,
    )
    return Row(RowId(row["id"]), message, row["attempts"])
