"""A time capsule: a letter of one's own to the other, which opens on a day that its author has chosen.

    DRAFT   only its author knows that there is one; so it is while it is
    SEALED  waiting for its day
    OPENED  the other has been shown it, at the couple's hour on that day

The table is the law; what it does not hold is a refusal. A draft and a sealed letter can be destroyed by their author.
When two part each letter stays its author's alone, and none opens any more.

what is so                                     then
a day that is over, today, or 20 years off     refused, and the letter stays as it is
the 29th of February, in a year without one    "in a year" is the 28th; the day itself is that of the next leap year
one of the two rests, or can't be reached      it waits, and opens within an hour of when that is over
the machine was off at its hour                it opens an hour after that is noticed, by when a wrong clock is right
the couple's hour has changed                  it opens at the new one
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.practice import calendar
from bot.practice import draft as drafts
from bot.practice.calendar import Rhythm
from bot.practice.draft import Draft, Piece
from bot.practice.ids import CapsuleId, CoupleId, PartnerId, RoundId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot

MOST_SEALED = 3  # letters of one author's that wait
FARTHEST = 20  # years
LOOK_AGAIN = timedelta(hours=1)


class CapsuleState(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    SEALED = "sealed"
    OPENED = "opened"


class CapsuleStep(StrEnum):
    """What moves a letter."""

    SEAL = "seal"
    TAKE_BACK = "take_back"
    OPEN = "open"


TRANSITIONS: dict[tuple[CapsuleState, CapsuleStep], CapsuleState] = {
    (CapsuleState.DRAFT, CapsuleStep.SEAL): CapsuleState.SEALED,
    (CapsuleState.SEALED, CapsuleStep.TAKE_BACK): CapsuleState.DRAFT,
    (CapsuleState.SEALED, CapsuleStep.OPEN): CapsuleState.OPENED,
}


@dataclass(frozen=True)
class Capsule:
    """A letter; `opens_at` is the instant that its day and the couple's hour make, as far as that is known."""

    id: CapsuleId
    author: PartnerId
    couple: CoupleId
    made_at: datetime
    version: int = 0
    pieces: tuple[Piece, ...] = ()
    opens_on: date | None = None
    opens_at: datetime | None = None
    look_at: datetime | None = None  # when its opening is looked at again: it was late, or one of them rested
    sealed_at: datetime | None = None
    opened_at: datetime | None = None

    @property
    def state(self) -> CapsuleState:
        """Tell where it stands."""
        if self.opened_at is not None:
            return CapsuleState.OPENED
        return CapsuleState.DRAFT if self.sealed_at is None else CapsuleState.SEALED

    @property
    def words(self) -> Draft:
        """Its parts as a draft, whose rules for parts hold for a letter, too; it is of no round."""
        return Draft(
            RoundId(self.id), self.author, Slot.REFLECTION, self.version, self.pieces, self.sealed_at
        )

    def holding(self, words: Draft) -> "Capsule":
        """Copy the letter with other parts."""
        return replace(self, version=words.version, pieces=words.pieces)


def _step(capsule: Capsule, step: CapsuleStep) -> None:
    if (capsule.state, step) not in TRANSITIONS:
        raise Refusal(Reason.CAPSULE_OPEN if capsule.opened_at else Reason.CAPSULE_GONE)


def check_day(day: date, today: date) -> None:
    """Refuse a day on which no letter can open. Raises Refusal CAPSULE_DAY_OVER, CAPSULE_DAY_FAR."""
    if day <= today:
        raise Refusal(Reason.CAPSULE_DAY_OVER)
    if day > calendar.months_later(today, 12 * FARTHEST):
        raise Refusal(Reason.CAPSULE_DAY_FAR)


def seal(capsule: Capsule, version: int, day: date, rhythm: Rhythm, now: datetime) -> Capsule:
    """Seal exactly the version that was quoted, for a day.

    Raises Refusal CAPSULE_OPEN, CAPSULE_GONE (sealed already), NOTHING_WRITTEN, WORDS_CHANGED, and as check_day.
    """
    _step(capsule, CapsuleStep.SEAL)
    check_day(day, calendar.local_date(now, rhythm.zone))
    sealed = drafts.commit(capsule.words, version, now)
    return replace(
        capsule,
        sealed_at=sealed.committed_at,
        opens_on=day,
        opens_at=calendar.hour_on(day, rhythm),
        look_at=None,
    )


def take_back(capsule: Capsule) -> Capsule:
    """Open the seal for its author. Raises Refusal CAPSULE_OPEN, CAPSULE_GONE (not sealed)."""
    _step(capsule, CapsuleStep.TAKE_BACK)
    return replace(
        capsule, version=capsule.version + 1, sealed_at=None, opens_on=None, opens_at=None, look_at=None
    )


def outlive(capsule: Capsule) -> Capsule:
    """Let a letter that has not opened be its author's alone for good: its couple has ended, and it has no day."""
    if capsule.state is CapsuleState.OPENED:
        return capsule
    return replace(capsule, sealed_at=None, opens_on=None, opens_at=None, look_at=None)


def come_due(capsule: Capsule, rhythm: Rhythm, now: datetime, *, resting: bool) -> Capsule:
    """Open a letter whose hour has come, or say when that is looked at again. Raises Refusal as `take_back`."""
    _step(capsule, CapsuleStep.OPEN)
    at = calendar.hour_on(capsule.opens_on, rhythm) if capsule.opens_on else now
    if at > now:
        return replace(capsule, opens_at=at, look_at=None)
    waited = capsule.look_at is not None and timedelta(0) <= now - capsule.look_at
    if resting or (calendar.missed(at, now) and not waited):
        return replace(capsule, opens_at=at, look_at=now + LOOK_AGAIN)
    return replace(capsule, opens_at=at, opened_at=now)
