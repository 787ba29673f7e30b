"""The transactional outbox as actions see it: putting, withdrawing, finding. A row is one call, without words.

Order within a chat is by due time, then by id, and holds whatever the priorities are: no row of a chat is
more urgent than one before it. A row that is put lifts the queued ones before it to its own priority, and
is itself as urgent as the most urgent one behind it.
"""

import json
from collections.abc import Collection
from datetime import datetime

from bot.messages import InChat, Message, MessageKind, Priority, Shown
from bot.practice.ids import CoupleId, PartnerId, RoundId, RowId
from storage.context import Context
from storage.engine import Listed, Record, Rows, Statement, Value, asking
from storage.instants import from_micros, to_micros
from storage.spool import row_of

IDS = ("invite", "piece", "start", "end", "language", "edit")  # kept as JSON with the details

# A new row has the highest id: only what is due after it stands behind it.
_PUT = """
INSERT INTO outbox (
    id, dedupe, kind, chat_id, partner_id, couple_id, round_id, about_id, ids, priority, due_at, not_after,
    state, attempts
) VALUES (
    :id, :dedupe, :kind, :chat, :to, :couple, :round, :about, :ids,
    coalesce((
        SELECT min(later.priority) FROM outbox AS later
        WHERE later.chat_id = :chat AND later.state IN ('queued', 'leased') AND later.due_at > :due
            AND later.priority < :priority
    ), :priority),
    :due, :not_after, 'queued', 0
) ON CONFLICT (dedupe) DO NOTHING"""

_LIFT_EARLIER = """
UPDATE outbox SET priority = :priority
WHERE chat_id = :chat AND state IN ('queued', 'leased') AND priority > :priority
    AND (due_at < :due OR due_at = :due AND id < :id)
    AND EXISTS (SELECT 1 FROM outbox AS put WHERE put.id = :id)"""

_LIFT_TO_LATER = """
UPDATE outbox SET priority = (
    SELECT min(later.priority) FROM outbox AS later
    WHERE later.chat_id = :chat AND later.state IN ('queued', 'leased')
        AND (later.due_at > :due OR later.due_at = :due AND later.id >= :id)
)
WHERE id = :id"""

# The newest of its kind and round alone: what was said once more since is not looked for.
_UNDELIVERED = """
SELECT o.* FROM outbox AS o
WHERE o.partner_id = :to AND o.kind IN :kinds AND o.state IN ('failed', 'withdrawn')
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS newer
        WHERE newer.partner_id = :to AND newer.kind = o.kind AND newer.id > o.id
            AND coalesce(newer.round_id, 0) = coalesce(o.round_id, 0)
    )
ORDER BY o.id"""

# A row that is leased may be on its way and is not counted. It is sent or not as Telegram has it; if it
# comes back instead, it is past its time and goes no further.
_WITHDRAW = """
UPDATE outbox SET
    state = CASE state WHEN 'queued' THEN 'withdrawn' ELSE state END,
    settled_at = CASE state WHEN 'queued' THEN :now END,
    not_after = 0
WHERE state IN ('queued', 'leased') AND {conditions}"""

_WAITS = "SELECT 1 FROM outbox WHERE partner_id = :to AND kind IN :kinds AND state = 'queued'"

_CONDITIONS = {
    "to": "partner_id = :to",
    "couple": "couple_id = :couple",
    "round": "round_id = :round",
    "about": "about_id = :about",
    "kinds": "kind IN :kinds",
}

_SENT = """
SELECT message_id FROM outbox
WHERE partner_id = :to AND kind IN :kinds AND state = 'sent' AND message_id IS NOT NULL
ORDER BY id DESC LIMIT 1"""

_SENT_IN_ROUND = """
SELECT message_id FROM outbox
WHERE partner_id = :to AND kind IN :kinds AND state = 'sent' AND message_id IS NOT NULL AND round_id = :round
ORDER BY id DESC LIMIT 1"""

_SENT_LAST = "SELECT max(message_id) AS newest FROM outbox WHERE partner_id = :to AND state = 'sent'"

_REFUSED = """
SELECT 1 FROM outbox
WHERE partner_id = :to AND round_id = :round AND kind IN :kinds AND state = 'failed' AND id > (
    SELECT max(id) FROM outbox WHERE partner_id = :to AND round_id = :round AND kind = :first
)
LIMIT 1"""

