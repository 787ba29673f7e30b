"""Earlier rounds: what was not revealed on its day stays open for two weeks, to both alike."""

from bot.actions.people import Together, expect, late_rounds, must_be_together, their_round, together
from bot.actions.ports import Work
from bot.actions.quote import show
from bot.messages import Message, MessageKind
from bot.practice import round as rules
from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, Slot

K = MessageKind


async def listed(work: Work, us: Together) -> list[Message]:
    """Name the earlier rounds in one message; none where there are none."""
    return [us.message(K.EARLIER, us.me)] if await late_rounds(work, us) else []


async def are_there(work: Work, partner: Partner) -> bool:
    """Tell whether a partner has earlier rounds that are open."""
    us = await together(work, partner.id)
    return us is not None and bool(await late_rounds(work, us))


async def show_list(work: Work, partner: Partner, page: int, shown_in: int | None) -> None:
    """Show a page of the earlier rounds, in place of message `shown_in` if given. Raises Refusal NO_COUPLE."""
    us = await must_be_together(work, partner.id)
    await work.outbox.put(us.message(K.EARLIER, us.me, details={"page": page}).editing(shown_in))


async def show_card(work: Work, partner: Partner, round_: RoundId) -> None:
    """Show an earlier round to a partner: what they have written, or its card. Raises Refusal ROUND_OVER."""
    us = await must_be_together(work, partner.id)
    found = await _late(work, us, round_)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    if draft.pieces and not found.turn(partner.id).sealed:
        await show(work, us, draft)
    else:
        await work.outbox.put(us.message(K.EARLIER_CARD, us.me, round_))


async def write_for(work: Work, partner: Partner, round_: RoundId) -> None:
    """Let a partner's next words be for an earlier round. Raises Refusal ROUND_OVER, ALREADY_SEALED."""
    us = await must_be_together(work, partner.id)
    rules.check_writable(await _late(work, us, round_), partner.id)
    await expect(work, us.me, Expectation(Expecting.REFLECTION, round_))
    await work.outbox.put(us.message(K.EARLIER_WRITE, us.me, round_))


async def _late(work: Work, us: Together, round_: RoundId) -> Round:
    found = await their_round(work, us, round_)
    if found.state in rules.SHOWN:
        raise Refusal(Reason.TOO_LATE)
    if not found.late:
        raise Refusal(Reason.ROUND_OVER)
    return found
