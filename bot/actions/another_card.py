"""Another card, for one partner alone: the other is not told, and nothing that they see changes before the reveal."""

from collections.abc import Collection

from bot.actions.people import must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.quote import buttons_off, show
from bot.messages import MessageKind
from bot.practice import another
from bot.practice import round as rules
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Slot
from bot.practice.shelf import Card

K = MessageKind


async def another_card(
    work: Work, partner: Partner, round_: RoundId, swaps: int, cards: Collection[Card]
) -> None:
    """Give a partner another card, where they have had `swaps` of them: a second tap on a button does nothing.

    What they have written stays, and says which card it is for. Raises Refusal NO_CARD_LEFT, and as
    rules.check_writable.
    """
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    rules.check_writable(found, partner.id)
    if found.turn(partner.id).swaps != swaps:
        return
    seen = await work.rounds.seen([partner.id])
    card = another.choose(cards, found, partner.id, partner.depth, seen)
    await work.rounds.save(rules.swap(found, partner.id, card))
    kind = K.EARLIER_CARD if found.late else K.PROMPT
    before = [buttons_off(partner, round_, shown) for shown in ((kind,) if found.late else (kind, K.TODAY))]
    await work.outbox.put(*before, us.message(kind, us.me, round_))
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    if draft.pieces:
        await show(work, us, draft)
