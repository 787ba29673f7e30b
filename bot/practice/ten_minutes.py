"""Ten minutes together: a small thing to do off the phone, once a round has been revealed.

Each says yes alone. It comes where both have; a no is no yes, and nothing here tells it from no answer.
"""

from dataclasses import replace

from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, WRITABLE, Nearby, Round


def say_yes(round_: Round, partner: PartnerId, where: Nearby) -> Round:
    """Take one partner's yes. Raises Refusal NOT_YOURS, NOT_REVEALED, ROUND_OVER."""
    return _with_yes(round_, partner, where)


def take_back(round_: Round, partner: PartnerId) -> Round:
    """Take a partner's yes back, as long as nothing has come of it. Raises Refusal as say_yes."""
    return _with_yes(round_, partner, None)


def _with_yes(round_: Round, partner: PartnerId, where: Nearby | None) -> Round:
    turn = round_.turn(partner)
    if round_.state not in SHOWN:
        raise Refusal(Reason.NOT_REVEALED if round_.state in WRITABLE else Reason.ROUND_OVER)
    return round_ if round_.thing else round_.with_turn(replace(turn, together=where))


def both_want(round_: Round) -> bool:
    """Tell whether both have said yes."""
    return all(turn.together is not None for turn in round_.turns)


def are_apart(round_: Round) -> bool:
    """Tell whether either has said that they are not in one place: then it has to be one for afar."""
    return any(turn.together is Nearby.APART for turn in round_.turns)