# An edit of a message is a later row of the same message: only what took the buttons off last counts.
_WITH_BUTTONS = """
SELECT o.* FROM outbox AS o
WHERE o.partner_id = :to AND o.kind IN :kinds AND o.state = 'sent' AND o.message_id IS NOT NULL
    AND o.round_id = :round
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS off
        WHERE off.partner_id = :to AND off.state = 'sent' AND off.kind = 'buttons_off'
            AND off.message_id = o.message_id AND off.id > o.id
    )
ORDER BY o.id DESC LIMIT 1"""

_STANDING = """
SELECT * FROM outbox
WHERE partner_id = :to AND kind IN :kinds AND settled_at IS NOT NULL
    AND (state = 'sent' AND message_id IS NOT NULL OR doubtful = 1)"""

_NEWEST_STANDING = """
SELECT * FROM outbox
WHERE partner_id = :to AND settled_at IS NOT NULL AND state = 'sent' AND message_id IS NOT NULL
ORDER BY id DESC LIMIT :limit"""

# What was sent before a row and what after it: a copy that we don't know of stands between. Rows of a chat leave by
# due time, then id: what was put before a row may have left long after it.
_AROUND = """
SELECT
    (SELECT max(b.message_id) FROM outbox AS b
        WHERE b.partner_id = :to AND b.id < :row AND b.settled_at <= o.settled_at
            AND (o.message_id IS NULL OR b.message_id < o.message_id)) AS before,
    (SELECT min(a.message_id) FROM outbox AS a
        WHERE a.partner_id = :to AND a.id > :row AND a.message_id > (
            SELECT max(b.message_id) FROM outbox AS b
            WHERE b.partner_id = :to AND b.id < :row AND b.settled_at <= o.settled_at
        )) AS after
FROM outbox AS o WHERE o.id = :row"""

_GONE = """
UPDATE outbox SET state = 'gone'
WHERE partner_id = :to AND message_id = :number AND state = 'sent'"""

# Order in a chat is by due time, then id. An edit of a message names anew what it is about.
# A row that is leased, or was when a process ended, may stand there without our knowing it yet.
_NEWEST = """
SELECT id, kind, round_id, ids, settled_at, state, priority FROM (
    SELECT id, kind, round_id, ids, settled_at, due_at, state, priority,
        row_number() OVER (PARTITION BY kind, state ORDER BY settled_at DESC, due_at DESC, id DESC) AS place
    FROM outbox WHERE partner_id = :to AND kind IN :kinds
        AND (state = 'sent' OR state = 'leased' OR state = 'queued' AND doubtful = 1)
) AS placed
WHERE place <= 3 ORDER BY coalesce(settled_at, :now) DESC, due_at DESC, id DESC"""

_LAST = """
SELECT max(message_id) AS last, sum(CASE WHEN state = 'sent' THEN 0 ELSE 1 END) AS coming FROM outbox
WHERE partner_id = :to AND kind NOT IN :silent
    AND (state IN ('queued', 'leased') AND due_at <= :now OR state = 'sent' AND message_id IS NOT NULL)"""

_OF_MESSAGE = """
SELECT id, kind, round_id, ids, settled_at, state, priority FROM outbox
WHERE partner_id = :to AND message_id = :message AND state = 'sent' AND kind NOT IN ('buttons_off', 'gone')
ORDER BY id DESC LIMIT 1"""

_SHOWN_LAST = _OF_MESSAGE.replace(":message", f"({_SENT_LAST})")

_HELD = """
SELECT id, chat_id, priority, kind FROM outbox
WHERE partner_id = :to AND state = 'queued' AND due_at > :now
ORDER BY due_at, id"""

_TOO_FAR_AHEAD = """
SELECT id, chat_id, priority FROM outbox
WHERE state = 'queued' AND priority IN :priorities AND due_at > :moment
ORDER BY due_at, id LIMIT :limit"""

_HASTEN = "UPDATE outbox SET due_at = :due WHERE id = :id"


