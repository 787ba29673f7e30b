"""The couple's hour and weekdays, and each partner's own zone."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from bot.actions import pulse
from bot.actions.announce import home_zone, to_other
from bot.actions.people import Together, expect, message, must_be_together, together
from bot.actions.ports import Work
from bot.actions.remind import move_reminder
from bot.messages import Message, MessageKind
from bot.practice.calendar import Rhythm, instant, local_date
from bot.practice.couple import Couple
from bot.practice.opening import following
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import WRITABLE, Round

K = MessageKind
BUSY = timedelta(minutes=1)  # between two presses on the weekdays, of which the other hears the last
TOLD_EVERY = timedelta(hours=1)  # at most: what changes again before then is told as it is then
ASKS = "asks"  # for the city, too
TIMES = "times"  # what the other was told, so that nobody hears the same again


async def set_hour(work: Work, partner: Partner, minute: int, shown_in: int = 0) -> None:
    """Set the couple's hour, in the zone of whoever sets it; both see it at once.

    Said in place of message `shown_in` where that is the first question for it; with the question for the city
    where that is not known. Raises Refusal NO_COUPLE, BAD_HOUR. `minute` is the minute of the day.
    """
    us = await must_be_together(work, partner.id)
    await _change(work, us, Rhythm(minute, home_zone(us.me, us), us.couple.rhythm.weekdays, us.me.id))
    asked = await work.outbox.shown_in(partner.id, shown_in) if shown_in else None
    place = shown_in if asked is not None and asked.kind is K.ASK_HOUR else None
    asks = us.me.zone is None
    if asks:
        await expect(work, us.me, Expectation(Expecting.CITY))
    said = replace(us.message(K.RHYTHM_SET, us.me), details={"own": 1, ASKS: int(asks)})
    await work.outbox.put(said.editing(place))


async def toggle_day(work: Work, partner: Partner, weekday: int) -> None:
    """Add or take a weekday (0 is Monday). Raises Refusal NO_COUPLE, NO_DAY_LEFT."""
    us = await must_be_together(work, partner.id)
    rhythm = us.couple.rhythm
    await _change(work, us, replace(rhythm, weekdays=rhythm.weekdays ^ {weekday}), wait=BUSY)


async def slow_down(work: Work, partner: Partner) -> None:
    """Keep three weekdays, well apart. Raises Refusal NO_COUPLE."""
    us = await must_be_together(work, partner.id)
    await _change(work, us, replace(us.couple.rhythm, weekdays=frozenset({0, 2, 5})))
    await _say_rhythm(work, us)


async def leave_arc(work: Work, partner: Partner) -> None:
    """Leave the week's thread: its open prompt stays, the rest of it comes no more for now.

    Only whoever leaves is told. Raises Refusal NO_COUPLE.
    """
    us = await must_be_together(work, partner.id)
    await work.couples.save(replace(us.couple, arc=None))
    await work.outbox.put(us.message(K.ARC_LEFT, us.me))


async def _change(work: Work, us: Together, rhythm: Rhythm, *, wait: timedelta = timedelta(0)) -> None:
    """Store a rhythm: it takes effect after the open round, and the other is told, in their own time.

    `wait` is for what may change again at once. What moves nothing for the two is told to nobody.
    """
    couple = replace(us.couple, rhythm=rhythm)
    if couple.next_opening is not None:
        couple = replace(couple, next_opening=following(couple, work.now))
    await work.couples.save(couple)
    said_before = us.couple.rhythm.set_by is not None
    if said_before and _times(couple, work.now) == _times(us.couple, work.now):
        return
    if said_before or not await _would_tell_of_a_seal(work, us):
        await _tell_other(work, replace(us, couple=couple), wait)


async def _would_tell_of_a_seal(work: Work, us: Together) -> bool:
    """Tell whether the other would learn by it that one has sealed: the hour is first asked for after that."""
    newest = await work.rounds.latest(us.couple.id)
    if newest is None or newest.state not in WRITABLE:
        return False
    return newest.turn(us.me.id).sealed and not newest.turn(us.other.id).sealed


async def tell_at_last(work: Work, us: Together, round_: Round) -> None:
    """Tell whoever was not told of the first hour, at the end of the first round."""
    setter = us.couple.rhythm.set_by
    reader = next((partner for partner in us.pair if partner.id != setter), None)
    if round_.ordinal or setter is None or reader is None:
        return
    if await work.outbox.sent(reader.id, (K.RHYTHM_SET,), None) is not None:
        return
    told = replace(us.message(K.RHYTHM_SET, reader), details={TIMES: _times(us.couple, work.now)})
    await work.outbox.put(*(to_other(us, told, now=work.now) if reader is us.other else [told]))


async def _tell_other(work: Work, us: Together, wait: timedelta) -> None:
    """Tell the other when prompts come: as it is when they are told, and once in an hour."""
    await work.outbox.withdraw(couple=us.couple.id, kinds=(K.RHYTHM_SET,))
    times, moment = _times(us.couple, work.now), work.now + wait
    told = next(iter(await work.outbox.newest(us.other.id, (K.RHYTHM_SET,))), None)
    if told is not None and TIMES in told.details and told.at + TOLD_EVERY > work.now:
        if told.details[TIMES] == times:
            return
        moment = max(moment, told.at + TOLD_EVERY)
    theirs = replace(us.message(K.RHYTHM_SET, us.other), details={TIMES: times})
    await work.outbox.put(*to_other(us, theirs, now=moment))


def _times(couple: Couple, now: datetime) -> str:
    """Write on which days prompts come, and at which minute of Greenwich's day."""
    rhythm = couple.rhythm
    due = couple.next_opening or instant(local_date(now, rhythm.zone), rhythm.minute, rhythm.zone)
    return f"{due:%H%M}:{''.join(map(str, sorted(rhythm.weekdays)))}"


async def _say_rhythm(work: Work, us: Together) -> None:
    await work.outbox.put(replace(us.message(K.RHYTHM_SET, us.me), details={"own": 1}))


async def ask_city(work: Work, partner: Partner) -> None:
    """Ask where a partner is; their next words are for that."""
    await expect(work, partner, Expectation(Expecting.CITY))
    await work.outbox.put(Message(K.ASK_CITY, partner.chat, partner.id))


async def set_zone(work: Work, partner: Partner, zone: str, city: str = "", *, by_pin: bool = False) -> None:
    """Set a partner's own zone, and what they call the city that it is of. Raises Refusal BAD_ZONE.

    The couple's hour is in the zone of whoever set it last, so it moves with theirs.
    """
    if zone not in available_timezones():
        raise Refusal(Reason.BAD_ZONE)
    asked = partner.expectation.after(Expecting.CITY)
    await work.partners.save(replace(partner, zone=zone, city=city or None, expectation=asked))
    await move_reminder(work, partner.id)
    await pulse.move(work, partner.id)
    us = await together(work, partner.id)
    if us is None:
        await work.outbox.put(replace(message(K.ZONE_SET, partner), details={"pin": int(by_pin)}))
        return
    theirs = us.couple.rhythm.set_by == partner.id
    if theirs and us.couple.rhythm.zone != zone:
        await _change(work, us, replace(us.couple.rhythm, zone=zone))
    moved = partner.zone is not None and us.couple.rhythm.zone != zone
    news = not theirs or moved  # else they have just set the hour, or know it
    await work.outbox.put(
        replace(us.message(K.ZONE_SET, us.me), details={"news": int(news), "pin": int(by_pin)})
    )
