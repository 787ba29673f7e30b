"""Ten minutes together: a small thing to do off the phone, once a round has been revealed.

Each says yes alone, for the day that it is for them. It comes where both have; a no is no yes, and nothing here
tells it from no answer.
"""

from dataclasses import replace
from datetime import datetime

from bot.practice.calendar import local_date
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, WRITABLE, Nearby, Round


def say_yes(round_: Round, partner: PartnerId, where: Nearby, now: datetime) -> Round:
    """Take one partner's yes. Raises Refusal NOT_YOURS, NOT_REVEALED, ROUND_OVER."""
    return _with_yes(round_, partner, where, now)


def take_back(round_: Round, partner: PartnerId) -> Round:
    """Take a partner's yes back, as long as nothing has come of it. Raises Refusal as say_yes."""
    return _with_yes(round_, partner, None, None)


def _with_yes(round_: Round, partner: PartnerId, where: Nearby | None, at: datetime | None) -> Round:
    turn = round_.turn(partner)
    if round_.state not in SHOWN:
        raise Refusal(Reason.NOT_REVEALED if round_.state in WRITABLE else Reason.ROUND_OVER)
    return round_ if round_.thing else round_.with_turn(replace(turn, together=where, together_at=at))


def wants(round_: Round, partner: PartnerId, zone: str, now: datetime) -> bool:
    """Tell whether a partner has said yes on the day that it still is by the clocks of their zone."""
    said = round_.turn(partner).together_at
    return said is not None and local_date(said, zone) == local_date(now, zone)


def are_apart(round_: Round) -> bool:
    """Tell whether either has said that they are not in one place: then it has to be one for afar."""
    return any(turn.together is Nearby.APART for turn in round_.turns)
