"""Putting one's own words away: they leave the chat, and are still in the round and in the journal.

The law: what a person wrote for a slot, and our quotations of it, are deleted by calls that wait in the outbox
like all others; each names its messages by number. What came of a call is written down with what follows from
it, in one transaction. The note that stands where the words stood is rendered from what is left, so that
nothing is said to be put away that is not. What is shown again is put away again when its time is over.

Telegram lets a bot delete the messages of a private chat for 48 hours. A call for several is refused as a whole
where one of them is older: then each is asked for alone. A quotation of ours that is too old is written over;
a person's own message stays, and that is said. After a crash a quotation may stand there twice, and of one copy
we don't know the number: it is between those of the messages around it, and all that nobody knows there goes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.actions import waiting
from bot.actions.ports import Work
from bot.actions.practised import PRACTICE
from bot.actions.quotation import quotation
from bot.messages import InChat, Message, MessageKind, Outcome, Priority, Refused, Row, Sent, Withdrawn
from bot.practice.draft import Draft
from bot.practice.ids import RoundId, RowId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot

K = MessageKind
DELETABLE = timedelta(hours=48)  # Telegram's, for messages of a private chat
MOST = 100  # messages a call, Telegram's
COPIES = 200  # numbers at most that are gone through for a copy of which we don't know
SHOWN_FOR = timedelta(minutes=10)

QUOTING = (
    *(K.DRAFT, K.DRAFT_PART, K.TAKE_OUT_ASK, K.SEALED, K.RESPONSE_DRAFT, K.RESPONSE_SENT),
    *(K.CLARIFICATION_DRAFT, K.CLARIFICATION_SENT),
)
SHOWING = (K.MINE_WORDS, K.MINE_MEDIA)
NOTES = {
    Slot.REFLECTION.value: K.SEALED,
    Slot.RESPONSE.value: K.RESPONSE_SENT,
    Slot.SECOND_RESPONSE.value: K.RESPONSE_SENT,
    Slot.CLARIFICATION.value: K.CLARIFICATION_SENT,
}
AWAY, DOUBT, ASK = "away", "doubt", "ask"  # what a note knows of it
FOLLOWED = (K.PUT_AWAY, K.PUT_AWAY_HERE, K.SHOWN_OVER, K.PRACTICE_OVER)
"""What `came_back` is to be told of."""


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
    """What stands in a chat: one's own messages, and ours, each by its number; `old` can't be deleted any more."""

    own: Sequence[int] = ()
    ours: Sequence[int] = ()
    old_own: Sequence[int] = ()
    old_ours: Sequence[int] = ()


async def put_away_if_wanted(work: Work, partner: Partner, draft: Draft, keep: int) -> Mapping[str, int]:
    """Queue the deletion of what somebody has sealed or sent, where they want that.

    But for message `keep`, in which a note takes its place. Gives what the note is to know of it.
    """
    if not partner.put_away:
        return {}
    corner = Corner(partner, draft.round, draft.slot.value)
    quotations = await _quotations(work, corner)
    await _take(work, corner, await _left(work, corner, quotations, keep), keep=keep)
    return {AWAY: 1, DOUBT: 1} if any(_may_be_twice(one) for one in quotations) else {AWAY: 1}


async def wish(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> bool:
    """Take what is offered under a seal, for good, and begin with the words sealed in message `shown_in`.

    False where that seal has been taken back meanwhile.
    """
    changed = replace(partner, put_away=True)
    await work.partners.save(changed)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    if draft.committed_at is None:
        return False
    away = await put_away_if_wanted(work, changed, draft, shown_in)
    note = Message(K.SEALED, partner.chat, partner.id, round=round_, edit=shown_in)
    await work.outbox.put(replace(note, details={"version": draft.version, **away}))
    return True


async def show(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Show somebody what they sealed or sent, for ten minutes; what was shown before goes.

    Raises Refusal NOT_SEALED where it is a draft, NOT_IN_JOURNAL where it has been deleted.
    """
    draft = await work.words.own(partner.id, round_, slot)
    if draft.committed_at is None:
        raise Refusal(Reason.NOT_SEALED if draft.pieces else Reason.NOT_IN_JOURNAL)
    if not draft.pieces:
        raise Refusal(Reason.NOT_IN_JOURNAL)
    await hide(work, partner)
    corner = Corner(partner, round_, slot.value)
    over = replace(
        corner.message(K.SHOWN_OVER), due=work.now + SHOWN_FOR, priority=Priority.MORNING
    )  # which lifts nothing
    await work.outbox.put(*quotation(corner.message(K.MINE_WORDS), draft, SHOWING, albums=False), over)


