"""Invites: who may take one up, once, in time; and what everybody else is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, EVE, NOW

from bot.practice import invite as rules
from bot.practice.ids import InviteId, PartnerId
from bot.practice.invite import CODE_BYTES, LASTS, Invite, InviteState
from bot.practice.refusals import Reason, Refusal

TWO_DAYS = timedelta(hours=48)
OPEN = Invite(InviteId(9), ADA, NOW + TWO_DAYS)
CLAIMED = replace(OPEN, state=InviteState.CLAIMED, joiner=BEN)
TAKEN = replace(CLAIMED, state=InviteState.SPENT)  # a couple was made, or it was declined or withdrawn
REPLACED = replace(OPEN, state=InviteState.SPENT)  # by a new link, or voided
EXPIRED = replace(OPEN, expires_at=NOW)

INVITES = {
    "open": OPEN,
    "claimed": CLAIMED,
    "taken": TAKEN,
    "replaced": REPLACED,
    "expired": EXPIRED,
    "none": None,
}
VISITORS: dict[str, PartnerId | None] = {"inviter": ADA, "joiner": BEN, "third person": EVE, "newcomer": None}
OK, OWN, USED, OVER = None, Reason.OWN_LINK, Reason.LINK_USED, Reason.LINK_OVER
TOLD = {
    #            open  claimed taken replaced expired none
    "inviter": (OWN, OWN, OWN, OWN, OWN, OVER),
    "joiner": (OK, OVER, OVER, OVER, OVER, OVER),
    "third person": (OK, USED, USED, OVER, OVER, OVER),
    "newcomer": (OK, USED, USED, OVER, OVER, OVER),
}


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("invite", INVITES)
def test_every_visitor_of_every_invite_gets_one_exact_answer(visitor: str, invite: str) -> None:
    """Their own, a used, a replaced, an expired or an unknown one: the answer names nobody."""
    expected = TOLD[visitor][list(INVITES).index(invite)]
    found, who = INVITES[invite], VISITORS[visitor]
    if expected is None:
        assert rules.check_open(found, who, NOW) is found
        return
    with pytest.raises(Refusal) as refused:
        rules.check_open(found, who, NOW)
    assert refused.value.reason is expected


@given(st.integers(-60, 72 * 3600))
def test_an_invite_lasts_forty_eight_hours(seconds: int) -> None:
    """To the second: at 48 hours it is over, for who would claim it too."""
    assert LASTS == TWO_DAYS
    now = NOW + timedelta(seconds=seconds)
    if seconds < 48 * 3600:
        assert rules.claim(OPEN, BEN, now) == CLAIMED
        return
    with pytest.raises(Refusal) as refused:
        rules.claim(OPEN, BEN, now)
    assert refused.value.reason is Reason.LINK_OVER


def test_an_invite_works_once() -> None:
    """The first consent uses it up; a second claimant is told that it is used."""
    claimed = rules.claim(OPEN, BEN, NOW)
    assert (claimed.state, claimed.joiner) == (InviteState.CLAIMED, BEN)
    with pytest.raises(Refusal) as refused:
        rules.claim(claimed, EVE, NOW)
    assert refused.value.reason is Reason.LINK_USED


def test_nobody_makes_a_couple_with_themselves() -> None:
    """One's own link is no invitation, however fresh."""
    with pytest.raises(Refusal) as refused:
        rules.claim(OPEN, ADA, NOW)
    assert refused.value.reason is Reason.OWN_LINK


@pytest.mark.parametrize("asked", [ADA, BEN, EVE])
@pytest.mark.parametrize("invite", INVITES)
def test_only_the_two_concerned_answer_and_only_once(asked: PartnerId, invite: str) -> None:
    """The inviter confirms or declines, the joiner withdraws, while it is claimed; anything else is over."""
    found = INVITES[invite]
    if found is CLAIMED and asked != EVE:
        assert rules.answer(found, asked, NOW) == replace(TAKEN, expires_at=NOW)
        return
    with pytest.raises(Refusal) as refused:
        rules.answer(found, asked, NOW)
    assert refused.value.reason is Reason.JOIN_OVER


def test_a_claimed_invite_can_be_confirmed_after_its_time() -> None:
    """The consent used it up in time; the inviter may sleep over the question."""
    late = replace(CLAIMED, expires_at=NOW - TWO_DAYS)
    assert rules.answer(late, ADA, NOW) == replace(TAKEN, expires_at=NOW - TWO_DAYS)


def test_a_code_is_too_long_to_be_guessed() -> None:
    """It has 128 bits at least, and fits a start payload of 64 characters."""
    assert CODE_BYTES * 8 >= 128
    assert -(-CODE_BYTES * 4 // 3) <= 64
