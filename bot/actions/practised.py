"""What was written in practice leaves the chat when practice is over, where its writer wants that.

Only the numbers of the messages are kept, until they are deleted. Memory alone would forget them with a crash,
and what was said to go would stay.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.actions.ports import Work
from bot.messages import Message, MessageKind, Priority
from bot.practice.partner import Partner

K = MessageKind
PRACTICE = "practice"  # in place of a slot
LEFT_ALONE = timedelta(hours=1)  # after which practice is over


async def practised(work: Work, partner: Partner, sources: Sequence[int]) -> None:
    """Note an answer: it goes when practice is over, or has been left alone for an hour."""
    if partner.put_away:
        await work.traces.add(partner.id, None, PRACTICE, sources)
        await work.outbox.withdraw(to=partner.id, kinds=(K.PRACTICE_OVER,))
        due = work.now + LEFT_ALONE
        await work.outbox.put(replace(_over(partner), due=due, priority=Priority.MORNING))


async def practice_over(work: Work, partner: Partner) -> None:
    """Let go what was practised."""
    if partner.put_away:
        await work.outbox.withdraw(to=partner.id, kinds=(K.PRACTICE_OVER,))
        await work.outbox.put(_over(partner))


def _over(partner: Partner) -> Message:
    return Message(K.PRACTICE_OVER, partner.chat, partner.id, details={"slot": PRACTICE})
