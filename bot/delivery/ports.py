"""What delivery needs of storage, inside one unit of work."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.actions.ports import Work
from bot.messages import Outcome, Priority, Row
from bot.practice.ids import RowId


class Spool(Protocol):
    """The outbox as the drain sees it."""

    async def lease(
        self, limit: int, passing_over: Collection[int] = (), *, only: Priority | None = None
    ) -> list[Row]:
        """Lease due rows, REPLY first, then by due time and id; those past their not-after are withdrawn.

        `passing_over` are chats that must wait; of one chat, rows come in their order. With `only`, rows
        of that priority alone, and none that has an earlier row of another in its chat.
        """
        ...

    async def settle(self, row: RowId, outcome: Outcome) -> None:
        """Note what became of a leased row: sent with its message id, failed, or withdrawn."""
        ...

    async def postpone(self, row: RowId, chat: int, until: datetime, *, counted: bool) -> None:
        """Give a leased row back; nothing of its chat leaves before `until`, and their order holds.

        `counted` adds an attempt.
        """
        ...

    async def release(self) -> int:
        """Give back every leased row (at start: they are from a process that is no more); tell how many."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the earliest queued row falls due."""
        ...


class Updates(Protocol):
    """Updates that have taken effect."""

    async def record(self, update: int) -> bool:
        """Note an update; False where it was known."""
        ...


class Unit(Work, Protocol):
    """A unit of work with what the shell needs besides."""

    @property
    def spool(self) -> Spool: ...  # noqa: D102 (as its class says)
    @property
    def updates(self) -> Updates: ...  # noqa: D102 (as its class says)

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Open a savepoint: an exception inside rolls back to it, and is raised on."""
        ...


class Store(Protocol):
    """Whatever opens units of work."""

    def unit(self, now: datetime) -> AbstractAsyncContextManager[Unit]:
        """Begin a unit of work; commit at the end of the block, roll back on an exception."""
        ...
