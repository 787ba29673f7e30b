"""The clock moves talks: a rest is over, nobody has answered, or seven quiet days have passed."""

from dataclasses import replace
from datetime import timedelta

from bot.actions import talk_chats as chats
from bot.actions.announce import to_other
from bot.actions.people import Together, together
from bot.actions.ports import Work
from bot.actions.store import Unit
from bot.actions.talk import not_now
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
    if before.state is TalkState.GOING:
        await end(work, us)
    for each in (us, Together(us.other, us.me, us.couple)):
        await _tell(work, each, await _changed(work, each, before, after))


async def _changed(work: Work, us: Together, before: Talk, after: Talk) -> list[Message]:
    """Say to the other one of `us` what has moved, and change what stands in their chat."""
    reader = us.other
    match before.state:
        case TalkState.ASKED if before.partners[before.asked] == reader.id:
            return await chats.unasked(work, reader, before, *chats.ASKING)
        case TalkState.ASKED:
            waited = await chats.quiet(work, reader, before, *chats.WAITING)
            return [*waited, not_now(us, reader, after)]
        case TalkState.PAUSED:
            rested = await chats.quiet(work, reader, before, *chats.RESTING)
            return [*rested, *await give_step(work, us, reader, after, back=True)]
        case TalkState.GOING:
            went = await chats.quiet(work, reader, before, *chats.GOING)
            return [*went, about(us, K.TALK_CLOSED, reader, after)]
        case TalkState.KEEPING if before.keeps[before.seat(reader.id)] is None:
            return await chats.unasked(work, reader, before, K.TALK_KEEP_ASK)
        case _:
            return []


async def _tell(work: Work, us: Together, messages: list[Message]) -> None:
    """Tell the other one of `us`: nobody acts here."""
    known = await work.partners.get(us.other.id)
    if known.reachable:
        await work.outbox.put(*to_other(replace(us, other=known), *messages, now=work.now))
