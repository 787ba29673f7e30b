"""A person's own draft, quoted back under its buttons: nothing goes out but from under such a quotation."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions import announce
from bot.actions.people import Together, must_be_together
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice.draft import Draft
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Slot

K = MessageKind

SHOWN_AS = {
    Slot.REFLECTION: K.DRAFT,
    Slot.RESPONSE: K.RESPONSE_DRAFT,
    Slot.SECOND_RESPONSE: K.RESPONSE_DRAFT,
    Slot.CLARIFICATION: K.CLARIFICATION_DRAFT,
}


def buttons_off(to: Partner, round_: RoundId, *kinds: MessageKind) -> Message:
    """Take the buttons off the newest message of these kinds.

    Which one that is, is found when this is sent: what is on its way now will have arrived by then.
    """
    of = ",".join(kind.value for kind in kinds)
    return Message(K.BUTTONS_OFF, to.chat, to.id, round=round_, details={"of": of})


async def show(work: Work, us: Together, draft: Draft, more: Mapping[str, str] | None = None) -> None:
    """Quote a draft under its buttons, and take the buttons off the quotation before."""
    kind = SHOWN_AS[draft.slot]
    await retire(work, us.me, draft.round, draft.slot)
    frame = replace(us.message(kind, us.me, draft.round), details={"slot": draft.slot.value, **(more or {})})
    await work.outbox.put(*announce.own_words(frame, draft, kind))


async def show_again(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Quote a partner's draft as it is now, because a button stood under an older one."""
    us = await must_be_together(work, partner.id)
    await show(work, us, await work.words.own(partner.id, round_, slot))


async def retire(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Withdraw a quotation that is still queued, and take the buttons off the one that was sent."""
    kind = SHOWN_AS[slot]
    await work.outbox.withdraw(to=partner.id, round_=round_, kinds=(kind,))
    sealed = (K.SEALED, K.STAYS_SEALED, K.EARLIER_CARD) if slot is Slot.REFLECTION else ()
    await work.outbox.put(buttons_off(partner, round_, kind, *sealed))
