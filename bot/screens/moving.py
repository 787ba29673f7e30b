"""Quotations that move to the end of the chat: what stands further up is taken away when its successor comes.

Telegram lets a bot delete what it has sent for 48 hours. What is older stays, and loses its buttons.
"""

from dataclasses import replace

from bot.actions.ports import Work
from bot.actions.quote import DELETABLE, IN_PLACE, standing
from bot.messages import Message, MessageKind
from bot.practice.round import Slot
from bot.screens.call import Call

MOST = 100  # in one call


async def in_place(work: Work, message: Message) -> Message | None:
    """Find what a message changes, where that is found when it is sent; None where it stands no more.

    What that one knew of its words it knows still, whatever has changed it in place before.
    """
    if IN_PLACE not in message.details:
        return message
    kinds = [MessageKind(kind) for kind in str(message.details[IN_PLACE]).split(",")]
    slot = message.details.get("slot")
    found = [
        one
        for one in (await work.outbox.standing(message.to, kinds, message.round) if message.to else [])
        if one.number is not None and slot in (None, one.message.details.get("slot", Slot.REFLECTION.value))
    ]
    if not found:
        return None
    last = found[-1].message
    number, known = found[-1].number, dict[str, int | str]()
    for details in (one.message.details for one in found if one.number == number):
        known = {**(known if IN_PLACE in details else {}), **details}
    couple, about = message.couple or last.couple, message.about or last.about
    return replace(message, edit=number, couple=couple, about=about, details={**known, **message.details})


async def taken_away(work: Work, message: Message) -> Call | None:
    """Make the call that deletes a message, or all that still quotes somebody's own words of a slot.

    None where there is nothing to take away.
    """
    if message.edit is not None:
        return Call("deleteMessage", {"chat_id": message.chat, "message_id": message.edit})
    if message.to is None or message.round is None:
        return None
    found = await standing(work, message.to, message.round, Slot(str(message.details["slot"])))
    young = [one.number for one in found if work.now - one.at < DELETABLE][-MOST:]
    if len(young) > 1:
        return Call("deleteMessages", {"chat_id": message.chat, "message_ids": young})
    if young:
        return Call("deleteMessage", {"chat_id": message.chat, "message_id": young[0]})
    if found:
        return Call("editMessageReplyMarkup", {"chat_id": message.chat, "message_id": found[-1].number})
    return None
