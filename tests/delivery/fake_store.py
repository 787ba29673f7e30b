"""An outbox in memory with the manners of the real one, small enough to read."""

import itertools
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
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


class FakeSpool:
    """The outbox as the drain sees it."""

    def __init__(self, entries: dict[int, Entry], now: datetime) -> None:
        self._entries = entries
        self._now = now

    async def lease(
        self, limit: int, passing_over: Collection[int] = (), *, only: Priority | None = None
    ) -> list[Row]:
        """Lease due rows."""
        due = sorted(
            (e for e in self._entries.values() if e.state == "queued" and e.due <= self._now),
            key=lambda e: (e.priority, e.due, e.id),
        )
        rows: list[Row] = []
        for entry in due:
            over = entry.message.not_after is not None and entry.message.not_after < self._now
            if over:
                entry.state, entry.outcome = "withdrawn", Withdrawn()
            elif len(rows) < limit and self._may(entry, due, passing_over, only):
                entry.state = "leased"
                message = replace(entry.message, priority=entry.priority)
                rows.append(Row(RowId(entry.id), message, entry.attempts))
        return rows

    def _may(self, entry: Entry, due: list[Entry], passing: Collection[int], only: Priority | None) -> bool:
        if entry.message.chat in passing:
            return False
        if only is None:
            return True
        earlier = any(
            e.state == "queued" and e.message.chat == entry.message.chat and e.id < entry.id for e in due
        )
        return entry.priority is only and not earlier

    async def settle(self, row: RowId, outcome: Outcome) -> None:
        """Note what became of a row."""
        entry = self._entries[row]
        entry.state = "sent" if isinstance(outcome, Sent) else "failed"
        entry.outcome = outcome

    async def postpone(self, row: RowId, chat: int, until: datetime, *, counted: bool) -> None:
        """Give a row back and hold its chat."""
        entry = self._entries[row]
        entry.state = "queued"
        entry.attempts += counted
        for other in self._entries.values():
            if other.message.chat == chat and other.state == "queued":
                other.due = max(other.due, until)

    async def release(self) -> int:
        """Give back every leased row."""
        leased = [entry for entry in self._entries.values() if entry.state == "leased"]
        for entry in leased:
            entry.state = "queued"
        return len(leased)

    async def next_due(self) -> datetime | None:
        """Tell when the earliest queued row falls due."""
        return min((e.due for e in self._entries.values() if e.state == "queued"), default=None)


class FakeUnit:
    """A unit of work on the outbox alone."""

    def __init__(self, entries: dict[int, Entry], now: datetime) -> None:
        self.now = now
        self.spool = FakeSpool(entries, now)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Open a savepoint; the exception goes on to whoever opened it."""
        yield


class FakeStore:
    """Units of work that roll back; `broken` makes every commit fail."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.broken: Exception | None = None
        self.units = 0
        self._ids = itertools.count(1)

    def put(self, message: Message, now: datetime) -> int:
        """Queue a message; a reply lifts what stands before it in its chat."""
        entry = Entry(next(self._ids), message, message.due or now, message.priority)
        self.entries[entry.id] = entry
        if message.priority is Priority.REPLY:
            for other in self.entries.values():
                if other.message.chat == message.chat and other.state == "queued" and other.due <= now:
                    other.priority = Priority.REPLY
                    entry.due = max(entry.due, other.due)
        return entry.id

    def states(self) -> dict[str, int]:
        """Count rows by state."""
        counts: dict[str, int] = {}
        for entry in self.entries.values():
            counts[entry.state] = counts.get(entry.state, 0) + 1
        return counts

    def _commit(self) -> None:
        if self.broken is not None:
            raise self.broken

    @asynccontextmanager
    async def unit(self, now: datetime) -> AsyncIterator[Any]:
        """Open a unit: what it did is kept at its end, or forgotten."""
        self.units += 1
        before = {number: replace(entry) for number, entry in self.entries.items()}
        try:
            yield FakeUnit(self.entries, now)
            self._commit()
        except BaseException:
            self.entries.clear()
            self.entries.update(before)
            raise
