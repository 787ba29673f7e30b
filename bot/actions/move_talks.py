"""The clock moves talks: a rest is over, nobody has answered, or seven quiet days have passed."""

from dataclasses import replace
from datetime import timedelta

from bot.actions.announce import to_other
from bot.actions.people import Together, together
from bot.actions.ports import Work
from bot.actions.store import Unit
from bot.actions.talk import not_now
from bot.actions.talk_later import withdraw_question
from bot.actions.talk_told import about, end, give_step
from bot.messages import Message, MessageKind
from bot.practice import talk as rules
from bot.practice.ids import TalkId
from bot.practice.talk import Talk, TalkState, TalkStep

K = MessageKind
AGAIN = timedelta(hours=1)


async def move_due(work: Unit, limit: int) -> tuple[int, dict[TalkId, Exception]]:
    """Move up to `limit` talks that are due; return how many there were, and which could not be moved.

    One that can't be is looked at again in an hour, and holds nobody else's.
    """
    due = await work.talks.due(work.now, limit)
    failed: dict[TalkId, Exception] = {}
    for id_ in due:
        try:
            async with work.savepoint():
                await _move(work, id_)
        except Exception as failure:  # noqa: BLE001 (whatever it is, it is this couple's alone)
            failed[id_] = failure
            await work.talks.put_off(id_, work.now + AGAIN)
    return len(due), failed


async def _move(work: Work, id_: TalkId) -> None:
    talk = await work.talks.find(id_)
    if talk is None:
        return
    us = await together(work, talk.partners[0])
    if us is None or us.couple.id != talk.couple:
        await work.talks.save(rules.moved(talk, TalkStep.PART, work.now))
        return
    after = rules.by_the_clock(talk, work.now)
    await work.talks.save(after)  # also where nothing moves: a clock that was ahead has noted it wrong
    if after.state is not talk.state:
        await _say(work, us, talk, after)


async def _say(work: Work, us: Together, before: Talk, after: Talk) -> None:
    both = (us, Together(us.other, us.me, us.couple))
    asked = before.partners[before.asked]
    match before.state:
        case TalkState.ASKED:
            for each in both:
                if each.other.id == asked:
                    await withdraw_question(work, each, each.other)
                else:
                    await _tell(work, each, [not_now(each, each.other, after)])
        case TalkState.PAUSED:
            for each in both:
                await _tell(work, each, await give_step(work, each, each.other, after, back=True))
        case TalkState.GOING:
            await end(work, us)
            for each in both:
                await _tell(work, each, [about(each, K.TALK_CLOSED, each.other, after)])
        case _:
            pass


async def _tell(work: Work, us: Together, messages: list[Message]) -> None:
    """Tell the other one of `us`: nobody acts here."""
    known = await work.partners.get(us.other.id)
    if known.reachable:
        await work.outbox.put(*to_other(replace(us, other=known), *messages, now=work.now))
