"""A partner's one reminder moves with their clock and their quiet hours."""

from dataclasses import replace

from bot.actions.announce import home_zone
from bot.actions.people import together
from bot.actions.ports import Work
from bot.messages import MessageKind, Priority
from bot.practice import calendar
from bot.practice.ids import PartnerId

K = MessageKind


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
