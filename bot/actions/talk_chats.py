"""What stands in two chats of a talk that has gone on or is over asks for nothing any more, and promises nothing.

    what stands                                 ceases to be so                              it then
    "I've asked ...", with the way back         the other says yes or not now, or is silent  loses its button
    "Is now a good time?", "how calm are you?"  whoever asked takes it back or leaves,       says that there is
                                                or the time for it is over                   nothing to answer
    a step, with rest and stop                  the next one is there, or the talk is over   loses its buttons
    a quotation that can be sent or sealed      the talk is over                             loses its buttons
    "sealed", with the way back                 the talk is over                             loses its button
    "it rests until ...", "when shall I ...?"   it goes on, or is over                       loses its buttons
    "shall it stay?"                            the week for it is over, or the two part     says that there is
                                                                                             nothing to answer

An answer that somebody has given already changes nothing here: the other must not be able to tell it.
"""

from collections.abc import Collection

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import InChat, Message, MessageKind
from bot.practice.ids import TalkId
from bot.practice.partner import Partner
from bot.practice.talk import Talk, TalkKind, TalkState

K = MessageKind
TALK = "talk"
WAITING = (K.TALK_WAITS,)
ASKING = (K.TALK_ASK, K.TALK_CALM)
STEPS = (K.TALK_STEP,)
RESTING = (K.TALK_PAUSED, K.TALK_LATER_ASK, K.TALK_LATER_CHOICES)
GOING = (*STEPS, K.TALK_DRAFT, K.TALK_SENT, *RESTING)


async def _standing(
    work: Work, reader: Partner, talk: TalkId, kinds: Collection[MessageKind]
) -> list[InChat]:
    """List what stands in somebody's chat about a talk, the newest of each kind: those before have been changed."""
    newest = {
        one.message.kind: one
        for one in await work.outbox.standing(reader.id, kinds)
        if one.message.details.get(TALK) == talk and one.number is not None
    }
    return list({one.number: one for one in sorted(newest.values(), key=lambda one: one.row)}.values())


async def quiet(work: Work, reader: Partner, talk: Talk, *kinds: MessageKind) -> list[Message]:
    """Take the buttons off what stands of these kinds."""
    found = await _standing(work, reader, talk.id, kinds)
    with_buttons = [
        one for one in found if one.message.kind is not K.TALK_SENT or talk.kind is TalkKind.REPAIR
    ]
    return [Message(K.BUTTONS_OFF, reader.chat, reader.id).editing(one.number) for one in with_buttons]


async def unasked(work: Work, reader: Partner, talk: Talk, *kinds: MessageKind) -> list[Message]:
    """Let a question say in its place that it is over; one that has not been sent goes unsent."""
    if await work.outbox.waits(reader.id, kinds):
        await work.outbox.withdraw(to=reader.id, kinds=kinds)
    found = await _standing(work, reader, talk.id, kinds)
    return [message(K.TALK_WITHDRAWN, reader).editing(one.number) for one in found]


async def parted(work: Work, reader: Partner, talks: Collection[Talk]) -> list[Message]:
    """Do so for all that two who part had under way."""
    found: list[Message] = []
    for talk in talks:
        if talk.state is TalkState.ASKED and talk.partners[talk.asked] == reader.id:
            found += await unasked(work, reader, talk, *ASKING)
        elif talk.state is TalkState.KEEPING and talk.keeps[talk.seat(reader.id)] is None:
            found += await unasked(work, reader, talk, K.TALK_KEEP_ASK)
        elif talk.state is not TalkState.KEEPING:
            found += await quiet(work, reader, talk, *WAITING, *GOING)
    return found
