"""Where the round stands for one partner, and nothing of the other."""

from dataclasses import replace

from bot.actions import join
from bot.actions.part import tell_now
from bot.actions.people import Together, message, together
from bot.actions.ports import Work
from bot.actions.reflect import show
from bot.actions.seal import show_reveal
from bot.messages import MessageKind
from bot.practice import standing
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.round import Round, RoundState, Slot
from bot.practice.standing import Standing

K = MessageKind
AFTER_REVEAL = (Standing.TO_RESPOND, Standing.TO_HEAR, Standing.TO_CLARIFY, Standing.SHOWN)


async def stand(work: Work, partner: Partner) -> tuple[Standing, Together | None, Round | None]:
    """Tell where a partner stands, with their couple and its newest round."""
    us = await together(work, partner.id)
    if us is None:
        return await _outside(work, partner), None, None
    newest = await work.rounds.latest(us.couple.id)
    drafted = False
    if newest is not None:
        drafted = bool((await work.words.own(partner.id, newest.id, Slot.REFLECTION)).pieces)
    return standing.in_couple(us.me, us.couple, newest, drafted=drafted), us, newest


async def _outside(work: Work, partner: Partner) -> Standing:
    claimed = await _claimed(work, partner)
    if claimed is not None:
        return Standing.TO_CONFIRM if claimed.inviter == partner.id else Standing.JOINING
    given = await work.invites.of(partner.id)
    return Standing.INVITED if any(invite.expires_at > work.now for invite in given) else Standing.ALONE


async def _claimed(work: Work, partner: Partner) -> Invite | None:
    """Find an invite that waits for the inviter's word."""
    given = await work.invites.of(partner.id)
    return next((invite for invite in given if invite.state is InviteState.CLAIMED), None)


async def _say_outside(work: Work, partner: Partner, where: Standing) -> None:
    """Tell somebody who is in no couple where they stand, with the buttons that they need there."""
    if await tell_now(work, partner):
        return
    claimed = await _claimed(work, partner)
    if claimed is None:
        await work.outbox.put(message(K.PLAIN, partner, standing=where.value))
    elif where is Standing.TO_CONFIRM:
        await work.outbox.put(join.ask_to_confirm(partner, claimed))
    else:
        await join.say_waiting(work, partner, claimed)


async def today(work: Work, partner: Partner) -> None:
    """Answer /today: what is open for this partner, their draft, or what has been revealed to them."""
    where, us, newest = await stand(work, partner)
    if us is None or newest is None:
        await _say_outside(work, partner, where)
        return
    if where is Standing.DRAFTED:
        await show(work, us, await work.words.own(partner.id, newest.id, Slot.REFLECTION))
        return
    note = us.message(K.TODAY, us.me, newest.id)
    await work.outbox.put(replace(note, details={"standing": where.value}))
    if where in AFTER_REVEAL and newest.state in (RoundState.REVEALED, RoundState.COMPLETE):
        await show_reveal(work, us, newest)


async def plain(work: Work, partner: Partner) -> None:
    """Answer words that are for nothing in particular, by where the person stands."""
    where, us, newest = await stand(work, partner)
    if us is None:
        await _say_outside(work, partner, where)
        return
    said = us.message(K.PLAIN, us.me, newest.id if newest else None)
    await work.outbox.put(replace(said, details={"standing": where.value}))
