"""After a quarrel: five short cards that each writes blind, at their own pace; one opens once both have sealed it.

    OPEN      nobody has sealed the card
    WAITING   one has: they go on with the next, and can take this one back
    SHOWN     both have: each is shown what the other wrote

Whoever is behind learns nothing of how far the other is. The table is the law: a step that it does not hold is a
refusal.
"""

from enum import StrEnum

from bot.practice.refusals import Reason, Refusal


class RepairCard(StrEnum):
    """The five cards, in order."""

    FELT = "felt"
    SAW = "saw"
    SET_OFF = "set_off"  # what set me off: an old thing, if I like
    SHARE = "share"
    NEXT_TIME = "next_time"


class CardState(StrEnum):
    """Where a card stands."""

    OPEN = "open"
    WAITING = "waiting"
    SHOWN = "shown"


class CardStep(StrEnum):
    """What moves a card."""

    SEAL = "seal"  # the first of the two
    TAKE_BACK = "take_back"
    SEAL_LAST = "seal_last"  # the second: it opens


TRANSITIONS: dict[tuple[CardState, CardStep], CardState] = {
    (CardState.OPEN, CardStep.SEAL): CardState.WAITING,
    (CardState.WAITING, CardStep.TAKE_BACK): CardState.OPEN,
    (CardState.WAITING, CardStep.SEAL_LAST): CardState.SHOWN,
}

CARDS = tuple(RepairCard)
CardsSealed = tuple[int, int]
"""How many cards each of the two has sealed, in the order of their seats."""


def state_of(sealed: CardsSealed, card: int) -> CardState:
    """Tell where a card stands."""
    having = sum(number > card for number in sealed)
    return (CardState.OPEN, CardState.WAITING, CardState.SHOWN)[having]


def seal(sealed: CardsSealed, seat: int, card: int) -> CardsSealed:
    """Seal the next card. Raises Refusal TALK_OVER for any other one."""
    if card != sealed[seat] or card >= len(CARDS):
        raise Refusal(Reason.TALK_OVER)
    last = sealed[1 - seat] > card
    _moved(state_of(sealed, card), CardStep.SEAL_LAST if last else CardStep.SEAL)
    return _with(sealed, seat, card + 1)


def take_back(sealed: CardsSealed, seat: int, card: int) -> CardsSealed:
    """Open one's newest seal again. Raises Refusal TALK_OVER for another one, TOO_LATE once it is shown."""
    if card != sealed[seat] - 1:
        raise Refusal(Reason.TALK_OVER)
    _moved(state_of(sealed, card), CardStep.TAKE_BACK)
    return _with(sealed, seat, card)


def shown(sealed: CardsSealed) -> int:
    """Tell how many cards are open to both."""
    return min(sealed)


def is_done(sealed: CardsSealed) -> bool:
    """Tell whether all five are."""
    return shown(sealed) == len(CARDS)


def _moved(state: CardState, step: CardStep) -> CardState:
    if (state, step) not in TRANSITIONS:
        raise Refusal(Reason.TOO_LATE if state is CardState.SHOWN else Reason.TALK_OVER)
    return TRANSITIONS[state, step]


def _with(sealed: CardsSealed, seat: int, number: int) -> CardsSealed:
    return (number, sealed[1]) if seat == 0 else (sealed[0], number)
