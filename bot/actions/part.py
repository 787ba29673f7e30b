"""A partner leaves: at once, without the other's approval, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import capsule, talk_chats, talk_keep, waiting
from bot.actions.announce import to_other
from bot.actions.over import ended
from bot.actions.own_card import couple_over
from bot.actions.people import Together, message, must_be_together
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice import round as rules
from bot.practice import themes
from bot.practice.ids import CoupleId
from bot.practice.partner import Expectation, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import Talk

K = MessageKind
OF_TWO = (K.WISH_ASK, K.WISH_CHOICES, K.BOTH_ASK, K.SLOWER_OFFER, K.TALK_AGAIN, K.TALK_WHERE, K.LEAVE_ASK)
"""What has buttons that lead nowhere once a couple has ended, besides those of its rounds and talks."""


async def ask_to_leave(work: Work, partner: Partner) -> None:
    """Ask once. Raises Refusal NO_COUPLE."""
    us = await must_be_together(work, partner.id)
    await work.outbox.put(us.message(K.LEAVE_ASK, us.me))


async def leave(work: Work, partner: Partner, couple: CoupleId) -> None:
    """End the couple that the partner was asked about. Raises Refusal NO_COUPLE, NOT_YOURS (another one)."""
    us = await must_be_together(work, partner.id)
    if us.couple.id != couple:
        raise Refusal(Reason.NOT_YOURS)
    await part(work, us, message(K.LEFT, us.me))


async def part(work: Work, us: Together, *farewell: Message) -> None:
    """Cut every tie between two partners, withdraw what is queued, and tell the other neutrally.

    After that, and after a `farewell` to whoever acts, what stands in the chats says what is so by now.
    """
    await work.couples.save(replace(us.couple, parted_at=work.now, next_opening=None))
    live = [rules.part(round_, work.now) for round_ in await work.rounds.live(us.couple.id)]
    for round_ in live:
        await work.rounds.save(round_)
    talks = await talk_keep.part(work, us)
    await work.outbox.withdraw(couple=us.couple.id)
    await couple_over(work, us)
    await waiting.couple_over(work, us)
    said = {each.id: await _over(work, us, each, talks) for each in us.pair}
    await work.highlights.end([partner.id for partner in us.pair])
    for partner in us.pair:  # a rest and a yes were of this couple; they must not meet the next one
        await work.partners.save(themes.afresh(replace(partner, resting=False, expectation=Expectation())))
    shown = await work.rounds.latest_shown(us.couple.id)  # which may have been complete, and answered still
    closed = [*live, *([shown] if shown is not None and shown.id not in {r.id for r in live} else [])]
    told = (message(K.OTHER_LEFT, us.other), *await ended(work, us.other, closed), *said[us.other.id])
    mine = (*farewell, *await ended(work, us.me, closed), *said[us.me.id])
    await work.outbox.put(*mine, *to_other(us, *told, now=work.now))


async def _over(work: Work, us: Together, reader: Partner, talks: Sequence[Talk]) -> list[Message]:
    """Change what stands in somebody's chat of the two besides rounds, and leads nowhere now."""
    asked = {one.message.kind: one for one in await work.outbox.standing(reader.id, OF_TWO) if one.number}
    return [
        *await talk_chats.parted(work, reader, talks),
        *await capsule.couple_over(work, us, reader),
        *(Message(K.BUTTONS_OFF, reader.chat, reader.id).editing(one.number) for one in asked.values()),
    ]


async def tell_now(work: Work, partner: Partner) -> bool:
    """Tell somebody who acts, before anything else, that their couple has ended. False: they know."""
    if not await work.outbox.waits(partner.id, (K.OTHER_LEFT,)):
        return False
    await work.outbox.withdraw(to=partner.id, kinds=(K.OTHER_LEFT,))
    await work.outbox.put(message(K.OTHER_LEFT, partner))
    return True
