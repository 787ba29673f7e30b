"""Words that have waited for a day are let go: what asked about them says so, and they leave the chat where wanted."""

from collections.abc import Sequence

from bot.actions import put_away, waiting
from bot.actions.left_in_chat import asks_about
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.partner import Partner

K = MessageKind
OVER = "over"


async def let_go_unplaced(work: Work, limit: int) -> int:
    """Let go up to `limit` parts that nobody has said a place for within a day; tell how many."""
    found = await work.kept.over(limit)
    for id_, sources in found.items():
        partner = await work.partners.find(id_)
        if partner is not None:
            await _let_go(work, partner, sources)
    return sum(map(len, found.values()))


async def _let_go(work: Work, partner: Partner, sources: Sequence[int]) -> None:
    """Change each question about them; one that asks about younger words besides is asked anew about these."""
    left = await work.kept.of(partner.id)
    asked = [
        one
        for one in await work.outbox.standing(partner.id, (K.KEPT_ASK,))
        if one.number is not None and any(asks_about(one.message, source) for source in sources)
    ]
    if any(waiting.quoted(left, one.message.details) for one in asked):
        await waiting.ask_again(work, partner)
    over = {one.number: one for one in asked if not waiting.quoted(left, one.message.details)}
    await work.outbox.put(*(waiting.placed(partner, number, OVER) for number in over if number is not None))
    await put_away.let_go(work, partner, sources, *(number for number in over if number is not None))
