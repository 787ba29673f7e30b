"""A partner's own choices: each can be changed alone, at any time, and none is told to the other."""

from dataclasses import replace

from bot.actions.people import message, must_be_together
from bot.actions.ports import Work
from bot.actions.remind import move_reminder
from bot.messages import MessageKind
from bot.practice import busy
from bot.practice.calendar import Quiet
from bot.practice.partner import DEPTHS, MAX_NAME, Expecting, Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
NO = 0  # in place of a depth


async def switch(work: Work, partner: Partner, name: str) -> None:
    """Turn one of a partner's switches. Raises Refusal NOT_YOURS for a switch that is none."""
    match name:
        case "reminders":
            changed = replace(partner, reminders=not partner.reminders)
        case "protect":
            changed = replace(partner, protect=not partner.protect)
            await _take_back_keepable(work, partner)
        case "cover":
            changed = replace(partner, cover=not partner.cover)
        case "plain":
            changed = replace(partner, plain=not partner.plain)
        case "coach":
            changed = replace(partner, coach=not partner.coach)
        case "quick":
            changed = replace(partner, quick=not partner.quick)
        case "friend":
            changed = replace(partner, friend_offers=not partner.friend_offers)
        case "put_away":
            changed = replace(partner, put_away=not partner.put_away)
        case _:
            raise Refusal(Reason.NOT_YOURS)
    await work.partners.save(changed)


async def toggle_keepable(work: Work, partner: Partner) -> None:
    """Allow one's own words in the other's keepsake, or no more. Raises Refusal NO_COUPLE, WORDS_PROTECTED."""
    us = await must_be_together(work, partner.id)
    if partner.protect:
        raise Refusal(Reason.WORDS_PROTECTED)
    await work.couples.save(replace(us.couple, keepable=us.couple.keepable ^ {partner.id}))


async def _take_back_keepable(work: Work, partner: Partner) -> None:
    """Let protection end what was allowed before it: lifting it allows nothing by itself."""
    couple = await work.couples.of(partner.id)
    if couple is not None and partner.id in couple.keepable:
        await work.couples.save(replace(couple, keepable=couple.keepable - {partner.id}))


async def set_depth(work: Work, partner: Partner, depth: int) -> None:
    """Choose how deep prompts may go; the couple's depth is the lower of both choices.

    Whoever chooses less is not asked any more whether it may be more.
    """
    if depth not in DEPTHS:
        raise Refusal(Reason.NOT_YOURS)
    said_no = partner.deeper_no or depth < partner.depth
    await work.partners.save(replace(partner, depth=depth, deeper_no=said_no))


async def answer_deeper(work: Work, partner: Partner, depth: int, shown_in: int) -> None:
    """Take a yes to this depth, or a no (0), which is for good; both are told to nobody else.

    A worn button changes nothing that was chosen since: it never makes a depth less.
    """
    if depth == NO:
        await work.partners.save(replace(partner, deeper_no=True))
        await work.outbox.put(message(K.DEEPER_KEPT, partner).editing(shown_in))
        return
    await set_depth(work, partner, max(depth, partner.depth))
    await work.outbox.put(message(K.DEEPER_SET, partner).editing(shown_in))


async def turn_busy_day(work: Work, partner: Partner, weekday: int) -> None:
    """Call a weekday busy (0 is Monday), or no more. Raises Refusal TOO_BUSY."""
    await work.partners.save(busy.turn_day(partner, weekday))


async def set_quiet(work: Work, partner: Partner, start: int, end: int) -> None:
    """Set a partner's quiet hours, in minutes of the day; equal means none. Raises Refusal BAD_QUIET."""
    asked = partner.expectation.after(Expecting.QUIET)
    await work.partners.save(replace(partner, quiet=Quiet(start, end), expectation=asked))
    await move_reminder(work, partner.id)


async def set_language(work: Work, partner: Partner, language: str) -> None:
    """Speak another language with a partner from now on; the other learns nothing of it."""
    await work.partners.save(replace(partner, language=language))


async def set_name(work: Work, partner: Partner, name: str) -> None:
    """Set what the bot calls a partner. Raises Refusal BAD_NAME for an empty or a long one."""
    if not name or len(name) > MAX_NAME:
        raise Refusal(Reason.BAD_NAME)
    changed = replace(partner, name=name, expectation=partner.expectation.after(Expecting.NAME))
    await work.partners.save(changed)
    await work.outbox.put(message(K.NAME_SET, changed))
