"""A quick prompt's answer, picked by a tap, becomes a part of the draft; another tap puts another in its place."""

from collections.abc import Sequence

from bot.actions.people import Together
from bot.actions.ports import Work
from bot.actions.quote import show
from bot.actions.reflect import Arrival, piece_of
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.round import Round, Slot


async def choose(work: Work, us: Together, round_: Round, choices: Sequence[str], picked: Arrival) -> None:
    """Write the answer that was picked into the draft, and quote it.

    Raises Refusal as rules.write, TOO_MUCH.
    """
    draft = await work.words.own(us.me.id, round_.id, Slot.REFLECTION)
    before = next((piece for piece in draft.pieces if piece.text in choices), None)
    begun = any(piece is not before for piece in draft.pieces)
    written = rules.write(round_, us.me.id, begun=begun)
    if before is None:
        changed = drafts.add(draft, piece_of(work, picked))
    else:
        changed = drafts.edit(draft, before.source, picked.text)
    if changed != draft:
        await work.words.save(changed)
    if written != round_:
        await work.rounds.save(written)
    await show(work, us, changed)
