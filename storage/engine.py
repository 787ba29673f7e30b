"""What an engine is: a few verbs, behind which SQLite stands, or PostgreSQL.

SQL comes with named parameters (`:name`); one whose value is a tuple is a list for IN. An engine's module
(`storage.sqlite`, `storage.postgres`) is the only one that runs statements on the live database, and
`Transaction` in `storage.transaction` the only way to it.

A connection lives in a thread of its own, and the way there is most of what a statement costs: so
statements travel together, as many as there are, in one `Visit`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from storage.census import Census
from storage.errors import DatabasePlace
from storage.leaders import Leadership
from storage.vault import Vault

Value = int | str | bytes | None
Listed = tuple[int | str, ...]
Values = Mapping[str, Value | Listed]
Record = Mapping[str, Any]
"""A row that was selected, by its columns' names."""

Rows = list[Record]

COMMIT = "COMMIT"


@dataclass(slots=True)
class Statement:
    """A statement and the sets of values that it is run with, one after the other."""

    sql: str
    sets: Sequence[Values]
    rows: Rows = field(default_factory=list)  # what it has selected, once it was run with one set


def asking(sql: str, **values: Value | Listed) -> Statement:
    """Make a step of a statement with one set of values."""
    return Statement(sql, [values])


class Visit:
    """Steps that are run one after the other in one visit to the thread, once: a repeated visit does nothing."""

    def __init__(self, steps: Sequence[Statement]) -> None:
        self._steps = steps
        self._failure: BaseException | None = None
        self.done = 0  # steps that have been run

    @property
    def left(self) -> Sequence[Statement]:
        """Return the steps that have not been run."""
        return self._steps[self.done :]

    def run(self, work: Callable[["Visit"], None]) -> None:
        """Let `work` run what is left, and count it. Raises what that raises, and again where it is repeated."""
        if self._failure is not None:
            raise self._failure
        try:
            work(self)
        except BaseException as failure:
            self._failure = failure
            raise

    def fetchall(self) -> list[Any]:
        """Return nothing: what was selected stands in the steps."""
        return []


class Engine(Protocol):
    """One connection in a thread of its own. Its verbs run in the order in which they were asked for."""

    begin: str
    """The statement that begins a transaction which writes."""

    shared: bool
    """Whether other processes write to the same database: what is read is locked then, see `storage.locks`."""

    @property
    def path(self) -> DatabasePlace:
        """Where the database is."""
        ...

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open: some failures make an engine roll back by itself."""
        ...

    async def make(self, visit: Visit) -> None:
        """Visit the thread. Raises StorageError."""
        ...

    async def fetch(self, sql: str, **values: Value | Listed) -> Rows:
        """Run one statement outside any transaction and return its rows. Raises StorageError."""
        ...

    async def rollback(self) -> None:
        """Roll back. Does nothing where no transaction is open."""
        ...

    async def truncate_log(self) -> bool:
        """Let what was deleted leave the write-ahead log too; False where that has to wait."""
        ...

    async def take(self, role: str) -> Leadership | None:
        """Take a role; None where another process has it. Raises StorageError."""
        ...

    async def renew(self, leading: Leadership) -> bool:
        """Have a role for longer; False where another process has taken it over. Raises StorageError."""
        ...

    async def let_go(self, leading: Leadership) -> None:
        """Let others have a role at once. Raises StorageError."""
        ...

    def verify(self, vault: Vault) -> list[str]:
        """Read all there is, beside whoever uses it; tell what is wrong, one line each, without a word."""
        ...

    def census(self, now: datetime) -> Census:
        """Count what there is, beside whoever uses it. Raises StorageError."""
        ...

    async def close(self) -> None:
        """Close the connection, and let others have the database."""
        ...


async def undisturbed(step: Callable[[], Awaitable[None]]) -> asyncio.CancelledError | None:
    """Await a step that may be repeated until it has run to its end; tell what cancelled us meanwhile.

    A cancelled wait does not stop the thread, so the step has been asked for and runs; asking once
    more, and waiting whatever comes, is how we know that it is over.
    """
    try:
        await step()
    except asyncio.CancelledError as error:
        cancelled = error
    else:
        return None
    again = asyncio.ensure_future(_to_its_end(step))
    while not again.done():
        try:
            await asyncio.wait({again})
        except asyncio.CancelledError as error:
            cancelled = error
    again.result()
    return cancelled


async def _to_its_end(step: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await step()
        except asyncio.CancelledError:  # the loop is being shut down: all the more
            continue
