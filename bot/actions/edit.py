"""A partner edits in Telegram what they sent: a part of a draft changes, and a seal over it opens."""

from dataclasses import replace

from bot.actions.people import Together, together
from bot.actions.ports import Work
from bot.actions.quote import show_in_place
from bot.actions.reflect import Arrival
from bot.actions.respond import RESPONSES, PickedStarter, check_open_slot, opened
from bot.actions.seal import sealed_no_more
from bot.messages import MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, Round, Slot

K = MessageKind


async def edit_piece(
    work: Work, partner: Partner, arrival: Arrival, opening: PickedStarter | None = None
) -> bool:
    """Take an edit of a message that came as a part; False where it is none of ours.

    An edit of a sealed part takes the seal back; one that changes nothing we keep does nothing: Telegram
    tells of those too. `opening` is the starter that was picked for a response: it stands before the first text
    after that, as often as the two make a sentence. Raises Refusal FROZEN after the reveal or the sending,
    ROUND_OVER, TOO_MUCH.
    """
    place = await work.words.by_source(partner.id, arrival.source)
    if place is None:
        return False
    round_ = rules.as_of(await work.rounds.get(place[0]), work.now)
    draft = await work.words.own(partner.id, *place)
    begun = draft.slot in RESPONSES and partner.expectation.round == draft.round
    edited = draft.find(arrival.source)
    us = await together(work, partner.id)
    if begun and opening and edited and _was_begun(draft, edited, opening, partner.expectation.mark):
        arrival = opened(arrival, opening)
    changed = drafts.edit(
        draft,
        arrival.source,
        arrival.text,
        kind=arrival.kind,
        file=arrival.file,
        covered=arrival.covered,
        covers=arrival.covers,
    )
    if changed == draft:
        return True
    if draft.committed_at is not None and (draft.slot is not Slot.REFLECTION or round_.state in SHOWN):
        raise Refusal(Reason.FROZEN)
    if us is None or us.couple.id != round_.couple:
        raise Refusal(Reason.ROUND_OVER)
    await _check_open(work, us, round_, draft)
    await work.words.save(changed)
    await show_in_place(work, us, changed)
    return True


def _was_begun(draft: Draft, edited: Piece, opening: PickedStarter, mark: int) -> bool:
    """Tell whether a starter was picked for this part, though it may have stood alone; `mark` is from that moment."""
    if edited.text.startswith(opening.words):
        return True
    texts = [piece for piece in draft.pieces if piece.kind is PieceKind.TEXT]
    first = next((piece for piece in texts if piece.id > mark), None)
    return first == edited and not any(piece.text.startswith(opening.words) for piece in texts)


async def _check_open(work: Work, us: Together, round_: Round, draft: Draft) -> None:
    """Refuse what is over; open the seal of a reflection that changes."""
    if draft.slot is not Slot.REFLECTION:
        await check_open_slot(work, us, round_.id, draft.slot)
    elif round_.state not in rules.WRITABLE:
        raise Refusal(Reason.ROUND_OVER)
    elif round_.turn(us.me.id).sealed:
        opened = rules.take_back(round_, us.me.id)
        await work.rounds.save(opened)
        await work.outbox.put(
            *await sealed_no_more(work, us, opened, replace(draft, version=draft.version + 1))
        )
        await work.outbox.put(us.message(K.UNSEALED_BY_EDIT, us.me, round_.id))
