"""What stands in a person's chat of their own words: their messages and ours, each by its number.

After a crash a quotation may stand there twice, and of one copy we don't know the number: it is between those of
the messages around it. All that nobody knows there may be that copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.actions.ports import Work
from bot.messages import InChat, Message, MessageKind
from bot.practice.ids import RoundId, RowId
from bot.practice.partner import Partner
from bot.practice.round import Slot

K = MessageKind
DELETABLE = timedelta(hours=48)  # Telegram's, for messages of a private chat
FIRST, LAST = "first", "last"  # of the messages whose words a question quotes
COPIES = 200  # numbers at most that are gone through for a copy of which we don't know

QUOTING = (
    *(K.DRAFT, K.DRAFT_PART, K.TAKE_OUT_ASK, K.SEALED, K.RESPONSE_DRAFT, K.RESPONSE_SENT),
    *(K.CLARIFICATION_DRAFT, K.CLARIFICATION_SENT),
)


@dataclass(frozen=True)
class Corner:
    """What words are of: a slot of a round, or practice."""

    partner: Partner
    round: RoundId | None
    slot: str

    def message(self, kind: MessageKind, **details: int | str) -> Message:
        """Address a message about it to its partner."""
        me = self.partner
        return Message(kind, me.chat, me.id, round=self.round, details={"slot": self.slot, **details})


@dataclass(frozen=True)
class Left:
    """What stands in a chat: one's own messages, and ours, each by its number; `old` can't be deleted any more.

    Of the rows `twice` a second copy is among ours, if there is one.
    """

    own: Sequence[int] = ()
    ours: Sequence[int] = ()
    old_own: Sequence[int] = ()
    old_ours: Sequence[int] = ()
    twice: Sequence[RowId] = ()


async def quoting_of(work: Work, corner: Corner) -> Sequence[InChat]:
    """List our messages that quote words of a slot, and those that have asked what its words are for."""
    me = corner.partner
    found = await work.outbox.standing(me.id, QUOTING, corner.round)
    found = [one for one in found if one.message.details.get("slot", Slot.REFLECTION) == corner.slot]
    sources = [trace.number for trace in await work.traces.of(me.id, corner.round, corner.slot)]
    asked = await work.outbox.standing(me.id, (K.KEPT_ASK,))
    return [*found, *(one for one in asked if any(asks_about(one.message, source) for source in sources))]


def asks_about(asked: Message, source: int) -> bool:
    """Tell whether a question what words are for quotes those of a message."""
    return int(asked.details[FIRST]) <= source <= int(asked.details[LAST])


async def left_of(work: Work, corner: Corner, quotations: Sequence[InChat], keep: int) -> Left:
    """Find what stands of somebody's words; what Telegram has refused to delete is left out."""
    traces = await work.traces.of(corner.partner.id, corner.round, corner.slot)
    here = [trace for trace in traces if not trace.stays and trace.number != keep]
    cards = await work.outbox.ours(corner.partner.id, [trace.number for trace in here])
    await work.traces.gone(corner.partner.id, cards)  # on which an answer was picked by a tap
    here = [trace for trace in here if trace.number not in cards]
    ours = await ours_of(work, corner, quotations, keep)
    since = work.now - DELETABLE
    own = {trace.number for trace in here}
    return Left(
        own=[trace.number for trace in here if trace.at > since],
        old_own=[trace.number for trace in here if trace.at <= since],
        ours=[number for number in ours.ours if number not in own],
        old_ours=ours.old_ours,
        twice=ours.twice,
    )


async def ours_of(work: Work, corner: Corner, found: Sequence[InChat], keep: int) -> Left:
    """Find the numbers of messages of ours, and those of copies that may stand there of them; not `keep`."""
    since = work.now - DELETABLE
    numbers = {one.number: one.at for one in found if one.number is not None}
    twice: list[RowId] = []
    for one in found:
        copies = await _copies(work, corner.partner, one, keep) if may_be_twice(one) else None
        if copies is not None:
            numbers |= dict.fromkeys(copies, one.at)
            twice.append(one.row)
    numbers.pop(keep, None)
    return Left(
        ours=sorted(number for number, at in numbers.items() if at > since),
        old_ours=sorted(number for number, at in numbers.items() if at <= since),
        twice=twice,
    )


def may_be_twice(one: InChat) -> bool:
    """Tell whether a second copy may stand there; an edit makes none."""
    return one.doubtful and one.message.edit is None


async def _copies(work: Work, partner: Partner, one: InChat, keep: int) -> Sequence[int] | None:
    """Name the numbers under which a second copy may stand: those around which nothing else is known.

    None where nothing that came before or after it is known, either.
    """
    before, after = await work.outbox.around(partner.id, one.row)
    last = one.number or after or keep
    if before is None or not last:
        return None
    first = max(before + 1, last - COPIES)
    known = await work.traces.between(partner.id, first, last)
    known |= {piece.source for piece in await work.kept.of(partner.id)}
    return [number for number in range(first, last) if number not in known]
