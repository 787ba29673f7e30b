"""An outbox in memory with the manners of the real one, small enough to read."""

import itertools
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.messages import Message, Outcome, Priority, Row, Sent, Withdrawn
from bot.practice.ids import RowId


@dataclass
class Entry:
    """One row, as the table would hold it."""

    id: int
    message: Message
    due: datetime
    priority: Priority
    state: str = "queued"
    attempts: int = 0
    outcome: Outcome | None = None


class FakeStore:
    """Units of work that roll back; `broken` makes every commit fail."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.broken: Exception | None = None
        self.units = 0
        self.changes = 0
        self._live: dict[int, Entry] = {}  # neither sent nor given up
        self._ids = itertools.count(1)

    def put(self, message: Message, now: datetime) -> int:
        """Queue a message; a reply lifts what stands before it in its chat."""
        entry = Entry(next(self._ids), message, message.due or now, message.priority)
        self._set(entry)
        if message.priority is Priority.REPLY:
            for other in self.queued():
                if other.message.chat == message.chat and other.due <= now:
                    self._set(replace(other, priority=Priority.REPLY))
        return entry.id

    def lose_process(self) -> None:
        """Leave all rows leased, as a killed process would."""
        for entry in self.queued():
            self._set(replace(entry, state="leased"))

    def queued(self) -> list[Entry]:
        """List what is queued, in the order in which it was put."""
        return [entry for entry in self._live.values() if entry.state == "queued"]

    def leased(self) -> list[Entry]:
        """List what is leased."""
        return [entry for entry in self._live.values() if entry.state == "leased"]

    def states(self) -> dict[str, int]:
        """Count rows by state."""
        states = [entry.state for entry in self.entries.values()]
        return {state: states.count(state) for state in set(states)}

    def _set(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        if entry.state in {"queued", "leased"}:
            self._live[entry.id] = entry
        else:
            self._live.pop(entry.id, None)

    def _commit(self) -> None:
        if self.broken is not None:
            raise self.broken

    @asynccontextmanager
    async def unit(self, now: datetime, *, prompt: bool = False) -> AsyncIterator[Any]:
        """Open a unit: what it did is kept at its end, or forgotten."""
        del prompt
        self.units += 1
        unit = FakeUnit(self, now)
        try:
            yield unit
            self._commit()
        except BaseException:
            for entry in unit.spool.before.values():
                self._set(entry)
            self._live = dict(sorted(self._live.items()))
            raise


@dataclass
class Found:
    """What was leased, or when the next falls due: known at once here."""

    rows: list[Row] = field(default_factory=list)
    found: int = 0
    at: datetime | None = None


class FakeSpool:
    """The outbox as the drain sees it; `before` holds what it changed, as it was."""

    def __init__(self, store: FakeStore, now: datetime) -> None:
        self._store = store
        self._now = now
        self.before: dict[int, Entry] = {}

    async def run(self) -> None:
        """Run what was asked for: it was run already."""

    def ask(self, limit: int, passing_over: Collection[int] = (), *, only: Priority | None = None) -> Found:
        """Lease due rows."""
        due = [entry for entry in self._store.queued() if entry.due <= self._now]
        behind: set[int] = set()  # rows with an earlier one of another priority in their chat
        others: set[int] = set()
        for entry in due:
            if entry.priority is not only:
                others.add(entry.message.chat)
            elif entry.message.chat in others:
                behind.add(entry.id)
        rows: list[Row] = []
        for entry in sorted(due, key=lambda entry: (entry.priority, entry.due, entry.id)):
            chat = entry.message.chat
            if entry.message.not_after is not None and entry.message.not_after < self._now:
                self._change(entry, state="withdrawn", outcome=Withdrawn())
            elif chat in passing_over or (
                only is not None and (entry.priority is not only or entry.id in behind)
            ):
                continue
            elif len(rows) < limit:
                self._change(entry, state="leased")
                message = replace(entry.message, priority=entry.priority)
                rows.append(Row(RowId(entry.id), message, entry.attempts))
        return Found(rows, len(rows))

    async def settle(self, row: RowId, outcome: Outcome, *, doubtful: bool = False) -> None:
        """Note what became of a row; here nobody asks whether it stands there twice."""
        del doubtful
        state = "sent" if isinstance(outcome, Sent) else "failed"
        self._change(self._store.entries[row], state=state, outcome=outcome)

    async def postpone(
        self, row: RowId, chat: int, until: datetime, *, counted: bool, doubtful: bool = False
    ) -> None:
        """Give a row back and hold its chat; here nobody asks whether it stands there twice."""
        del doubtful
        entry = self._store.entries[row]
        self._change(entry, state="queued", attempts=entry.attempts + counted)
        for other in self._store.queued():
            if other.message.chat == chat and other.due < until:
                self._change(other, due=until)

    async def release(self, doubtful: Collection[RowId] | None = None) -> int:
        """Give back every leased row."""
        del doubtful
        leased = self._store.leased()
        for entry in leased:
            self._change(entry, state="queued")
        return len(leased)

    def ask_next_due(self) -> Found:
        """Find when the earliest queued row falls due."""
        return Found(at=min((entry.due for entry in self._store.queued()), default=None))

    def _change(self, entry: Entry, **changes: Any) -> None:
        self.before.setdefault(entry.id, entry)
        self._store._set(replace(entry, **changes))


class FakeUnit:
    """A unit of work on the outbox alone."""

    def __init__(self, store: FakeStore, now: datetime) -> None:
        self.now = now
        self.spool = FakeSpool(store, now)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Open a savepoint; the exception goes on to whoever opened it."""
        yield
