"""A partner invites: a link that works once, for two days."""

import secrets
from dataclasses import replace

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.ids import InviteId
from bot.practice.invite import CODE_BYTES, LASTS, Invite, InviteState, spent
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal


async def invite(work: Work, partner: Partner) -> None:
    """Give a partner a new link; it replaces the one before. Raises Refusal IN_A_COUPLE."""
    if await work.couples.of(partner.id) is not None:
        raise Refusal(Reason.IN_A_COUPLE)
    for earlier in await work.invites.of(partner.id):
        if earlier.inviter == partner.id and earlier.state is InviteState.OPEN:
            await work.invites.save(spent(earlier, work.now))
    await take_buttons_off(work, partner, MessageKind.INVITE)
    made = Invite(InviteId(work.new_id()), partner.id, work.now + LASTS)
    await work.invites.add(made, secrets.token_urlsafe(CODE_BYTES))
    await work.outbox.put(replace(message(MessageKind.INVITE, partner), invite=made.id))


async def take_buttons_off(work: Work, partner: Partner, kind: MessageKind) -> None:
    """Let the newest message of a kind show that its buttons are of no use any more."""
    sent = await work.outbox.sent(partner.id, (kind,), None)
    if sent is not None:
        off = message(MessageKind.BUTTONS_OFF, partner)
        await work.outbox.put(replace(off, edit=sent, dedupe=f"off:{partner.id}:{sent}"))
