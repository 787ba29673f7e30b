"""Invites: one-use, expiring codes that one person gives another.

OPEN      given out
CLAIMED   somebody has consented through it; the inviter has been asked
SPENT     a couple was made, or it was declined, withdrawn, replaced, or voided
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.ids import InviteId, PartnerId
from bot.practice.refusals import Reason, Refusal

LASTS = timedelta(hours=48)
CODE_BYTES = 24  # 192 bits; 32 characters of a start payload


class InviteState(StrEnum):
    """Where an invite stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    SPENT = "spent"


@dataclass(frozen=True)
class Invite:
    """One invite; its code is known to storage alone."""

    id: InviteId
    inviter: PartnerId
    expires_at: datetime
    state: InviteState = InviteState.OPEN
    joiner: PartnerId | None = None


def check_open(invite: Invite | None, visitor: PartnerId | None, now: datetime) -> Invite:
    """Tell whether a visitor may still take an invite up.

    Raises Refusal: LINK_OVER, OWN_LINK, LINK_USED.
    """
    if invite is None:
        raise Refusal(Reason.LINK_OVER)
    if invite.inviter == visitor:
        raise Refusal(Reason.OWN_LINK)
    if invite.state is not InviteState.OPEN:
        used = invite.joiner is not None and invite.joiner != visitor
        raise Refusal(Reason.LINK_USED if used else Reason.LINK_OVER)
    if now >= invite.expires_at:
        raise Refusal(Reason.LINK_OVER)
    return invite


def claim(invite: Invite | None, joiner: PartnerId, now: datetime) -> Invite:
    """Use an invite up by the joiner's consent. Raises as check_open."""
    return replace(check_open(invite, joiner, now), state=InviteState.CLAIMED, joiner=joiner)


def spent(invite: Invite, now: datetime) -> Invite:
    """End an invite now: what is kept of it is counted from here, and not from when it would have expired."""
    return replace(invite, state=InviteState.SPENT, expires_at=min(invite.expires_at, now))


def answer(invite: Invite | None, asked: PartnerId, now: datetime) -> Invite:
    """Spend a claimed invite: the inviter confirms or declines, or the joiner withdraws.

    Raises Refusal JOIN_OVER where it is not claimed, or not theirs.
    """
    if (
        invite is None
        or invite.state is not InviteState.CLAIMED
        or asked not in (invite.inviter, invite.joiner)
    ):
        raise Refusal(Reason.JOIN_OVER)
    return spent(invite, now)
