"""Putting one's own words away: they leave the chat, and are still in the round and in the journal.

The law: what a person wrote for a slot, and our quotations of it, are deleted by calls that wait in the outbox
like all others; each names its messages by number. What came of a call is written down with what follows from
it, in one transaction. The note that stands where the words stood is rendered from what is left, so that
nothing is said to be put away that is not. What is shown again is put away again when its time is over.

Telegram lets a bot delete the messages of a private chat for 48 hours. A call for several is refused as a whole
where one of them is older: then each is asked for alone. A quotation of ours that is too old is
written over; a person's own message stays, and that is said. Where a quotation may stand there twice, all goes that
may be its copy, the note says so, and it is certain when the deletion is back, not before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.actions.left_in_chat import Corner, Left, asks_about, left_of, may_be_twice, ours_of, quoting_of
from bot.actions.named import open_places
from bot.actions.people import together
from bot.actions.ports import Work
from bot.actions.practised import PRACTICE, practised
from bot.actions.quotation import FIRST, LAST, quotation
from bot.actions.quote import SHOWN_AS, in_place
from bot.messages import InChat, Message, MessageKind, Outcome, Priority, Refused, Row, Sent, Withdrawn
from bot.practice.destination import DestinationKind
from bot.practice.draft import Draft
from bot.practice.ids import PieceId, RoundId, RowId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot

K = MessageKind
MOST = 100  # messages a call, Telegram's
SHOWN_FOR = timedelta(minutes=10)

SHOWING = (K.MINE_WORDS, K.MINE_MEDIA)
HOPEFUL = (
    *(K.DRAFT, K.DRAFT_PART, K.TAKE_OUT_ASK, K.SEALED, K.STAYS_SEALED, K.TODAY, K.EARLIER, K.EARLIER_CARD),
    *(K.RESPONSE_DRAFT, K.CLARIFICATION_DRAFT, K.KEPT_ASK, K.PUT_ASIDE),
)
NOTES = {
    Slot.REFLECTION.value: K.SEALED,
    Slot.RESPONSE.value: K.RESPONSE_SENT,
    Slot.SECOND_RESPONSE.value: K.RESPONSE_SENT,
    Slot.CLARIFICATION.value: K.CLARIFICATION_SENT,
}
AWAY, DOUBT, ASK = "away", "doubt", "ask"  # what a note knows of it
WRITTEN_TO = {
    Slot.REFLECTION: DestinationKind.REFLECTION,
    Slot.RESPONSE: DestinationKind.RESPONSE,
    Slot.SECOND_RESPONSE: DestinationKind.RESPONSE,
    Slot.CLARIFICATION: DestinationKind.CLARIFICATION,
}
KEEP, TWICE, ALONE = "keep", "twice", "alone"
AFTER_ALL = (KEEP, TWICE, ALONE)
"""What is to be done after a deletion: look for more than the note's message, take second copies as gone, note anew."""
FOLLOWED = (K.PUT_AWAY, K.PUT_AWAY_HERE, K.SHOWN_OVER, K.PRACTICE_OVER)
"""What `came_back` is to be told of."""


async def put_away_if_wanted(work: Work, partner: Partner, draft: Draft, keep: int) -> Mapping[str, int]:
    """Queue the deletion of what somebody has sealed or sent, where they want that.

    But for message `keep`, in which a note takes its place. Gives what the note is to know of it.
    """
    if not partner.put_away:
        return {}
    corner = Corner(partner, draft.round, draft.slot.value)
    quotations = await quoting_of(work, corner)
    await _take(work, corner, await left_of(work, corner, quotations, keep), keep=keep)
    await _let_go_abandoned(work, partner, but=corner)
    return {AWAY: 1, DOUBT: 1} if any(may_be_twice(one) for one in quotations) else {AWAY: 1}


