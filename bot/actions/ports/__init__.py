"""What an action needs of storage: small protocols, kept by storage/ and by nothing else.

All of it happens inside one unit of work: a transaction that somebody else begins and commits.
Whatever is not found is None, or an empty list; what must be there is asked for by `get`.
"""

from datetime import datetime
from typing import Protocol

from bot.actions.ports.beside import Capsules, Highlights, Pulses, Sittings, Talks
from bot.actions.ports.messages import Outbox, Traces
from bot.actions.ports.people import Couples, Invites, Partners
from bot.actions.ports.practising import Kept, Openings, OwnCards, Rounds, Words


class Work(Protocol):
    """An open unit of work."""

    @property
    def now(self) -> datetime:
        """The instant at which it began."""
        ...

    @property
    def partners(self) -> Partners: ...  # noqa: D102 (as its class says)
    @property
    def couples(self) -> Couples: ...  # noqa: D102 (as its class says)
    @property
    def rounds(self) -> Rounds: ...  # noqa: D102 (as its class says)
    @property
    def openings(self) -> Openings: ...  # noqa: D102 (as its class says)
    @property
    def words(self) -> Words: ...  # noqa: D102 (as its class says)
    @property
    def kept(self) -> Kept: ...  # noqa: D102 (as its class says)
    @property
    def own_cards(self) -> OwnCards: ...  # noqa: D102 (as its class says)
    @property
    def capsules(self) -> Capsules: ...  # noqa: D102 (as its class says)
    @property
    def highlights(self) -> Highlights: ...  # noqa: D102 (as its class says)
    @property
    def talks(self) -> Talks: ...  # noqa: D102 (as its class says)
    @property
    def pulses(self) -> Pulses: ...  # noqa: D102 (as its class says)
    @property
    def sittings(self) -> Sittings: ...  # noqa: D102 (as its class says)
    @property
    def invites(self) -> Invites: ...  # noqa: D102 (as its class says)
    @property
    def outbox(self) -> Outbox: ...  # noqa: D102 (as its class says)
    @property
    def traces(self) -> Traces: ...  # noqa: D102 (as its class says)

    def new_id(self) -> int:
        """Make an id."""
        ...
