"""A partner reflects: what they write while a round is open becomes their draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.actions import announce
from bot.actions.people import Together, expect, must_be_together, their_round
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.ids import PartnerId, PieceId, RoundId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, Round, Slot

K = MessageKind
SHOWS = (K.DRAFT, K.DRAFT_PART, K.SEALED)

SHOWN_AS = {
    Slot.REFLECTION: K.DRAFT,
    Slot.RESPONSE: K.RESPONSE_DRAFT,
    Slot.SECOND_RESPONSE: K.RESPONSE_DRAFT,
    Slot.CLARIFICATION: K.CLARIFICATION_DRAFT,
}


@dataclass(frozen=True)
class Arrival:
    """A part as it arrived: a text, or a file with its caption, and the message it came in."""

    kind: PieceKind
    text: str
    source: int
    file: str | None = None

    def __repr__(self) -> str:
        """Show no words."""
        return f"Arrival({self.kind.value})"


async def add_piece(work: Work, us: Together, round_: Round, arrival: Arrival) -> None:
    """Add a part to a partner's reflection and show the draft. Raises Refusal as rules.write, TOO_MUCH."""
    written = rules.write(round_, us.me.id)
    draft = await work.words.own(us.me.id, round_.id, Slot.REFLECTION)
    draft = drafts.add(draft, piece_of(work, arrival))
    await work.words.save(draft)
    if written != round_:
        await work.rounds.save(written)
    await show(work, us, draft)


def piece_of(work: Work, arrival: Arrival) -> Piece:
    """Give a part its id."""
    return Piece(PieceId(work.new_id()), arrival.kind, arrival.text, arrival.source, arrival.file)


async def show(work: Work, us: Together, draft: Draft, more: Mapping[str, str] | None = None) -> None:
    """Quote a draft under its buttons, and take the buttons off the quotation before."""
    kind = SHOWN_AS[draft.slot]
    await retire(work, us.me.id, draft.round, kind)
    frame = us.message(kind, us.me, draft.round)
    frame = replace(frame, details={"slot": draft.slot.value, **(more or {})})
    await work.outbox.put(*announce.own_words(frame, draft, kind))


async def show_again(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Quote a partner's draft as it is now, because a button stood under an older one."""
    us = await must_be_together(work, partner.id)
    draft = await work.words.own(partner.id, round_, slot)
    if draft.pieces and draft.committed_at is None:
        await show(work, us, draft)


async def retire(work: Work, partner: PartnerId, round_: RoundId, kind: MessageKind) -> None:
    """Withdraw a quotation that is still queued, or take the buttons off the one that was sent."""
    await work.outbox.withdraw(to=partner, round_=round_, kinds=(kind, K.DRAFT_PART))
    sent = await work.outbox.sent(partner, (kind,), round_)
    if sent is not None:
        me = await work.partners.get(partner)
        await work.outbox.put(
            Message(K.BUTTONS_OFF, me.chat, me.id, round=round_, edit=sent, dedupe=f"off:{partner}:{sent}")
        )


async def edit_piece(work: Work, partner: Partner, source: int, text: str) -> bool:
    """Take an edit of a message that came as a part; False where it is none of ours.

    An edit of a sealed part takes the seal back. Raises Refusal FROZEN after the reveal or the sending.
    """
    place = await work.words.by_source(partner.id, source)
    if place is None:
        return False
    round_id, slot = place
    round_ = await work.rounds.get(round_id)
    draft = await work.words.own(partner.id, round_id, slot)
    us = await must_be_together(work, partner.id)
    changed = drafts.edit(draft, source, text)
    if changed == draft:
        return True
    if slot is Slot.REFLECTION:
        await _edit_reflection(work, us, round_, changed)
        return True
    if draft.committed_at is not None:
        raise Refusal(Reason.FROZEN)
    await work.words.save(changed)
    await show(work, us, changed)
    return True


async def _edit_reflection(work: Work, us: Together, round_: Round, changed: Draft) -> None:
    if round_.state in SHOWN:
        raise Refusal(Reason.FROZEN)
    if round_.couple != us.couple.id or round_.state not in rules.WRITABLE:
        raise Refusal(Reason.ROUND_OVER)
    sealed = round_.turn(us.me.id).sealed
    if sealed:
        await work.rounds.save(rules.take_back(round_, us.me.id))
        await retire(work, us.me.id, round_.id, K.SEALED)
        await work.outbox.put(us.message(K.UNSEALED_BY_EDIT, us.me, round_.id))
    await work.words.save(changed)
    await show(work, us, changed)


async def start_over(work: Work, partner: Partner, round_: RoundId) -> None:
    """Clear a partner's reflection. Raises Refusal as rules.check_writable."""
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    rules.check_writable(found, partner.id)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    await work.words.save(drafts.clear(draft))
    await retire(work, partner.id, round_, K.DRAFT)
    await work.outbox.put(us.message(K.STARTED_OVER, us.me, round_))


async def not_today(work: Work, partner: Partner, round_: RoundId) -> None:
    """Note "not today": no reminder comes; writing later stays welcome. Raises as rules.check_writable."""
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    await work.rounds.save(rules.decline(found, partner.id))
    await work.outbox.withdraw(to=partner.id, round_=round_, kinds=(K.REMINDER,))
    await expect(work, us.me)
    await work.outbox.put(us.message(K.NOT_TODAY, us.me, round_))
