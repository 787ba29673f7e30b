"""Words that their writer has deleted go from their own chat, too, wherever we have quoted them there."""

from dataclasses import replace

from bot.actions import put_away
from bot.actions.left_in_chat import Corner, quoting_of
from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import InChat, MessageKind
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Slot

K = MessageKind
OF_ENTRY = (K.JOURNAL_WORDS, K.JOURNAL_MEDIA)
ENTRIES = (K.JOURNAL_ENTRY, K.JOURNAL_END)


async def take_away(work: Work, partner: Partner, round_: RoundId) -> None:
    """Take away what shows somebody their own words of a round, and show anew what shows the other's besides."""
    await put_away.hide(work, partner)
    for slot in Slot:
        corner = Corner(partner, round_, slot.value)
        await put_away.take_quotations(work, corner, await quoting_of(work, corner))
    parts = await work.outbox.standing(partner.id, OF_ENTRY, round_)
    mine = [one for one in parts if one.message.about == partner.id]
    await put_away.take_quotations(work, Corner(partner, round_, Slot.REFLECTION.value), mine)
    entries: dict[int, InChat] = {}
    for one in await work.outbox.standing(partner.id, ENTRIES, round_):
        if one.number is not None:
            entries[one.number] = one
    for number, one in entries.items():
        anew = replace(message(one.message.kind, partner), round=round_, details=one.message.details)
        await work.outbox.put(anew.editing(number))