async def wish(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> bool:
    """Take what is offered under a seal, for good, and begin with the words sealed in message `shown_in`.

    False where that seal has been taken back meanwhile.
    """
    changed = replace(partner, put_away=True)
    await work.partners.save(changed)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    await clear_what_is_left(work, changed, but=draft)
    if draft.committed_at is None:
        return False
    away = await put_away_if_wanted(work, changed, draft, shown_in)
    note = Message(K.SEALED, partner.chat, partner.id, round=round_, edit=shown_in)
    await work.outbox.put(replace(note, details={"version": draft.version, **away}))
    return True


async def clear_what_is_left(work: Work, partner: Partner, but: Draft | None = None) -> None:
    """Put away all that somebody has sealed or sent and that stands there still, where they want that.

    It was sealed before they said so, or was to go while nothing reached them. Not `but`.
    """
    if not partner.put_away:
        return
    for round_, slot in await work.traces.places(partner.id):
        draft = await work.words.own(partner.id, round_, Slot(slot))
        if draft.committed_at is not None and draft != but:
            await _clear(work, Corner(partner, round_, slot), draft)


async def _clear(work: Work, corner: Corner, draft: Draft) -> None:
    """Put away what was sealed or sent before; the note that stands there, or its quotation, says so."""
    kinds = (NOTES[corner.slot], SHOWN_AS[draft.slot])
    found = [one for one in await quoting_of(work, corner) if one.number and one.message.kind in kinds]
    if not found:
        await put_away_if_wanted(work, corner.partner, draft, 0)
        return
    last = found[-1]
    away = await put_away_if_wanted(work, corner.partner, draft, last.number or 0)
    details: dict[str, int | str] = {"slot": corner.slot, "version": draft.version, **away}
    note = corner.message(kinds[0]).editing(last.number)
    note = replace(note, couple=last.message.couple, about=last.message.about, details=details)
    await work.outbox.put(note)


async def catch_up(work: Work, partner: Partner) -> None:
    """Put away what was to go while nothing reached somebody."""
    await hide(work, partner)
    await clear_what_is_left(work, partner)
    await practised(work, partner, ())


async def let_go(work: Work, partner: Partner, sources: Sequence[int], *keep: int) -> None:
    """Delete messages whose words are for nothing, where somebody wants their own words to leave the chat.

    But for messages `keep`, in which that is said in place of the question what they are for.
    """
    if not partner.put_away or not sources:
        return
    corner = Corner(partner, None, PRACTICE)  # of no round, as practice is
    await work.traces.gone(partner.id, sources)
    await work.traces.add(partner.id, None, PRACTICE, sources)
    asked = await work.outbox.standing(partner.id, (K.KEPT_ASK,))
    asked = [
        one
        for one in asked
        if one.number not in keep and any(asks_about(one.message, source) for source in sources)
    ]
    ours = await ours_of(work, corner, asked, keep=0)
    await _take(work, corner, replace(ours, own=sources))


async def letter_sealed(
    work: Work, partner: Partner, sources: Sequence[int], quotations: Sequence[InChat], keep: int
) -> bool:
    """Delete the messages of a letter and our quotations of it, where somebody wants their words to leave the chat.

    But for message `keep`, in which the note stands. False where they don't want that.
    """
    if not partner.put_away:
        return False
    corner = Corner(partner, None, PRACTICE)  # of no round, as practice is
    await work.traces.add(partner.id, None, PRACTICE, sources)
    ours = await ours_of(work, corner, quotations, keep)
    await _take(work, corner, replace(ours, own=[source for source in sources if source != keep]))
    return True


async def _let_go_abandoned(work: Work, partner: Partner, but: Corner) -> None:
    """Delete what stands there of words that were begun anew, taken out or rewritten, or whose time is over."""
    places = await work.traces.places(partner.id)
    if all(place == (but.round, but.slot) for place in places):
        return
    open_ = {(p.kind, p.round) for p in await open_places(work, await together(work, partner.id))}
    for round_, slot in places:
        draft = await work.words.own(partner.id, round_, Slot(slot))
        corner = Corner(partner, round_, slot)
        if corner == but or draft.committed_at is not None:
            continue
        goes_on = bool(draft.pieces) and (WRITTEN_TO[draft.slot], round_) in open_
        traced = {trace.number for trace in await work.traces.of(partner.id, round_, slot) if not trace.stays}
        sources = traced - {piece.source for piece in draft.pieces if goes_on}
        cards = await work.outbox.ours(partner.id, sorted(sources)) if sources else set()  # answered by a tap
        if not goes_on:
            quotations = await quoting_of(work, corner)
            await take_quotations(work, corner, quotations)
        await let_go(work, partner, sorted(sources - cards))


async def take_quotations(work: Work, corner: Corner, found: Sequence[InChat]) -> None:
    """Queue the deletion of our messages, whatever has become of the words that they quote."""
    await _take(work, corner, await ours_of(work, corner, found, keep=0), shown=1)


async def forgotten(work: Work, partner: Partner) -> list[Message]:
    """Take away from the chat of somebody who is forgotten what is shown there, and what promises them something.

    What is too old for that loses its buttons.
    """
    found = await work.outbox.standing(partner.id, (*SHOWING, *HOPEFUL))
    shown = await ours_of(work, Corner(partner, None, PRACTICE), found, keep=0)
    numbers = [",".join(map(str, some)) for some in _in_calls(shown.ours, MOST)]
    return [
        *(Message(K.PUT_AWAY, partner.chat, details={"slot": PRACTICE, "numbers": some}) for some in numbers),
        *(Message(K.BUTTONS_OFF, partner.chat, edit=number) for number in shown.old_ours),
    ]


async def show(
    work: Work,
    partner: Partner,
    round_: RoundId,
    slot: Slot,
    part: tuple[PieceId, int, int] | None = None,
) -> None:
    """Show somebody what they sealed or sent, for ten minutes; what was shown before goes.

    `part` is a range of one text; None: all of it.
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
    shown = quotation(corner.message(K.MINE_WORDS), draft, SHOWING, albums=False)
    if part is not None:
        piece, start, end = part
        one = corner.message(K.MINE_WORDS, **{FIRST: 1, LAST: 1})
        shown = [replace(one, piece=piece, start=start, end=end)]
    await work.outbox.put(*shown, over)


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
        await _take(work, corner, await ours_of(work, corner, found, keep=0), shown=1)


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
    left = await left_of(work, corner, said, keep=0)
    await _take(work, corner, left)
    if left.old_own:
        await _note_again(work, corner)


async def _called(work: Work, corner: Corner, message: Message, outcome: Outcome) -> None:
    """Note what a deletion has come to."""
    me, details = corner.partner, message.details
    numbers = [int(number) for number in str(details["numbers"]).split(",")]
    if isinstance(outcome, Refused) and len(numbers) > 1:
        kept = {name: details[name] for name in ("shown", *AFTER_ALL) if name in details}
        await work.outbox.put(*_calls(corner, numbers, {**kept, ALONE: 1}, most=1))
        return
    if isinstance(outcome, Sent):
        await work.traces.gone(me.id, numbers)
        await work.outbox.gone(me.id, numbers)
    elif isinstance(outcome, Refused):
        own = {trace.number for trace in await work.traces.of(me.id, corner.round, corner.slot)}
        if own.isdisjoint(numbers):
            await work.outbox.put(corner.message(K.PUT_AWAY_HERE).editing(numbers[0]))
        else:
            await work.traces.stay(me.id, corner.round, corner.slot, numbers)
    if isinstance(outcome, Sent | Refused):
        await _after_all(work, corner, details)
    if ALONE in details or (corner.round is None and isinstance(outcome, Refused)):
        await _note_again(work, corner)


async def _after_all(work: Work, corner: Corner, details: Mapping[str, int | str]) -> None:
    """Do what is to be done when the last call is back: only now is it certain that no second copy stands there."""
    if TWICE in details:
        rows = [RowId(int(row)) for row in str(details[TWICE]).split(",")]
        await work.outbox.certain(corner.partner.id, rows)
    if KEEP in details:
        await _look_again(work, corner, int(details[KEEP]))


async def _written_over(work: Work, corner: Corner, number: int, outcome: Outcome) -> None:
    """Note what became of a quotation that was too old to be deleted."""
    if isinstance(outcome, Sent | Withdrawn | Refused):
        await work.outbox.gone(corner.partner.id, [number])
    if isinstance(outcome, Refused):
        await work.traces.stay(corner.partner.id, corner.round, corner.slot, [number])
        await _note_again(work, corner)


async def _look_again(work: Work, corner: Corner, keep: int) -> None:
    """Put away what was on its way when the rest was; where that may stand there twice, let the note say so."""
    me = corner.partner
    if corner.round is None:
        return
    if (await work.words.own(me.id, corner.round, Slot(corner.slot))).committed_at is None:
        return
    quotations = await quoting_of(work, corner)
    left = await left_of(work, corner, quotations, keep)
    if any(may_be_twice(one) for one in quotations):
        await _note_again(work, corner, **{DOUBT: 1})
    await _take(work, corner, left, **{ALONE: 1})
    if left.old_own:
        await _note_again(work, corner)


async def _note_again(work: Work, corner: Corner, **details: int) -> None:
    """Write the note anew that stands where the words stood, or is on its way there; of practice, say what is left.

    `details` are what it is to know besides.
    """
    me = corner.partner
    if corner.round is None:
        if any(trace.stays for trace in await work.traces.of(me.id, None, PRACTICE)):
            await work.outbox.withdraw(to=me.id, kinds=(K.STILL_HERE,))
            await work.outbox.put(corner.message(K.STILL_HERE))
        return
    note = NOTES[corner.slot]
    await work.outbox.put(in_place(corner.message(note, **details), note))


async def _take(work: Work, corner: Corner, left: Left, **details: int) -> None:
    """Queue what takes away what is left; note what stays. `keep` is looked at when the last call is back."""
    if left.old_own:
        await work.traces.stay(corner.partner.id, corner.round, corner.slot, left.old_own)
    last = details | ({TWICE: ",".join(map(str, left.twice))} if left.twice else {})
    queued = _calls(corner, sorted({*left.own, *left.ours}), last)
    if left.twice and not queued:
        await work.outbox.certain(corner.partner.id, left.twice)
    over = (corner.message(K.PUT_AWAY_HERE).editing(number) for number in left.old_ours)
    await work.outbox.put(*queued, *over)


def _calls(
    corner: Corner, numbers: Sequence[int], details: Mapping[str, int | str], most: int = MOST
) -> list[Message]:
    """Make the calls that delete messages; what is to be done after all of them stands in the last."""
    calls = [",".join(map(str, some)) for some in _in_calls(numbers, most)]
    each = {name: value for name, value in details.items() if name not in AFTER_ALL}
    return [
        corner.message(K.PUT_AWAY, numbers=some, **(details if some is calls[-1] else each)) for some in calls
    ]


def _in_calls(numbers: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), most):
        yield numbers[start : start + most]