async def hide(work: Work, partner: Partner, before: RowId | None = None) -> None:
    """Put away what was shown again; with `before`, what was queued before that row."""
    if before is None:
        await work.outbox.withdraw(to=partner.id, kinds=(*SHOWING, K.SHOWN_OVER))
    shown: dict[Corner, list[InChat]] = {}
    for one in await work.outbox.standing(partner.id, SHOWING):
        if before is None or one.row < before:
            corner = Corner(partner, one.message.round, str(one.message.details["slot"]))
            shown.setdefault(corner, []).append(one)
    for corner, found in shown.items():
        await _take(work, corner, await _ours(work, corner, found, keep=0), shown=1)


async def still_to_go(work: Work, message: Message) -> bool:
    """Tell whether what a call deletes is still to go: not what has been taken back meanwhile."""
    slot = str(message.details["slot"])
    if message.to is None or message.round is None or slot == PRACTICE or "shown" in message.details:
        return True
    return (await work.words.own(message.to, message.round, Slot(slot))).committed_at is not None


async def came_back(work: Work, row: Row, outcome: Outcome) -> None:
    """Do what follows from an outcome of a call that puts words away, or of a time that is over."""
    message = row.message
    partner = await work.partners.find(message.to) if message.to else None
    if partner is None:
        return
    corner = Corner(partner, message.round, str(message.details["slot"]))
    match message.kind:
        case K.SHOWN_OVER:
            await hide(work, partner, before=row.id)
        case K.PRACTICE_OVER:
            await _put_practice_away(work, corner)
        case K.PUT_AWAY:
            await _called(work, corner, message, outcome)
        case _:
            await _written_over(work, corner, message.edit or 0, outcome)


async def _put_practice_away(work: Work, corner: Corner) -> None:
    traces = await work.traces.of(corner.partner.id, None, PRACTICE)
    if all(trace.stays for trace in traces):
        return
    since = min(trace.at for trace in traces)
    found = await work.outbox.standing(corner.partner.id, (K.SOLO_FELT,))
    said = [one for one in found if one.at >= since]
    await _take(work, corner, await _left(work, corner, said, keep=0))


async def _called(work: Work, corner: Corner, message: Message, outcome: Outcome) -> None:
    """Note what a deletion has come to."""
    me, details = corner.partner, message.details
    numbers = [int(number) for number in str(details["numbers"]).split(",")]
    alone = bool(details.get("alone"))
    if isinstance(outcome, Sent):
        await work.traces.gone(me.id, numbers)
        await work.outbox.gone(me.id, numbers)
        if "keep" in details:
            await _look_again(work, corner, int(details["keep"]))
    elif isinstance(outcome, Refused) and len(numbers) > 1:
        shown = {"shown": 1} if "shown" in details else {}
        await work.outbox.put(
            *(corner.message(K.PUT_AWAY, numbers=str(number), alone=1, **shown) for number in numbers)
        )
    elif isinstance(outcome, Refused):
        own = {trace.number for trace in await work.traces.of(me.id, corner.round, corner.slot)}
        if own.isdisjoint(numbers):
            await work.outbox.put(corner.message(K.PUT_AWAY_HERE).editing(numbers[0]))
        else:
            await work.traces.stay(me.id, corner.round, corner.slot, numbers)
    if alone:
        await _note_again(work, corner)


async def _written_over(work: Work, corner: Corner, number: int, outcome: Outcome) -> None:
    """Note what became of a quotation that was too old to be deleted."""
    if isinstance(outcome, Sent | Withdrawn | Refused):
        await work.outbox.gone(corner.partner.id, [number])
    if isinstance(outcome, Refused):
        await work.traces.stay(corner.partner.id, corner.round, corner.slot, [number])
        await _note_again(work, corner)


async def _look_again(work: Work, corner: Corner, keep: int) -> None:
    """Put away what was on its way when the rest was."""
    me = corner.partner
    if corner.round is None:
        return
    if (await work.words.own(me.id, corner.round, Slot(corner.slot))).committed_at is not None:
        left = await _left(work, corner, await _quotations(work, corner), keep)
        await _take(work, corner, left, alone=1)


