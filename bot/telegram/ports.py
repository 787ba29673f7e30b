"""What this room needs of storage besides what the actions need, inside one unit of work."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.actions.ports import Work


class Updates(Protocol):
    """Updates that have taken effect."""

    async def record(self, update: int) -> bool:
        """Note an update; False where it was known."""
        ...


class Unit(Work, Protocol):
    """A unit of work with what the intake needs besides."""

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
