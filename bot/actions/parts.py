"""A draft of several parts is put right part by part; what would clear all of it is asked once."""

from dataclasses import replace

from bot.actions.people import Together, must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.quote import show
from bot.actions.reflect import start_over
from bot.actions.respond import check_open_slot
from bot.messages import MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.draft import Draft
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot

K = MessageKind
SEVERAL = 2


async def ask_which(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Ask which part shall go. Raises Refusal NOTHING_WRITTEN, and what the rules of the round say."""
    us, draft = await _theirs(work, partner, round_, slot)
    asked = us.message(K.TAKE_OUT_ASK, us.me, round_)
    details: dict[str, int | str] = {"slot": slot.value, "version": draft.version}
    await work.outbox.put(replace(asked, details=details))


async def take_out(
    work: Work, partner: Partner, round_: RoundId, slot: Slot, *, version: int, place: int, shown_in: int
) -> None:
    """Take out the part at a place of the version that was asked about, and quote what is left.

    Raises Refusal as ask_which, and WORDS_CHANGED.
    """
    us, draft = await _theirs(work, partner, round_, slot)
    await work.outbox.put(us.message(K.GONE, us.me, round_).editing(shown_in))
    if draft.version != version or place >= len(draft.parts):
        raise Refusal(Reason.WORDS_CHANGED)
    left = drafts.take_out(draft, draft.parts[place][0].id)
    await work.words.save(left)
    await show(work, us, left)


async def _theirs(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> tuple[Together, Draft]:
    us = await must_be_together(work, partner.id)
    if slot is Slot.REFLECTION:
        rules.check_writable(await their_round(work, us, round_), partner.id)
    else:
        await check_open_slot(work, us, round_, slot)
    draft = await work.words.own(partner.id, round_, slot)
    if not draft.pieces:
        raise Refusal(Reason.NOTHING_WRITTEN)
    return us, draft


async def start_over_or_ask(work: Work, partner: Partner, round_: RoundId) -> None:
    """Clear a reflection of one part; ask once where there are more. Raises Refusal as start_over."""
    us = await must_be_together(work, partner.id)
    rules.check_writable(await their_round(work, us, round_), partner.id)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    if len(draft.parts) < SEVERAL:
        await start_over(work, partner, round_)
    else:
        asked = us.message(K.START_OVER_ASK, us.me, round_)
        await work.outbox.put(replace(asked, details={"version": draft.version}))


async def surely_start_over(
    work: Work, partner: Partner, round_: RoundId, *, version: int, shown_in: int
) -> None:
    """Clear the version of a reflection that was asked about. Raises Refusal as start_over, and WORDS_CHANGED."""
    us, draft = await _theirs(work, partner, round_, Slot.REFLECTION)
    await work.outbox.put(us.message(K.GONE, us.me, round_).editing(shown_in))
    if draft.version != version:
        raise Refusal(Reason.WORDS_CHANGED)
    await start_over(work, partner, round_)
