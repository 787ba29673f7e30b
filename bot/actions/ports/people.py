"""What actions need of memory for people: partners, couples, and the invites that bring them together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, InviteId, PartnerId
from bot.practice.invite import Invite
from bot.practice.partner import Partner


class Partners(Protocol):
    """People who have consented."""

    async def get(self, partner: PartnerId) -> Partner:
        """Load a partner. Raises LookupError where there is none."""
        ...

    async def find(self, partner: PartnerId) -> Partner | None:
        """Load a partner who may have been forgotten."""
        ...

    async def by_chat(self, chat: int) -> Partner | None:
        """Load the partner who writes in a private chat."""
        ...

    async def add(self, partner: Partner) -> None:
        """Store a new partner, with a key of their own."""
        ...

    async def save(self, partner: Partner) -> None:
        """Store a partner's changed choices."""
        ...

    async def forget(self, partner: PartnerId) -> None:
        """Destroy a partner's key, words, invites, queued messages and row.

        What belongs to a couple (its rounds, without words) stays for the other. Messages queued to or
        about them are gone, whenever in this unit of work: a farewell is put after it, `to` nobody.
        """
        ...


class Couples(Protocol):
    """Couples, of which a partner has one at a time that is not parted."""

    async def get(self, couple: CoupleId) -> Couple:
        """Load a couple. Raises LookupError where there is none."""
        ...

    async def of(self, partner: PartnerId) -> Couple | None:
        """Load the couple that a partner is in now."""
        ...

    async def add(self, couple: Couple) -> None:
        """Store a new couple."""
        ...

    async def save(self, couple: Couple) -> None:
        """Store a changed couple."""
        ...

    async def due(self, now: datetime, limit: int) -> tuple[list[CoupleId], datetime | None]:
        """Name couples whose next opening has come, earliest first, and tell when the earliest of all falls due."""
        ...

    async def due_after(self, moment: datetime, limit: int) -> list[CoupleId]:
        """Name couples whose next opening is later than a moment."""
        ...

    async def save_all(self, couples: Sequence[Couple]) -> None:
        """Store changed couples, in order."""
        ...

    async def planned(self, after: CoupleId, limit: int) -> list[Couple]:
        """Load couples with a next opening and an id above another, in the order of their ids."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the earliest opening of all couples falls due."""
        ...


class Invites(Protocol):
    """Invites; a code is stored encrypted and looked up by its hash."""

    async def add(self, invite: Invite, code: str) -> None:
        """Store a new invite."""
        ...

    async def get(self, invite: InviteId) -> Invite | None:
        """Load an invite by its id."""
        ...

    async def by_code(self, code: str) -> Invite | None:
        """Load the invite that a code opens."""
        ...

    async def code(self, invite: InviteId) -> str | None:
        """Decrypt an invite's code, for the link."""
        ...

    async def of(self, partner: PartnerId) -> list[Invite]:
        """Load invites that are not spent and that a partner gave out or has taken up."""
        ...

    async def save(self, invite: Invite) -> None:
        """Store a changed invite."""
        ...
