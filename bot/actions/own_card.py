"""A person writes a card for both: it is quoted, waits for the next opening, and can be taken back until then."""

from dataclasses import dataclass, field, replace

from bot.actions.announce import to_other
from bot.actions.people import Together, message, must_be_together, together
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice import own_card as rules
from bot.practice.ids import OwnCardId
from bot.practice.own_card import OwnCard
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
CARD, BLAMES = "card", "blames"
AGAIN = "again"  # another was wished for while it waits


@dataclass(frozen=True)
class Wording:
    """What somebody wrote for a card; `leads_out` where a link is in it, `blames` where it could be softened."""

    text: str = field(repr=False)
    leads_out: bool
    blames: bool


async def is_due(work: Work, partner: Partner) -> bool:
    """Tell whether somebody may write a card; where one of theirs still waits, show it with its way back.

    Raises Refusal NO_COUPLE, CARD_LATELY.
    """
    us = await must_be_together(work, partner.id)
    if await show_waiting(work, us.me, again=True):
        return False
    rules.check_due(await work.own_cards.last_ready(partner.id, us.couple.id), work.now)
    return True


async def show_waiting(work: Work, partner: Partner, *, again: bool = False) -> bool:
    """Show somebody's card that waits at the end of the chat, with its way back; `again`: another was wished for.

    False where none waits. Raises Refusal NO_COUPLE.
    """
    us = await must_be_together(work, partner.id)
    cards = await work.own_cards.of(partner.id)
    waits = next((card for card in cards if card.waits and card.couple == us.couple.id), None)
    if waits is None:
        return False
    before = await work.outbox.sent(partner.id, (K.CARD_WAITS,), None)
    if before is not None:
        await work.outbox.put(message(K.BUTTONS_OFF, partner).editing(before))
    await work.outbox.put(_about(us, K.CARD_WAITS, waits.id, **({AGAIN: 1} if again else {})))
    return True


async def write(work: Work, partner: Partner, wording: Wording) -> None:
    """Take words as a card, in place of a draft of one, and quote them back; not while one waits, which is shown.

    Raises Refusal NO_COUPLE, CARD_EMPTY, CARD_LONG, CARD_LINK, CARD_LATELY.
    """
    us = await must_be_together(work, partner.id)
    words = rules.check(wording.text, leads_out=wording.leads_out)
    if not await is_due(work, partner):
        return
    card = OwnCard(OwnCardId(work.new_id()), partner.id, us.couple.id, words, work.now)
    await work.own_cards.draft(card)
    await work.outbox.put(_about(us, K.CARD_DRAFT, card.id, **{BLAMES: int(wording.blames)}))


async def edit(work: Work, partner: Partner, wording: Wording) -> None:
    """Take an edit of a card's message: a draft is written anew, and what was let come stays as it was.

    Telegram tells also of edits that change no word: those do nothing. Raises Refusal as write.
    """
    cards = await work.own_cards.of(partner.id)
    newest = cards[-1] if cards else None
    if newest is not None and newest.text == wording.text.strip():
        return
    if newest is not None and newest.ready_at is not None and rules.is_lately(newest.ready_at, work.now):
        await work.outbox.put(message(K.CARD_STAYS, partner))
        return
    await write(work, partner, wording)


async def let_come(work: Work, partner: Partner, id_: OwnCardId, shown_in: int) -> None:
    """Let a card come at the next opening. Raises Refusal NO_COUPLE, CARD_GONE, CARD_LATELY."""
    us = await must_be_together(work, partner.id)
    card = await _theirs(work, us.me, id_)
    if card.couple != us.couple.id:
        raise Refusal(Reason.CARD_GONE)
    if card.ready_at is None:
        rules.check_due(await work.own_cards.last_ready(partner.id, us.couple.id), work.now)
        await work.own_cards.save(replace(card, ready_at=work.now))
    await work.outbox.put(_about(us, K.CARD_WAITS, id_).editing(shown_in))


async def take_back(work: Work, partner: Partner, id_: OwnCardId, shown_in: int) -> None:
    """Destroy a card that has not come, also of a couple that has ended. Raises Refusal CARD_GONE."""
    await work.own_cards.destroy((await _theirs(work, partner, id_)).id)
    us = await together(work, partner.id)
    said = us.message(K.CARD_TAKEN_BACK, us.me) if us else message(K.CARD_TAKEN_BACK, partner)
    await work.outbox.put(said.editing(shown_in))


async def couple_over(work: Work, us: Together) -> None:
    """Tell each whose card waits, in place of what was promised, that it comes to nobody."""
    for partner in us.pair:
        shown = await work.outbox.sent(partner.id, (K.CARD_WAITS,), None)
        for card in await work.own_cards.of(partner.id):
            if shown is None or card.couple != us.couple.id or not card.waits:
                continue
            told = message(K.CARD_OVER, partner, **{CARD: card.id}).editing(shown)
            await work.outbox.put(*([told] if partner is us.me else to_other(us, told, now=work.now)))


async def _theirs(work: Work, author: Partner, id_: OwnCardId) -> OwnCard:
    """Find a card of this author's that has not come. Raises Refusal CARD_GONE."""
    card = next((one for one in await work.own_cards.of(author.id) if one.id == id_), None)
    if card is None or card.round is not None:
        raise Refusal(Reason.CARD_GONE)
    return card


def _about(us: Together, kind: MessageKind, card: OwnCardId, **more: int) -> Message:
    return us.message(kind, us.me, details={CARD: card, **more})
