"""A person writes a card for both: it is quoted, waits for the next opening, and can be taken back until then."""

from dataclasses import replace

from bot.actions.people import Together, must_be_together
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice import own_card as rules
from bot.practice.ids import OwnCardId
from bot.practice.own_card import OwnCard
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
CARD, BLAMES = "card", "blames"


async def write(work: Work, partner: Partner, text: str, *, blames: bool) -> None:
    """Take words as a card, in place of a draft of one, and quote them back.

    `blames` offers to soften them. Raises Refusal NO_COUPLE, CARD_EMPTY, CARD_LONG, CARD_LINK, CARD_LATELY.
    """
    us = await must_be_together(work, partner.id)
    words = rules.check(text)
    rules.check_due(await work.own_cards.last_ready(partner.id), work.now)
    card = OwnCard(OwnCardId(work.new_id()), partner.id, us.couple.id, words, work.now)
    await work.own_cards.draft(card)
    await work.outbox.put(_about(us, K.CARD_DRAFT, card.id, **{BLAMES: int(blames)}))


async def let_come(work: Work, partner: Partner, id_: OwnCardId, shown_in: int) -> None:
    """Let a card come at the next opening. Raises Refusal NO_COUPLE, CARD_GONE, CARD_LATELY."""
    us = await must_be_together(work, partner.id)
    card = await _theirs(work, us, id_)
    if card.ready_at is None:
        rules.check_due(await work.own_cards.last_ready(partner.id), work.now)
        await work.own_cards.save(replace(card, ready_at=work.now))
    await work.outbox.put(_about(us, K.CARD_WAITS, id_).editing(shown_in))


async def take_back(work: Work, partner: Partner, id_: OwnCardId, shown_in: int) -> None:
    """Destroy a card that has not come. Raises Refusal NO_COUPLE, CARD_GONE."""
    us = await must_be_together(work, partner.id)
    await work.own_cards.destroy((await _theirs(work, us, id_)).id)
    await work.outbox.put(_about(us, K.CARD_TAKEN_BACK, id_).editing(shown_in))


async def _theirs(work: Work, us: Together, id_: OwnCardId) -> OwnCard:
    """Find a card of this author's and couple's that has not come. Raises Refusal CARD_GONE."""
    card = next((one for one in await work.own_cards.of(us.me.id) if one.id == id_), None)
    if card is None or card.couple != us.couple.id or card.round is not None:
        raise Refusal(Reason.CARD_GONE)
    return card


def _about(us: Together, kind: MessageKind, card: OwnCardId, **more: int) -> Message:
    return us.message(kind, us.me, details={CARD: card, **more})
