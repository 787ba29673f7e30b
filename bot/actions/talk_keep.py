"""The end of a talk: it stays by the yes of both, each alone; else its words are destroyed. And what was kept, read."""

from dataclasses import replace

from bot.actions.announce import to_other
from bot.actions.people import Together, message, must_be_together, together
from bot.actions.ports import Work
from bot.actions.talk_told import KIND, TALK, about
from bot.messages import MessageKind
from bot.practice import talk as rules
from bot.practice.ids import TalkId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import Talk, TalkState, TalkStep

K = MessageKind
MOST_LISTED = 8


async def say(work: Work, partner: Partner, talk: TalkId, shown_in: int, *, keep: bool) -> None:
    """Take somebody's answer; the second yes keeps it, for both. Raises Refusal NO_COUPLE, NOT_YOURS.

    What is said to one depends on the other's answer nowhere but where both want it.
    """
    us = await must_be_together(work, partner.id)
    known = await work.talks.find(talk)
    if known is not None and known.couple != us.couple.id:
        raise Refusal(Reason.NOT_YOURS)
    noted = us.message(K.TALK_KEEP_NOTED, us.me, details={"keep": int(keep), TALK: talk}).editing(shown_in)
    if known is not None and known.state is TalkState.KEPT:  # a second tap: both know of it
        await work.outbox.put(about(us, K.TALK_KEPT, us.me, known).editing(shown_in))
        return
    if known is None or known.state is not TalkState.KEEPING:
        await work.outbox.put(noted)
        return
    after = rules.said_to_keep(known, partner.id, work.now, keep=keep)
    await work.talks.save(after)
    if after.state is TalkState.KEPT:
        await work.outbox.put(about(us, K.TALK_KEPT, us.me, after).editing(shown_in))
        await work.outbox.put(*to_other(us, about(us, K.TALK_KEPT, us.other, after), now=work.now))
    else:
        await work.outbox.put(noted)


async def list_kept(work: Work, partner: Partner) -> None:
    """List the talks that were kept and in which somebody has words of their own."""
    talks = await work.talks.kept(partner.id, MOST_LISTED)
    details = {f"{TALK}{i}": talk.id for i, talk in enumerate(talks)}
    await work.outbox.put(message(K.TALKS, partner, **details))


async def read(work: Work, partner: Partner, talk: TalkId) -> None:
    """Show a talk that was kept. Raises Refusal NOT_IN_JOURNAL."""
    found = await _kept(work, partner, talk)
    us = await together(work, partner.id)
    if us is not None and us.couple.id == found.couple:
        await work.outbox.put(about(us, K.TALK_READ, us.me, found))
    else:
        alone = replace(message(K.TALK_READ, partner), details={TALK: talk, KIND: found.kind.value})
        await work.outbox.put(alone)


async def delete(work: Work, partner: Partner, talk: TalkId, shown_in: int) -> None:
    """Destroy somebody's own words in a talk that was kept. Raises Refusal NOT_IN_JOURNAL."""
    found = await _kept(work, partner, talk)
    await work.talks.delete_own(partner.id, found.id)
    await work.outbox.put(message(K.TALK_DELETED, partner).editing(shown_in))


async def _kept(work: Work, partner: Partner, talk: TalkId) -> Talk:
    found = await work.talks.find(talk)
    if found is None or found.state is not TalkState.KEPT or partner.id not in found.partners:
        raise Refusal(Reason.NOT_IN_JOURNAL)
    return found


async def part(work: Work, us: Together) -> list[Talk]:
    """End what two who part have under way, and return it: its words are destroyed; what was kept stays each one's."""
    under_way = await work.talks.unfinished(us.couple.id)
    for talk in under_way:
        await work.talks.save(rules.moved(talk, TalkStep.PART, work.now))
    return under_way
