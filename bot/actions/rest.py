"""A partner rests, and comes back. Each has a rest of their own; the couple rests while either does."""

from dataclasses import replace

from bot.actions import talk, waiting
from bot.actions.missed import missed, told_once
from bot.actions.over import over_meanwhile
from bot.actions.people import Together, message, together
from bot.actions.ports import Work
from bot.actions.put_away import catch_up
from bot.actions.themes import ask_rested
from bot.messages import MessageKind
from bot.practice.couple import CoupleState, state_of
from bot.practice.ids import PartnerId
from bot.practice.opening import following
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
HELD = (K.PROMPT, K.REMINDER, K.SLOWER_OFFER, K.DEEPER_OFFER, K.WISH_ASK)
"""What asks something, and comes to nobody who rests."""


async def pause(work: Work, partner: Partner) -> None:
    """Begin a partner's rest. Raises Refusal ALREADY_RESTING, NO_COUPLE."""
    us = await together(work, partner.id)
    if us is None:
        raise Refusal(Reason.NO_COUPLE)
    if partner.resting:
        raise Refusal(Reason.ALREADY_RESTING)
    await work.partners.save(replace(us.me, resting=True))
    await work.outbox.withdraw(to=partner.id, kinds=HELD)
    await work.outbox.put(message(K.PAUSED, partner))


async def resume(work: Work, partner: Partner) -> None:
    """End a partner's own rest. Raises Refusal NOT_RESTING, NO_COUPLE."""
    us = await together(work, partner.id)
    if us is None:
        raise Refusal(Reason.NO_COUPLE)
    if not partner.resting:
        raise Refusal(Reason.NOT_RESTING)
    us = replace(us, me=replace(us.me, resting=False))
    await work.partners.save(us.me)
    await _come_back(work, us)
    await work.outbox.put(replace(us.message(K.RESUMED, us.me), about=None))
    await ask_rested(work, us)


async def _come_back(work: Work, us: Together) -> None:
    """Plan the next opening again, at which whoever still has to hear of the other's rest will."""
    active = state_of(us.couple, us.pair) is CoupleState.ACTIVE
    if active:
        await work.outbox.withdraw(couple=us.couple.id, kinds=(K.REST_TOLD,))
    told = frozenset() if active else us.couple.rest_told - {us.me.id}
    due = us.couple.next_opening or following(us.couple, work.now)
    await work.couples.save(replace(us.couple, rest_told=told, next_opening=due))


async def lose(work: Work, partner: PartnerId) -> None:
    """Note that a partner can't be reached: blocked, deactivated or gone. The couple rests meanwhile."""
    found = await work.partners.find(partner)
    if found is None:
        return
    await work.outbox.withdraw(to=partner)
    if found.reachable:
        await work.partners.save(replace(found, reachable=False))


async def welcome_back(work: Work, partner: Partner) -> Partner:
    """Note that a partner can be reached again; tell the changed partner."""
    back = replace(partner, reachable=True)
    await work.partners.save(back)
    us = await together(work, partner.id)
    if us is not None:
        await _come_back(work, us)
        await work.outbox.put(*await missed(work, us))
        await ask_rested(work, us)
        await waiting.ask_unasked(work, back)
        await talk.missed(work, us)
    await work.outbox.put(*await over_meanwhile(work, back), *await told_once(work, back, us))
    await catch_up(work, back)
    return back
