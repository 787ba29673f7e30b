"""A person's own draft, quoted back under its buttons: nothing goes out but from under such a quotation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.actions import announce
from bot.actions.people import Together, must_be_together
from bot.actions.ports import Work
from bot.messages import InChat, Message, MessageKind, Outcome, Row, Sent
from bot.practice.draft import Draft
from bot.practice.ids import PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import Slot

K = MessageKind

SHOWN_AS = {
    Slot.REFLECTION: K.DRAFT,
    Slot.RESPONSE: K.RESPONSE_DRAFT,
    Slot.SECOND_RESPONSE: K.RESPONSE_DRAFT,
    Slot.CLARIFICATION: K.CLARIFICATION_DRAFT,
}


DELETABLE = timedelta(hours=47)  # an hour less than Telegram's: a call may wait for its turn
IN_PLACE = "in_place"  # of these kinds
LATE_CARDS = (K.STAYS_SEALED, K.EARLIER_CARD)


def buttons_off(to: Partner, round_: RoundId, *kinds: MessageKind) -> Message:
    """Take the buttons off the newest message of these kinds.

    Which one that is, is found when this is sent: what is on its way now will have arrived by then.
    """
    of = ",".join(kind.value for kind in kinds)
    return Message(K.BUTTONS_OFF, to.chat, to.id, round=round_, details={"of": of})


def in_place(message: Message, *kinds: MessageKind) -> Message:
    """Let a message take the place of the newest of these kinds in its round, once it is sent; or go nowhere."""
    details = {**message.details, IN_PLACE: ",".join(kind.value for kind in kinds)}
    return replace(message, details=details)


async def show(work: Work, us: Together, draft: Draft, more: Mapping[str, str] | None = None) -> None:
    """Quote a draft under its buttons at the end of the chat; the quotation before goes."""
    kind = SHOWN_AS[draft.slot]
    await retire(work, us.me, draft.round, draft.slot)
    frame = replace(us.message(kind, us.me, draft.round), details={"slot": draft.slot.value, **(more or {})})
    await work.outbox.put(*announce.own_words(frame, draft, kind))


async def show_in_place(work: Work, us: Together, draft: Draft) -> None:
    """Quote a draft anew where nothing of the person's has come after it: in place, if it ends the chat."""
    found = await standing(work, us.me.id, draft.round, draft.slot)
    kind = SHOWN_AS[draft.slot]
    whole = [one.message.kind for one in found] == [kind] and announce.fits_one_message(draft)
    if not whole or found[0].number != await work.outbox.last(us.me.id):
        await show(work, us, draft)
        return
    frame = us.message(kind, us.me, draft.round).editing(found[0].number)
    kept = {name: value for name, value in found[0].message.details.items() if name != announce.VERSION}
    await work.outbox.put(*announce.own_words(replace(frame, details=kept), draft, kind))


async def standing(work: Work, reader: PartnerId, round_: RoundId, slot: Slot) -> list[InChat]:
    """List the messages that quote somebody's own words of a slot, oldest first, each as it was sent or changed last.

    `at` is when it was sent, whatever has changed it since.
    """
    found: dict[int, InChat] = {}
    for one in await work.outbox.standing(reader, quotations(slot), round_):
        if one.number is not None and one.message.details.get("slot", Slot.REFLECTION) == slot:
            first = found.get(one.number, one)
            found[one.number] = replace(one, at=first.at)
    return list(found.values())


async def moved(work: Work, row: Row, outcome: Outcome) -> None:
    """Note that what a deletion has taken away stands no more."""
    message = row.message
    if message.to is None or not isinstance(outcome, Sent):
        return
    gone = [message.edit] if message.edit is not None else []
    if message.edit is None and message.round is not None:
        found = await standing(work, message.to, message.round, Slot(str(message.details["slot"])))
        young = [one for one in found if one.row < row.id and work.now - one.at < DELETABLE]
        gone = [one.number for one in young if one.number is not None]
    await work.outbox.gone(message.to, gone)


def quotations(slot: Slot) -> tuple[MessageKind, ...]:
    """Name the kinds that quote somebody's own words of a slot, as long as they have not gone out."""
    return (SHOWN_AS[slot], K.DRAFT_PART, *((K.SEALED,) if slot is Slot.REFLECTION else ()))


async def show_again(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Quote a partner's draft as it is now, because a button stood under an older one."""
    us = await must_be_together(work, partner.id)
    await show(work, us, await work.words.own(partner.id, round_, slot))


async def retire(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Withdraw a quotation that is still queued, and take away the one that was sent.

    Which one that is, is found when this is sent, as with `buttons_off`.
    """
    await work.outbox.withdraw(to=partner.id, round_=round_, kinds=(SHOWN_AS[slot],))
    await work.outbox.put(
        Message(K.GONE, partner.chat, partner.id, round=round_, details={"slot": slot.value})
    )
    found = await work.rounds.find(round_) if slot is Slot.REFLECTION else None
    if found is not None and found.late:  # what an earlier day is shown by has buttons of its own
        await work.outbox.put(buttons_off(partner, round_, *LATE_CARDS))
