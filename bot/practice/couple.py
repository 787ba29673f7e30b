"""Two partners who practise together.

ACTIVE while neither rests, RESTING while one does, PARTED for good.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.practice.calendar import Rhythm
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

OFFER_AFTER = frozenset({3, 10, 30})
"""Days in a row without a reveal after which a slower rhythm is offered: who lets it be isn't asked every few days."""


class CoupleState(StrEnum):
    """Where a couple stands."""

    ACTIVE = "active"
    RESTING = "resting"
    PARTED = "parted"


@dataclass(frozen=True)
class Couple:
    """Two partners, their rhythm, and their next opening."""

    id: CoupleId
    partners: tuple[PartnerId, PartnerId]  # the inviter first
    rhythm: Rhythm
    last_opening: datetime
    last_date: date  # local date of the last round
    next_opening: datetime | None  # None while a rest has been told and nothing is due
    rest_told: frozenset[PartnerId] = frozenset()
    keepable: frozenset[PartnerId] = frozenset()  # who lets their words be in the other's keepsake
    lines_since: tuple[datetime | None, datetime | None] = (
        None,
        None,
    )  # by seat: since when who agrees to look at both lines
    kept: int = 0  # revealed rounds: never falls
    lapses: int = 0  # days in a row that ended without a reveal
    arc: str | None = None  # the week's thread in progress
    parted_at: datetime | None = None
    week_day: int | None = None  # on which they look back at their week, 0 is Monday; None: on none
    month_back: date | None = None  # the month that the last page was about, by its first day
    looked_back_at: datetime | None = None  # when a round of long ago came up last

    def other(self, partner: PartnerId) -> PartnerId:
        """Name the one who is not `partner`. Raises Refusal NOT_YOURS for anybody else."""
        first, second = self.partners
        if partner not in self.partners:
            raise Refusal(Reason.NOT_YOURS)
        return second if partner == first else first


def state_of(couple: Couple, partners: tuple[Partner, Partner]) -> CoupleState:
    """Tell where a couple stands from what its partners chose."""
    if couple.parted_at is not None:
        return CoupleState.PARTED
    return CoupleState.RESTING if any(p.away for p in partners) else CoupleState.ACTIVE


def depth_of(partners: tuple[Partner, Partner]) -> int:
    """Tell the couple's depth: the lower of both choices."""
    return min(p.depth for p in partners)
