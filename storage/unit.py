"""A unit of work: one transaction, and the repositories that share it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import NamedTuple

from bot.messages import Message
from storage import locks
from storage.arrivals import recall
from storage.capsules import EARLIEST_CAPSULE, NEXT_CAPSULE, Capsules
from storage.context import Context
from storage.couples import EARLIEST, Couples
from storage.engine import asking
from storage.errors import Undone
from storage.highlights import Highlights
from storage.instants import moment_of
from storage.invites import Invites
from storage.kept import Kept
from storage.leaders import Leadership
from storage.openings import Openings
from storage.outbox import Outbox
from storage.own_cards import OwnCards
from storage.partners import Partners
from storage.pulses import NEXT_PULSE, Pulses
from storage.rounds import NEXT_CLOSING, Rounds
from storage.sittings import Sittings
from storage.spool import Spool
from storage.talks import NEXT_TALK, Talks
from storage.traces import Traces
from storage.updates import Updates
from storage.words import Words


class NextDueAll(NamedTuple):
    """When what the clock does falls due next; None where nothing is planned."""

    opening: datetime | None
    closing: datetime | None
    talk: datetime | None
    waiting: datetime | None  # the hour of the first letter that waits though it has passed
    letter: datetime | None  # the first that is still to come
    pulse: datetime | None  # the first question about a week


class Unit:
    """An open unit of work. `Database.unit` begins and ends it."""

    def __init__(self, context: Context) -> None:
        self.context = context  # for storage alone
        self._savepoints = 0
        self.couples = Couples(context)
        self.rounds = Rounds(context)
        self.openings = Openings(context)
        self.invites = Invites(context)
        self.outbox = Outbox(context)
        self.spool = Spool(context)
        self.updates = Updates(context)
        self.partners = Partners(context)
        self.words = Words(context)
        self.kept = Kept(context)
        self.own_cards = OwnCards(context)
        self.talks = Talks(context)
        self.pulses = Pulses(context)
        self.sittings = Sittings(context)
        self.traces = Traces(context)
        self.highlights = Highlights(context)
        self.capsules = Capsules(context)

    @property
    def now(self) -> datetime:
        """The instant at which it began."""
        return self.context.now

    def under(self, leading: Leadership) -> None:
        """Do this as a leader: where another leads by the commit, nothing of it is kept."""
        if self.context.transaction.shared:
            fence = locks.role(leading)
            self.context.fences.append(fence)
            self.context.transaction.with_next(fence)

    def new_id(self) -> int:
        """Make an id."""
        return self.context.new_id()

    async def recall(self, messages: Sequence[Message]) -> None:
        """Load whom and what messages are about, in one visit."""
        await recall(self.context, messages)

    async def next_due(self) -> NextDueAll:
        """Tell when the earliest opening, round's end, talk, letter and pulse fall due, in one visit."""
        opening, closing, talk, pulse = map(asking, (EARLIEST, NEXT_CLOSING, NEXT_TALK, NEXT_PULSE))
        waiting, letter = (asking(sql, now=self.context.micros) for sql in (EARLIEST_CAPSULE, NEXT_CAPSULE))
        await self.context.transaction.all(opening, closing, talk, waiting, letter, pulse)
        return NextDueAll(
            moment_of(opening.rows, "next_opening"),
            moment_of(closing.rows, "closes_at"),
            moment_of(talk.rows, "due_at"),
            moment_of(waiting.rows, "opens_at"),
            moment_of(letter.rows, "opens_at"),
            moment_of(pulse.rows, "due_at"),
        )

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Open a savepoint: what an exception inside leaves behind is undone, and the exception raised on.

        Whoever catches it outside goes on with the unit of work as it was before the savepoint.
        """
        context, transaction = self.context, self.context.transaction
        self._savepoints += 1
        name = f"savepoint_{self._savepoints}"
        known, queued, forgotten = context.known.copy(), context.queued, len(context.forgotten)
        transaction.open_savepoint(name)
        try:
            yield
        except BaseException:
            context.known, context.queued = known, queued
            del context.forgotten[forgotten:]
            with suppress(Undone):  # where all of the unit is lost: what has happened first is raised on
                transaction.undo(name)
            raise
        transaction.release(name)
