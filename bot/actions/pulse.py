"""A private pulse: the clock asks once a week, at an hour of one's own, and nobody else ever hears of it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.actions.announce import home_zone
from bot.actions.people import message, must_be_together, together
from bot.actions.ports import Work
from bot.actions.store import Unit
from bot.messages import Message, MessageKind, Priority
from bot.practice import calendar
from bot.practice import pulse as rules
from bot.practice.ids import PartnerId
from bot.practice.partner import Partner
from bot.practice.pulse import LONGEST_AHEAD, Plan, Pulse
from bot.practice.refusals import Reason, Refusal

K = MessageKind
WEEK = "week"  # in a message's details: the week's Monday, as the number of its day
STANDS = timedelta(days=1)  # a question that could not be sent for longer is let be: its week is over soon
NOWHERE = "UTC"


async def zone_of(work: Work, partner: Partner) -> str:
    """Tell whose clock somebody lives by."""
    us = await together(work, partner.id)
    return home_zone(us.me, us) if us else partner.zone or NOWHERE


async def plan_of(work: Work, partner: PartnerId) -> Plan:
    """Load when somebody wants to be asked; for whoever has never said so, a plan that does not ask."""
    return await work.pulses.plan(partner) or Plan(partner, asks=False)


async def plan_anew(work: Work, partner: Partner, plan: Plan) -> None:
    """Store somebody's choice, with the next question by it."""
    await work.pulses.save_plan(rules.planned(plan, await zone_of(work, partner), work.now))


async def move(work: Work, partner: PartnerId) -> None:
    """Plan somebody's next question anew, because their clock is another."""
    plan = await work.pulses.plan(partner)
    if plan is not None and plan.asks:
        await plan_anew(work, await work.partners.get(partner), plan)


async def ask_due(work: Unit, limit: int) -> tuple[int, datetime | None, dict[PartnerId, Exception]]:
    """Ask up to `limit` people whose hour has come; tell how many, when the next hour comes, and who could not be.

    What is wrong with one is nobody else's: they are asked a week later.
    """
    due = [plan.partner for plan in await work.pulses.due(work.now, limit)]
    failed: dict[PartnerId, Exception] = {}
    for partner in due:
        try:
            async with work.savepoint():
                await _ask(work, partner)
        except Exception as failure:  # noqa: BLE001 (whatever it is, it is this person's alone)
            failed[partner] = failure
            await _put_off(work, partner)
    return len(due), await work.pulses.next_due(), failed


async def bring_back(work: Work, limit: int) -> int:
    """Plan anew what a wrong clock has planned too far ahead; tell how many there were."""
    found = await work.pulses.due_after(work.now + LONGEST_AHEAD, limit)
    for plan in found:
        await plan_anew(work, await work.partners.get(plan.partner), plan)
    return len(found)


async def _ask(work: Work, id_: PartnerId) -> None:
    us = await together(work, id_)
    partner = await work.partners.get(id_)
    plan, zone = await plan_of(work, id_), await zone_of(work, partner)
    week = rules.week_asked(plan, zone, work.now)
    await work.outbox.withdraw(to=id_, kinds=(K.PULSE,))
    if us is not None and week is not None and not partner.away:
        await work.outbox.put(_question(partner, plan, week, zone, work.now))
        plan = replace(plan, asked=week)
    await work.pulses.save_plan(rules.planned(plan, zone, work.now))


def _question(partner: Partner, plan: Plan, week: date, zone: str, now: datetime) -> Message:
    """Make the question; the hour is their own, so quiet hours hold it only where it comes late."""
    late = plan.due is None or now - plan.due > calendar.AT_THE_HOUR
    due = calendar.deliver_at(now, partner.quiet, zone) if late else now
    asked = about(partner, week)
    return replace(asked, priority=Priority.MORNING, due=due, not_after=due + STANDS)


async def _put_off(work: Work, partner: PartnerId) -> None:
    plan = await plan_of(work, partner)
    await work.pulses.save_plan(replace(plan, due=work.now + rules.WEEK if plan.asks else None))


def about(partner: Partner, week: date) -> Message:
    """Address the question about a week, as far as it is answered."""
    return message(K.PULSE, partner, **{WEEK: week.toordinal()})


async def tap(work: Work, partner: Partner, week: date, question: int, *, value: int, shown_in: int) -> None:
    """Take one tap, and show the next question in its place. Raises Refusal NO_COUPLE, WEEK_OVER, NOT_YOURS."""
    pulse = await _open(work, partner, week)
    await work.pulses.save(rules.tap(pulse, question, value, work.now))
    await work.outbox.put(about(partner, week).editing(shown_in))


async def anew(work: Work, partner: Partner, week: date, shown_in: int) -> None:
    """Begin a week's taps again. Raises Refusal NO_COUPLE, WEEK_OVER."""
    await work.pulses.save(rules.anew(await _open(work, partner, week)))
    await work.outbox.put(about(partner, week).editing(shown_in))


async def _open(work: Work, partner: Partner, week: date) -> Pulse:
    """Load what was tapped about the week that was asked about last: the one that is open."""
    us = await must_be_together(work, partner.id)
    plan = await work.pulses.plan(partner.id)
    if plan is None or plan.asked != week:
        raise Refusal(Reason.WEEK_OVER)
    found = await work.pulses.tapped(partner.id, week)
    if found is None or found.couple != us.couple.id:
        return Pulse(partner.id, us.couple.id, week, work.now)
    return found


async def switch(work: Work, partner: Partner) -> None:
    """Let the bot ask once a week, or no more; what was tapped before stays. Raises Refusal NO_COUPLE."""
    plan = await plan_of(work, partner.id)
    if not plan.asks:
        await must_be_together(work, partner.id)
    await plan_anew(work, partner, replace(plan, asks=not plan.asks))
    await work.outbox.withdraw(to=partner.id, kinds=(K.PULSE,))


async def set_day(work: Work, partner: Partner, weekday: int) -> None:
    """Choose the weekday. Raises Refusal NOT_YOURS."""
    await plan_anew(work, partner, replace(await plan_of(work, partner.id), weekday=weekday))


async def set_hour(work: Work, partner: Partner, minute: int, weekday: int | None = None) -> None:
    """Choose the hour, perhaps with the day, and be asked from now on.

    Raises Refusal NO_COUPLE, BAD_HOUR, NOT_YOURS (no such day).
    """
    await must_be_together(work, partner.id)
    plan = await plan_of(work, partner.id)
    day = plan.weekday if weekday is None else weekday
    await plan_anew(work, partner, replace(plan, minute=minute, weekday=day, asks=True))


def own(pulses: Collection[Pulse], couple: int | None) -> list[Pulse]:
    """Pick the weeks with one partner: this one, or the last for whoever is in no couple."""
    last = couple if couple is not None or not pulses else max(pulses, key=lambda pulse: pulse.week).couple
    return [pulse for pulse in pulses if pulse.couple == last]
