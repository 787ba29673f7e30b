"""What waits for a partner's clock moves with it: their one reminder, and what their quiet hours hold."""

from dataclasses import replace

from bot.actions.announce import home_zone
from bot.actions.people import together
from bot.actions.ports import Work
from bot.messages import MessageKind, Priority
from bot.practice import calendar
from bot.practice.ids import PartnerId

K = MessageKind


async def wait_anew(work: Work, partner: PartnerId) -> None:
    """Plan anew what waits for a partner's clock, whose rules may be others than it was planned by."""
    us = await together(work, partner)
    if us is not None and await work.outbox.waits(partner, tuple(K)):
        await move_reminder(work, partner)
        until = calendar.quiet_end(work.now, us.me.quiet, home_zone(us.me, us)) or work.now
        await work.outbox.hold_until(partner, until, but=(K.REMINDER,))


async def move_reminder(work: Work, partner: PartnerId) -> None:
    """Plan a reminder that still waits anew; one that was sent, or is not to come, stays so."""
    us = await together(work, partner)
    newest = await work.rounds.latest(us.couple.id) if us else None
    if us is None or newest is None:
        return
    if await work.outbox.waits(partner, (K.REMINDER,), newest.id):
        await work.outbox.withdraw(to=partner, round_=newest.id, kinds=(K.REMINDER,))
        due = calendar.reminder_at(newest.opened_at, work.now, us.me.quiet, home_zone(us.me, us))
        reminder = us.message(K.REMINDER, us.me, newest.id)
        await work.outbox.put(replace(reminder, priority=Priority.MORNING, due=due))
