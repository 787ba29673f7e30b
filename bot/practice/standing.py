"""Where a person stands: the one fact that decides what a helpful answer is.

Nothing in it depends on what the other has done, until one's own seal; and after it, until the reveal.
"""

from enum import StrEnum

from bot.practice import thread
from bot.practice.couple import Couple
from bot.practice.partner import Partner
from bot.practice.round import SHOWN, WRITABLE, Round
from bot.practice.thread import ThreadState


class Standing(StrEnum):
    """Where a person stands."""

    ALONE = "alone"  # consented, no couple, no invite
    INVITED = "invited"  # their link is out
    TO_CONFIRM = "to_confirm"  # somebody has taken their link up
    JOINING = "joining"  # they wait for the inviter's word
    RESTING = "resting"  # by their own choice
    BOTH_RESTING = "both_resting"  # they have been told that Attune rests
    UNWRITTEN = "unwritten"
    DRAFTED = "drafted"
    SEALED = "sealed"
    TO_RESPOND = "to_respond"  # the other's words wait for a response
    TO_HEAR = "to_hear"  # a response waits for their word on it
    TO_CLARIFY = "to_clarify"
    SHOWN = "shown"  # revealed; nothing is theirs to do
    BETWEEN = "between"  # nothing is open


def in_couple(partner: Partner, couple: Couple, round_: Round | None, *, drafted: bool) -> Standing:
    """Tell where a partner in a couple stands; `drafted`: they have written in the open round."""
    if round_ is not None and round_.state in WRITABLE:
        if round_.turn(partner.id).sealed:
            return Standing.SEALED
        if drafted:
            return Standing.DRAFTED
        if not partner.resting and partner.id not in couple.rest_told:
            return Standing.UNWRITTEN
    elif round_ is not None and round_.state in SHOWN and _live(round_):
        return _after_reveal(partner, round_)
    if partner.resting:
        return Standing.RESTING
    return Standing.BOTH_RESTING if partner.id in couple.rest_told else Standing.BETWEEN


def _live(round_: Round) -> bool:
    return any(turn.thread not in thread.CLOSED for turn in round_.turns)


def _after_reveal(partner: Partner, round_: Round) -> Standing:
    if round_.other(partner.id).thread in (ThreadState.QUIET, ThreadState.CLARIFIED):
        return Standing.TO_RESPOND
    mine = round_.turn(partner.id).thread
    if mine is ThreadState.ANSWERED:
        return Standing.TO_HEAR
    return Standing.TO_CLARIFY if mine is ThreadState.UNHEARD else Standing.SHOWN
