"""What actions need of memory for messages: those to send, and where words stand in a chat."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.messages import InChat, Message, MessageKind, Shown, Trace
from bot.practice.ids import CoupleId, PartnerId, RoundId, RowId


class Outbox(Protocol):
    """Messages to send. A row is one Telegram call; it holds no words."""

    async def put(self, *messages: Message) -> None:
        """Queue messages in order; one whose `dedupe` is known does nothing.

        A message lifts that chat's earlier rows to its own priority, so that order within a chat holds.
        """
        ...

    async def withdraw(
        self,
        *,
        to: PartnerId | None = None,
        couple: CoupleId | None = None,
        round_: RoundId | None = None,
        about: PartnerId | None = None,
        kinds: Collection[MessageKind] = (),
    ) -> None:
        """Withdraw what is queued and matches all that is given. No argument: ValueError.

        A matching row that is leased may be on its way; if it comes back, it goes no further.
        """
        ...

    async def waits(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None = None
    ) -> bool:
        """Tell whether a message of these kinds is queued and not yet on its way; `round_` None: of any round."""
        ...

    async def withdraw_all(self, rounds: Collection[RoundId], kinds: Collection[MessageKind]) -> None:
        """Withdraw what is queued of these kinds about any of these rounds."""
        ...

    async def sent(self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None) -> int | None:
        """Tell the Telegram message id of the newest such message that was sent; `round_` None: any round."""
        ...

    async def refused(self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId) -> bool:
        """Tell whether Telegram refused a message of these kinds that was queued with or after the newest first.

        The first of `kinds` is that which begins a series.
        """
        ...

    async def undelivered(self, to: PartnerId, kinds: Collection[MessageKind]) -> Sequence[Message]:
        """List what was queued for somebody last of these kinds, round by round, and neither came nor will."""
        ...

    async def with_buttons(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId
    ) -> InChat | None:
        """Find the newest such message whose buttons were not taken off since."""
        ...

    async def standing(
        self, to: PartnerId, kinds: Collection[MessageKind], round_: RoundId | None = None
    ) -> Sequence[InChat]:
        """List what stands in somebody's chat of these kinds, or may; `round_` None: of any round."""
        ...

    async def look(
        self, to: PartnerId, *, standing: Collection[MessageKind], newest: Collection[MessageKind]
    ) -> None:
        """Load at once what the next questions about a chat will ask; nothing changes by it."""
        ...

    async def newest_standing(self, to: PartnerId, limit: int) -> Sequence[InChat]:
        """List what stands in somebody's chat and came last, whatever it is, newest first."""
        ...

    async def around(self, to: PartnerId, row: RowId) -> tuple[int | None, int | None]:
        """Tell the numbers of the messages that went to somebody before a row and after it."""
        ...

    async def ours(self, to: PartnerId, numbers: Collection[int]) -> set[int]:
        """Tell which of these messages in somebody's chat we have sent."""
        ...

    async def gone(self, to: PartnerId, numbers: Collection[int]) -> None:
        """Note that messages stand in somebody's chat no more."""
        ...

    async def certain(self, to: PartnerId, rows: Collection[RowId]) -> None:
        """Note that no second copy of these rows stands anywhere any more."""
        ...

    async def last(self, to: PartnerId) -> int | None:
        """Tell which message of ours is the last in somebody's chat; None where another is coming."""
        ...

    async def newest(self, to: PartnerId, kinds: Collection[MessageKind]) -> Sequence[Shown]:
        """Tell what was last shown to somebody of each of these kinds, or may have been, newest first."""
        ...

    async def shown_in(self, to: PartnerId, message: int) -> Shown | None:
        """Tell what stands in one of the messages that somebody was sent; None where we don't know it."""
        ...

    async def shown_last(self, to: PartnerId) -> tuple[int | None, Shown | None]:
        """Tell the highest Telegram message id of what was sent to somebody, and what stands there."""
        ...

    async def hold_until(self, to: PartnerId, until: datetime, *, but: Collection[MessageKind]) -> int:
        """Let what waits for its time, but for some kinds, leave at another, in its order; tell how many."""
        ...

    async def hasten(self, to: PartnerId, kinds: Collection[MessageKind]) -> int:
        """Let what waits for its time leave now, in its order; tell how many."""
        ...


class Traces(Protocol):
    """In which messages of a person's chat words of their own stand. A round of None is practice."""

    async def add(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> None:
        """Note messages; those that are known already stay as they are."""
        ...

    async def stay(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> None:
        """Note that Telegram does not delete these messages."""
        ...

    async def of(self, partner: PartnerId, round_: RoundId | None, slot: str) -> Sequence[Trace]:
        """Tell in which messages somebody's words for a slot stand, in order."""
        ...

    async def places(self, partner: PartnerId) -> Sequence[tuple[RoundId, str]]:
        """Name the slots whose words stand in somebody's chat and can still go, each with its round."""
        ...

    async def between(self, partner: PartnerId, first: int, last: int) -> set[int]:
        """Name the messages from `first` to `last` in which any of somebody's words stand."""
        ...

    async def gone(self, partner: PartnerId, numbers: Collection[int]) -> None:
        """Forget messages that stand there no more."""
        ...
