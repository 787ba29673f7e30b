"""Where the round stands for one partner, and nothing of the other."""

from dataclasses import replace

from bot.actions.people import Together, message, together
from bot.actions.ports import Work
from bot.actions.reflect import show
from bot.actions.seal import show_reveal
from bot.messages import MessageKind
from bot.practice import standing
from bot.practice.invite import InviteState
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
    found = Standing.ALONE
    for invite in await work.invites.of(partner.id):
        if invite.state is InviteState.CLAIMED:
            return Standing.TO_CONFIRM if invite.inviter == partner.id else Standing.JOINING
        if invite.expires_at > work.now:
            found = Standing.INVITED
    return found


async def today(work: Work, partner: Partner) -> None:
    """Answer /today: what is open for this partner, their draft, or what has been revealed to them."""
    where, us, newest = await stand(work, partner)
    if us is None or newest is None:
        await work.outbox.put(message(K.PLAIN, partner, standing=where.value))
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
    base = us.message(K.PLAIN, us.me, newest.id if newest else None) if us else message(K.PLAIN, partner)
    await work.outbox.put(replace(base, details={"standing": where.value}))
