"""What intake and delivery need of storage besides: where a unit of work begins, the outbox's spool, known updates.

Actions are handed a unit that is open; what opens one, takes updates in and sends is the edge's. As in `ports`,
storage/ keeps these protocols, and nothing else does.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.actions.ports import Work
from bot.messages import Message, Outcome, Priority, Row
from bot.practice.ids import RowId


class Lease(Protocol):
    """Rows that are leased; known once their statement has been run."""

    @property
    def rows(self) -> list[Row]:
        """Return them in order of priority, due time and id."""
        ...

    @property
    def found(self) -> int:
        """Count them with those that were past their not-after and are withdrawn."""
        ...


class NextDue(Protocol):
    """When the earliest queued row falls due; known once its statement has been run."""

    @property
    def at(self) -> datetime | None:
        """Return it; None where nothing is queued."""
        ...


class Spool(Protocol):
    """The outbox as the drain sees it."""

    def ask(self, limit: int, passing_over: Collection[int] = (), *, only: Priority | None = None) -> Lease:
        """Lease due rows, with the next statement or the commit: REPLY first, then by due time and id.

        `passing_over` are chats that must wait; of one chat, rows come in their order. With `only`, rows
        of that priority alone, and none that has an earlier row of another in its chat.
        """
        ...

    def ask_next_due(self) -> NextDue:
        """Find when the earliest queued row falls due, with the next statement or the commit."""
        ...

    async def run(self) -> None:
        """Run what was asked for, now."""
        ...

    async def settle(self, row: RowId, outcome: Outcome, *, doubtful: bool = False) -> None:
        """Note what became of a leased row: sent with its message id, failed, or withdrawn.

        `doubtful` where an earlier call for it may have been taken too.
        """
        ...

    async def postpone(
        self, row: RowId, chat: int, until: datetime, *, counted: bool, doubtful: bool = False
    ) -> None:
        """Give a leased row back; nothing of its chat leaves before `until`, and their order holds.

        `counted` adds an attempt; `doubtful` where a call for it may have been taken.
        """
        ...

    async def release(self, doubtful: Collection[RowId] | None = None) -> int:
        """Give back every leased row; tell how many. Of `doubtful` ones, or all, a call may have been taken."""
        ...


class Updates(Protocol):
    """Updates that have taken effect."""

    async def record_all(self, updates: Mapping[int, int | None]) -> set[int]:
        """Note updates and return those that were not known; with each, the private chat that it came from.

        Whoever writes in these chats is loaded along the way.
        """
        ...


class Unit(Work, Protocol):
    """A unit of work with what intake and delivery need besides."""

    @property
    def spool(self) -> Spool: ...  # noqa: D102 (as its class says)
    @property
    def updates(self) -> Updates: ...  # noqa: D102 (as its class says)

    async def recall(self, messages: Sequence[Message]) -> None:
        """Load whom and what messages are about, before they are rendered."""
        ...

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Open a savepoint: an exception inside rolls back to it, and is raised on."""
        ...


class Store(Protocol):
    """Whatever opens units of work."""

    @property
    def changes(self) -> int:
        """How many units of work have changed what messages may say."""
        ...

    def unit(self, now: datetime, *, prompt: bool = False) -> AbstractAsyncContextManager[Unit]:
        """Begin a unit of work; commit at the end of the block, roll back on an exception.

        A `prompt` one puts no statement off: what fails, fails where it is asked for.
        """
        ...
