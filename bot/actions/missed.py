"""What the other has shown or sent while nothing could reach a partner: it comes when they are back.

What is queued for somebody who can't be reached is withdrawn. So it is made anew, of what the rounds themselves know,
wherever the outbox tells that it has not arrived; what no round knows is queued again.
"""

from collections.abc import Collection
from dataclasses import replace
from operator import attrgetter

from bot.actions import announce
from bot.actions.guess import NEAR
from bot.actions.people import Together
from bot.actions.ports import Work
from bot.actions.quotation import LAST, quotation
from bot.actions.seal import no_longer_sealed, reveal_again
from bot.messages import Message, MessageKind
from bot.practice import thread
from bot.practice.partner import Partner
from bot.practice.round import SHOWN, WRITABLE, Round, RoundState, Slot
from bot.practice.thread import Heard, ThreadState

K = MessageKind
TOLD_ONCE = (K.OTHER_LEFT, K.TAP_TOLD, K.TOGETHER_THING, K.LAPSED)  # and written down in no round
THEIR_SLOTS = (Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE)


async def missed(work: Work, us: Together) -> list[Message]:
    """Give what has not reached a partner of the rounds that go on after their reveal, and of the last one shown."""
    open_, shown = await work.rounds.live_and_shown(us.couple.id)
    rounds = {round_.id: round_ for round_ in (*open_, *([shown] if shown else [])) if round_.state in SHOWN}
    found: list[Message] = []
    for round_ in sorted(rounds.values(), key=attrgetter("revealed_at")):
        found += await _of(work, us, round_)
    return [*found, *await _prompt(work, us)]


async def _prompt(work: Work, us: Together) -> list[Message]:
    """Give the day's prompt, where it has not come and there is something to write still."""
    round_ = await work.rounds.latest(us.couple.id)
    if round_ is None or round_.state not in WRITABLE or round_.late or round_.turn(us.me.id).sealed:
        return []
    return await _unless_told(work, us, us.message(K.PROMPT, us.me, round_.id), K.PROMPT)


async def told_once(work: Work, partner: Partner, us: Together | None) -> list[Message]:
    """Give again what was told and has not reached a partner, of the couple that they are in, or of none."""
    found = await work.outbox.undelivered(partner.id, TOLD_ONCE)
    couples = {None, us.couple.id if us else None}
    return [replace(one, dedupe=None, due=None, not_after=None) for one in found if one.couple in couples]


async def _of(work: Work, us: Together, round_: Round) -> list[Message]:
    found: list[Message] = []
    again = await reveal_again(work, us, round_)
    if not await _arrived(work, us, round_, again, announce.REVEALING):
        flipped = replace(us, me=us.other, other=us.me)
        found += [*await no_longer_sealed(work, flipped, round_), *again]
    near = round_.turn(us.me.id).near
    if near is not None:
        told = replace(us.message(K.NEAR_TOLD, us.me, round_.id), details={NEAR: near.value})
        found += await _unless_told(work, us, told, K.NEAR_TOLD)
    for slot in THEIR_SLOTS:
        found += await _sent(work, us, round_, slot)
    return [*found, *await _heard(work, us, round_)]


async def _sent(work: Work, us: Together, round_: Round, slot: Slot) -> list[Message]:
    """Quote what the other has sent in a slot, if it has not arrived; with its buttons as long as they are of use."""
    kinds = announce.SENT_AS[slot]
    words = await work.words.read(us.me.id, us.other.id, round_.id, slot)
    quoted = quotation(us.message(kinds[0], us.me, round_.id), words, kinds) if words else []
    if await _arrived(work, us, round_, quoted, kinds):
        return []
    await work.outbox.withdraw(to=us.me.id, round_=round_.id, kinds=kinds)
    waits = {
        Slot.RESPONSE: round_.turn(us.me.id).thread is ThreadState.ANSWERED,
        Slot.CLARIFICATION: round_.turn(us.other.id).thread is ThreadState.CLARIFIED,
    }
    if waits.get(slot, True):
        return quoted
    return [replace(m, details={**m.details, LAST: 0}) for m in quoted]


async def _arrived(
    work: Work, us: Together, round_: Round, wanted: Collection[Message], kinds: Collection[MessageKind]
) -> bool:
    """Tell whether all of a series stands in the reader's chat, part by part."""
    standing = [one.message for one in await work.outbox.standing(us.me.id, kinds, round_.id)]
    there = {(one.kind, one.piece, one.start) for one in standing}
    return all((one.kind, one.piece, one.start) in there for one in wanted)


async def _heard(work: Work, us: Together, round_: Round) -> list[Message]:
    """Tell how a partner's response was heard, and that the round is complete, if that has not arrived."""
    turn = round_.turn(us.other.id)
    heard = turn.heard is Heard.YES
    if round_.state is RoundState.COMPLETE and all(one.thread in thread.CLOSED for one in round_.turns):
        closing = replace(us.message(K.CLOSING, us.me, round_.id), details={announce.HEARD: int(heard)})
        return await _unless_told(work, us, closing, K.CLOSING)
    if heard:
        return await _unless_told(work, us, us.message(K.HEARD_TOLD, us.me, round_.id), K.HEARD_TOLD)
    if turn.heard is Heard.PARTLY and turn.thread is ThreadState.LEFT:
        clarified = await work.words.read(us.me.id, us.other.id, round_.id, Slot.CLARIFICATION)
        if clarified is None or not clarified.pieces:  # else it was this partner who left it there
            return await _unless_told(work, us, us.message(K.ENOUGH_TOLD, us.me, round_.id), K.ENOUGH_TOLD)
    return []


async def _unless_told(work: Work, us: Together, told: Message, kind: MessageKind) -> list[Message]:
    if await work.outbox.sent(us.me.id, (kind,), told.round) is not None:
        return []
    await work.outbox.withdraw(to=us.me.id, round_=told.round, kinds=(kind,))
    return [told]
