"""One's own line, asked for; and both lines, where both agree to look at them: each is asked alone."""

from dataclasses import replace

from bot.actions import pulse
from bot.actions.people import message, must_be_together, together
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice import growth as rules
from bot.practice.growth import OwnLine
from bot.practice.ids import PartnerId
from bot.practice.partner import Partner

K = MessageKind


async def line_of(work: Work, partner: PartnerId) -> OwnLine | None:
    """Draw somebody's own line; None where there is none yet."""
    couple = await work.couples.of(partner)
    return rules.line(pulse.own(await work.pulses.of(partner), couple.id if couple else None))


async def show(work: Work, partner: Partner) -> None:
    """Show somebody their own line, or how one begins."""
    us = await together(work, partner.id)
    kind = K.GROWTH if await line_of(work, partner.id) is not None else K.GROWTH_NONE
    await work.outbox.put(us.message(kind, us.me) if us else message(kind, partner))


async def turn_ground(work: Work, partner: Partner) -> None:
    """Draw from now on on the other ground, dark or light, and show it."""
    plan = await pulse.plan_of(work, partner.id)
    await work.pulses.save_plan(replace(plan, dark=not plan.dark))
    await show(work, partner)


async def look(work: Work, partner: Partner) -> None:
    """Show both lines to one who has agreed, or that there is nothing to look at; ask whoever has not.

    Why there is nothing is not said: no yes of the other's, one taken back, and weeks that one of the two has not
    answered look the same. Raises Refusal NO_COUPLE.
    """
    us = await must_be_together(work, partner.id)
    if not rules.agrees(us.couple, partner.id):
        await work.outbox.put(us.message(K.BOTH_ASK, us.me))
        return
    seen = await work.pulses.both(us.couple)
    await work.outbox.put(us.message(K.BOTH_NONE if seen is None else K.BOTH_LINES, us.me))


async def agree(work: Work, partner: Partner, shown_in: int) -> None:
    """Take a yes, of which the other hears nothing. Raises Refusal NO_COUPLE."""
    us = await must_be_together(work, partner.id)
    since = rules.agreed(us.couple, partner.id, work.now)
    await work.couples.save(replace(us.couple, lines_since=since))
    await work.outbox.put(us.message(K.BOTH_NONE, us.me).editing(shown_in))


async def withdraw(work: Work, partner: Partner, shown_in: int) -> None:
    """Take a yes back, at once: what is on its way to either is not shown. Raises Refusal NO_COUPLE."""
    us = await must_be_together(work, partner.id)
    await work.couples.save(replace(us.couple, lines_since=rules.agreed(us.couple, partner.id, None)))
    shown = await work.outbox.shown_in(partner.id, shown_in)
    in_words = shown is not None and shown.kind is K.BOTH_NONE  # a picture stays one
    said = us.message(K.BOTH_ASK, us.me, details={"was": 1})
    await work.outbox.put(said.editing(shown_in if in_words else None))