async def _note_again(work: Work, corner: Corner) -> None:
    """Write the note anew that stands where the words stood; of practice, say what is left of it."""
    me = corner.partner
    if corner.round is None:
        if any(trace.stays for trace in await work.traces.of(me.id, None, PRACTICE)):
            await work.outbox.withdraw(to=me.id, kinds=(K.STILL_HERE,))
            await work.outbox.put(corner.message(K.STILL_HERE))
        return
    notes = await _quotations(work, corner, (NOTES[corner.slot],))
    for note in [note for note in notes if note.number][-1:]:
        again = replace(note.message, priority=Priority.REPLY, due=None, not_after=None, dedupe=None)
        await work.outbox.put(again.editing(note.number))


async def _quotations(work: Work, corner: Corner, kinds: Sequence[MessageKind] = QUOTING) -> Sequence[InChat]:
    """List our messages about a slot; where they are all that quote it, with what has asked what its words are for."""
    me = corner.partner
    found = await work.outbox.standing(me.id, kinds, corner.round)
    found = [one for one in found if one.message.details.get("slot", Slot.REFLECTION) == corner.slot]
    if kinds is not QUOTING:
        return found
    sources = [trace.number for trace in await work.traces.of(me.id, corner.round, corner.slot)]
    asked = await work.outbox.standing(me.id, (K.KEPT_ASK,))
    return [*found, *(one for one in asked if any(_asks_about(one.message, source) for source in sources))]


def _asks_about(asked: Message, source: int) -> bool:
    return int(asked.details[waiting.FIRST]) <= source <= int(asked.details[waiting.LAST])


async def _left(work: Work, corner: Corner, quotations: Sequence[InChat], keep: int) -> Left:
    """Find what stands of somebody's words; what Telegram has refused to delete is left out."""
    traces = await work.traces.of(corner.partner.id, corner.round, corner.slot)
    here = [trace for trace in traces if not trace.stays and trace.number != keep]
    cards = await work.outbox.ours(corner.partner.id, [trace.number for trace in here])
    await work.traces.gone(corner.partner.id, cards)  # on which an answer was picked by a tap
    here = [trace for trace in here if trace.number not in cards]
    ours = await _ours(work, corner, quotations, keep)
    since = work.now - DELETABLE
    own = {trace.number for trace in here}
    return Left(
        own=[trace.number for trace in here if trace.at > since],
        old_own=[trace.number for trace in here if trace.at <= since],
        ours=[number for number in ours.ours if number not in own],
        old_ours=ours.old_ours,
    )


async def _ours(work: Work, corner: Corner, found: Sequence[InChat], keep: int) -> Left:
    since = work.now - DELETABLE
    numbers = {one.number: one.at for one in found if one.number is not None}
    for one in found:
        if _may_be_twice(one):
            numbers |= dict.fromkeys(await _copies(work, corner.partner, one), one.at)
    await work.outbox.certain(corner.partner.id, [one.row for one in found if one.doubtful])
    numbers.pop(keep, None)
    return Left(
        ours=sorted(number for number, at in numbers.items() if at > since),
        old_ours=sorted(number for number, at in numbers.items() if at <= since),
    )


def _may_be_twice(one: InChat) -> bool:
    """Tell whether a second copy may stand there; an edit makes none."""
    return one.doubtful and one.message.edit is None


async def _copies(work: Work, partner: Partner, one: InChat) -> Sequence[int]:
    """Name the numbers under which a second copy may stand: those around which nothing else is known."""
    before, after = await work.outbox.around(partner.id, one.row)
    last = one.number or after
    if before is None or last is None:
        return ()
    first = max(before + 1, last - COPIES)
    known = await work.traces.between(partner.id, first, last)
    return [number for number in range(first, last) if number not in known]


async def _take(work: Work, corner: Corner, left: Left, **details: int) -> None:
    """Queue what takes away what is left; note what stays. `keep` is looked at when the last call is back."""
    if left.old_own:
        await work.traces.stay(corner.partner.id, corner.round, corner.slot, left.old_own)
    calls = [
        corner.message(K.PUT_AWAY, numbers=",".join(map(str, numbers)), **details)
        for numbers in _in_calls(sorted({*left.own, *left.ours}))
    ]
    for number, call in enumerate(calls[:-1]):
        calls[number] = replace(call, details={k: v for k, v in call.details.items() if k != "keep"})
    over = (corner.message(K.PUT_AWAY_HERE).editing(number) for number in left.old_ours)
    await work.outbox.put(*calls, *over)


def _in_calls(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), MOST):
        yield numbers[start : start + MOST]