SILENT = (
    *(MessageKind.CALLBACK, MessageKind.BUTTONS_OFF, MessageKind.GONE, MessageKind.HEARD_NOTED),
    MessageKind.COMMANDS,
)
"""Kinds that put nothing into a chat."""

LEAST = max(Priority)  # what is of this lifts nothing
_PRIORITIES = tuple(int(priority) for priority in Priority)


class Outbox:
    """Messages to send."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def put(self, *messages: Message) -> None:
        """Queue messages in order; one whose `dedupe` is known does nothing.

        A message lifts that chat's earlier ones to its own priority, so that order within a chat holds.
        """
        rows = [self._columns(message) for message in messages]
        lifting = [row for row, message in zip(rows, messages, strict=True) if message.priority is not LEAST]
        await self._run.later(Statement(_PUT, rows), Statement(_LIFT_EARLIER, lifting))
        self._context.queued |= bool(rows)
        for message in messages:
            if message.to is not None and message.due is not None:
                self._context.known.held.pop(message.to, None)

    async def withdraw(
        self,
        *,
        to: PartnerId | None = None,
        couple: CoupleId | None = None,
        round_: RoundId | None = None,
        about: PartnerId | None = None,
        kinds: Collection[MessageKind] = (),
    ) -> None:
        """Withdraw what is queued and matches all that is given. No argument: ValueError."""
        given: dict[str, Value | Listed] = {"to": to, "couple": couple, "round": round_, "about": about}
        given = {name: value for name, value in given.items() if value is not None}
        if kinds:
            given["kinds"] = tuple(kind.value for kind in kinds)
        if not given:
            raise ValueError("withdraw what?")
        conditions = " AND ".join(_CONDITIONS[name] for name in given)
        sql = _WITHDRAW.format(conditions=conditions)
        await self._run.later(asking(sql, **given, now=self._context.micros))
        self._context.known.standing.clear()  # a copy of what is withdrawn may stand there
        if to is None:
            self._context.known.held.clear()
        else:
            self._context.known.held.pop(to, None)

    async def withdraw_all(self, rounds: Collection[RoundId], kinds: Collection[MessageKind]) -> None:
        """Withdraw what is queued of these kinds about any of these rounds."""
        conditions = "round_id IN :rounds AND kind IN :kinds"
        listed: dict[str, Listed] = {"rounds": tuple(rounds), "kinds": tuple(kind.value for kind in kinds)}
        sql = _WITHDRAW.format(conditions=conditions)
        await self._run.later(asking(sql, **listed, now=self._context.micros))
        self._context.known.standing.clear()
        self._context.known.held.clear()

    async def waits(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None = None
    ) -> bool:
        """Tell whether a message of these kinds is queued and not yet on its way; `round_` None: of any round."""
        names = tuple(kind.value for kind in kinds)
        statement = _WAITS if round_ is None else f"{_WAITS} AND round_id = :round"
        return await self._run.row(statement, to=to, kinds=names, round=round_) is not None

    async def sent(self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None) -> int | None:
        """Tell the Telegram message id of the newest such message that was sent; `round_` None: any round."""
        statement = _SENT if round_ is None else _SENT_IN_ROUND
        row = await self._run.row(statement, to=to, kinds=tuple(kind.value for kind in kinds), round=round_)
        return None if row is None else int(row["message_id"])

    async def refused(self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId) -> bool:
        """Tell whether Telegram refused a message of these kinds, of the newest series that the first begins."""
        first, *others = (kind.value for kind in kinds)
        row = await self._run.row(_REFUSED, to=to, round=round_, first=first, kinds=tuple(others))
        return row is not None

    async def undelivered(self, to: PartnerId, kinds: Collection[MessageKind]) -> list[Message]:
        """List what was queued for somebody last of these kinds, round by round, and neither came nor will."""
        names = tuple(kind.value for kind in kinds)
        return [row_of(row).message for row in await self._run.rows(_UNDELIVERED, to=to, kinds=names)]

    async def with_buttons(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId
    ) -> InChat | None:
        """Find the newest such message whose buttons were not taken off since."""
        names = tuple(kind.value for kind in kinds)
        row = await self._run.row(_WITH_BUTTONS, to=to, kinds=names, round=round_)
        return None if row is None else _standing(row)

    async def standing(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None = None
    ) -> list[InChat]:
        """List what stands in somebody's chat of these kinds, or may; `round_` None: of any round."""
        names = tuple(kind.value for kind in kinds)
        known = self._context.known.standing.get((to, frozenset(names))) if round_ is None else None
        if known is not None:
            return [_standing(row) for row in known]
        statement = (
            f"{_STANDING} ORDER BY id" if round_ is None else f"{_STANDING} AND round_id = :round ORDER BY id"
        )
        return [_standing(row) for row in await self._run.rows(statement, to=to, kinds=names, round=round_)]

    async def look(
        self, to: PartnerId, *, standing: Collection[MessageKind], newest: Collection[MessageKind]
    ) -> None:
        """Load in one visit what the next ones will ask: `standing` and `newest` of these kinds, and `shown_last`."""
        known, stands = self._context.known, frozenset(kind.value for kind in standing)
        said = frozenset(kind.value for kind in newest)
        now = self._context.micros
        found = asking(f"{_STANDING} ORDER BY id", to=to, kinds=tuple(stands))
        spoken = asking(_NEWEST, to=to, kinds=tuple(sorted(said)), now=now)
        number, shown = asking(_SENT_LAST, to=to), asking(_SHOWN_LAST, to=to)
        await self._run.all(found, spoken, number, shown)
        known.standing[to, stands] = found.rows
        known.said[to, said] = [_shown(row, now) for row in spoken.rows]
        known.last[to] = self._last_of(number.rows, shown.rows)

    async def newest_standing(self, to: PartnerId, limit: int) -> list[InChat]:
        """List what stands in somebody's chat and came last, whatever it is, newest first."""
        return [_standing(row) for row in await self._run.rows(_NEWEST_STANDING, to=to, limit=limit)]

    async def around(self, to: PartnerId, row: RowId) -> tuple[int | None, int | None]:
        """Tell the numbers of the messages that went to somebody before a row and after it."""
        found = await self._run.row(_AROUND, to=to, row=row)
        return (None, None) if found is None else (found["before"], found["after"])

    async def ours(self, to: PartnerId, numbers: Collection[int]) -> set[int]:
        """Tell which of these messages in somebody's chat we have sent."""
        sql = "SELECT DISTINCT message_id FROM outbox WHERE partner_id = :to AND message_id IN :numbers"
        return {row["message_id"] for row in await self._run.rows(sql, to=to, numbers=tuple(numbers))}

    async def gone(self, to: PartnerId, numbers: Collection[int]) -> None:
        """Note that messages stand in somebody's chat no more."""
        await self._run.later(Statement(_GONE, [{"to": to, "number": number} for number in numbers]))
        self._context.known.forget_shown()

    async def certain(self, to: PartnerId, rows: Collection[RowId]) -> None:
        """Note that no second copy of these rows stands anywhere any more."""
        self._context.known.standing.clear()
        await self._run.later(
            Statement(
                "UPDATE outbox SET doubtful = 0 WHERE partner_id = :to AND id = :id",
                [{"to": to, "id": row} for row in rows],
            )
        )

    async def last(self, to: PartnerId) -> int | None:
        """Tell which message of ours is the last in somebody's chat; None where another is coming."""
        silent = tuple(kind.value for kind in SILENT)
        row = await self._run.row(_LAST, to=to, silent=silent, now=self._context.micros)
        return None if row is None or row["coming"] else row["last"]

    async def newest(self, to: PartnerId, kinds: Collection[MessageKind]) -> list[Shown]:
        """Tell what was shown to somebody of each of these kinds, or may have been: the last few, newest first."""
        known, names = self._context.known.said, frozenset(kind.value for kind in kinds)
        if (to, names) not in known:
            rows = await self._run.rows(_NEWEST, to=to, kinds=tuple(sorted(names)), now=self._context.micros)
            known[to, names] = [_shown(row, self._context.micros) for row in rows]
        return [*known[to, names]]

    async def shown_in(self, to: PartnerId, message: int) -> Shown | None:
        """Tell what stands in one of the messages that somebody was sent; None where we don't know it."""
        row = await self._run.row(_OF_MESSAGE, to=to, message=message)
        return None if row is None else _shown(row, self._context.micros)

    async def shown_last(self, to: PartnerId) -> tuple[int | None, Shown | None]:
        """Tell the highest Telegram message id of what was sent to somebody, and what stands there."""
        known = self._context.known.last
        if to not in known:
            newest, shown = asking(_SENT_LAST, to=to), asking(_SHOWN_LAST, to=to)
            await self._run.all(newest, shown)
            known[to] = self._last_of(newest.rows, shown.rows)
        return known[to]

    def _last_of(self, newest: Rows, shown: Rows) -> tuple[int | None, Shown | None]:
        """Put together what stands last in a chat."""
        return newest[0]["newest"], _shown(shown[0], self._context.micros) if shown else None

    async def hasten(self, to: PartnerId, kinds: Collection[MessageKind]) -> int:
        """Let what waits for its time leave now, in its order; tell how many."""
        known, names = self._context.known.held, {kind.value for kind in kinds}
        if to not in known:
            known[to] = await self._run.rows(_HELD, to=to, now=self._context.micros)
        found = [row for row in known[to] if row["kind"] in names]
        known[to] = [row for row in known[to] if row["kind"] not in names]
        return await self._due_now(found)

    async def hold_until(self, to: PartnerId, until: datetime, *, but: Collection[MessageKind]) -> int:
        """Let what waits for its time, but for some kinds, leave at another, in its order; tell how many."""
        names = {kind.value for kind in but}
        rows = await self._run.rows(_HELD, to=to, now=self._context.micros)
        self._context.known.held.pop(to, None)
        return await self._due_at([row for row in rows if row["kind"] not in names], to_micros(until))

    async def hasten_later_than(self, moment: datetime, limit: int) -> int:
        """Let up to `limit` of what is due later than a moment leave now, in its order; tell how many."""
        values: dict[str, Value | Listed] = {"priorities": _PRIORITIES, "moment": to_micros(moment)}
        return await self._due_now(await self._run.rows(_TOO_FAR_AHEAD, limit=limit, **values))

    async def _due_now(self, rows: list[Record]) -> int:
        return await self._due_at(rows, self._context.micros)

    async def _due_at(self, rows: list[Record], now: int) -> int:
        due: list[dict[str, Value]] = []
        for before, row in zip((None, *rows), rows, strict=False):
            # What was put before a row but was due after it stays after it, by a microsecond.
            now += before is not None and row["id"] < before["id"]
            due.append({"id": row["id"], "chat": row["chat_id"], "priority": row["priority"], "due": now})
        await self._run.later(
            Statement(_HASTEN, due), Statement(_LIFT_EARLIER, due), Statement(_LIFT_TO_LATER, due)
        )
        self._context.queued |= bool(rows)
        return len(rows)

    def _columns(self, message: Message) -> dict[str, Value]:
        due = message.due or self._context.now
        return {
            "id": self._context.new_id(),
            "dedupe": message.dedupe,
            "kind": message.kind.value,
            "chat": message.chat,
            "to": message.to,
            "couple": message.couple,
            "round": message.round,
            "about": message.about,
            "ids": _pack(message),
            "priority": message.priority.value,
            "due": to_micros(due),
            "not_after": to_micros(message.not_after),
        }


def _standing(row: Record) -> InChat:
    return InChat(
        row=RowId(row["id"]),
        message=row_of(row).message,
        number=row["message_id"] if row["state"] == "sent" else None,
        at=from_micros(row["settled_at"]),
        doubtful=bool(row["doubtful"]),
    )


def _shown(row: Record, now: int) -> Shown:
    found, sure = row["round_id"], row["state"] == "sent"
    return Shown(
        row=RowId(row["id"]),
        kind=MessageKind(row["kind"]),
        round=None if found is None else RoundId(found),
        details=json.loads(row["ids"]).get("details", {}),
        at=from_micros(row["settled_at"] if sure else now),
        sure=sure,
        came=row["priority"] != Priority.REPLY,
    )


def _pack(message: Message) -> str:
    ids = {name: value for name in IDS if (value := getattr(message, name)) is not None}
    if message.details:
        ids["details"] = dict(message.details)
    elif not ids:
        return "{}"
    return json.dumps(ids, separators=(",", ":"))
