"""A person is forgotten: whatever couple they are in ends, and what they wrote is destroyed."""

from bot.actions import commands, put_away
from bot.actions.join import spend
from bot.actions.part import part
from bot.actions.people import message, together
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice.partner import Partner

K = MessageKind


async def ask_to_forget(work: Work, partner: Partner) -> None:
    """Ask once."""
    await work.outbox.put(message(K.FORGET_ASK, partner))


async def forget(work: Work, partner: Partner) -> None:
    """Remove a person: their key, words, name, invites and what is queued for or about them."""
    us = await together(work, partner.id)
    if us is not None:
        await part(work, us)
    for invite in await work.invites.of(partner.id):
        await spend(work, invite, besides={partner.id})
    shown = await put_away.forgotten(work, partner)
    await work.partners.forget(partner.id)
    await work.outbox.put(*shown, Message(K.FORGOTTEN, partner.chat, language=partner.language))
    await commands.forget(work, partner.chat)
