"""Another card for one alone: chosen from what is theirs to know, so that nothing can be learnt from it.

Nothing that the other has done or chosen has a say: never deeper than the card that came, and than whoever asks
wants it; an easy one for one person; unseen, and of another theme and way, as long as there are any.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.practice.balance import rank
from bot.practice.ids import PartnerId
from bot.practice.refusals import Reason, Refusal
from bot.practice.rotation import known
from bot.practice.round import Round
from bot.practice.shelf import REPAIR, ROOTS, ROOTS_DEPTH, Card


def choose(
    cards: Collection[Card], round_: Round, partner: PartnerId, depth: int, seen: Mapping[str, datetime]
) -> str:
    """Choose a card for one partner in place of the one that they have.

    `depth` is that partner's own choice, and `seen` what they have seen. Raises Refusal NO_CARD_LEFT.
    """
    turn, deck = round_.turn(partner), known(cards)
    came, now = deck.get(round_.prompt), deck.get(round_.card(partner))
    deepest = min(depth, came.depth if came else 1)
    there = {round_.prompt, turn.card}
    fitting = [card for card in cards if card.id not in there and _fits(card, deepest)]
    if not fitting:
        raise Refusal(Reason.NO_CARD_LEFT)
    seed = f"{round_.id} {partner} {turn.swaps}"

    def order(card: Card) -> tuple[bool, bool, bool, int]:
        same_theme = now is not None and card.theme is not None and card.theme == now.theme
        same_way = now is not None and card.way == now.way
        return card.id in seen, same_theme, same_way, rank(seed, card.id)

    return min(fitting, key=order).id


def _fits(card: Card, depth: int) -> bool:
    """Tell whether a card is one for a person alone: no guess, no question, and nothing that needs a calm day."""
    alone = card.two_sided or card.form is None
    asks_little = not (card.heavy or card.quick or card.by_consent or card.way == REPAIR)
    deep_enough = card.way != ROOTS or depth >= ROOTS_DEPTH
    return alone and asks_little and deep_enough and card.depth <= depth and not card.retired
