"""The clock lets rounds lapse: two weeks after their day, silently for whoever has written nothing in them."""

from dataclasses import replace
from datetime import datetime

from bot.actions import announce
from bot.actions.quote import buttons_off, in_place
from bot.actions.store import Unit
from bot.messages import Message, MessageKind
from bot.practice import round as rules
from bot.practice.couple import Couple
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round, Slot

K = MessageKind
SAID = (K.STAYS_SEALED, K.PROMPT, K.REMINDER)


async def lapse_due(work: Unit, limit: int) -> tuple[int, datetime | None, dict[RoundId, Exception]]:
    """Note up to `limit` rounds as lapsed; return how many there were, when the next are, and what nobody was told.

    A round lapses whatever is wrong with either partner: what could not be said is lost, and nothing else is.
    """
    due, following = await work.rounds.closing(limit)
    failed: dict[RoundId, Exception] = {}
    for round_ in due:
        await work.rounds.save(rules.as_of(round_, work.now))
        await work.outbox.withdraw(round_=round_.id, kinds=SAID)
        try:
            async with work.savepoint():
                await _tell(work, round_)
        except Exception as failure:  # noqa: BLE001 (whatever it is, it is this couple's alone)
            failed[round_.id] = failure
    return len(due), await work.rounds.next_closing() if due else following, failed


async def _tell(work: Unit, round_: Round) -> None:
    """Tell whoever has written in it, and is there, that nobody has seen it and where it stays."""
    wrote = await work.words.authors(round_.id)
    couple = await work.couples.get(round_.couple)
    for turn in round_.turns:
        partner = await work.partners.find(turn.partner) if turn.partner in wrote else None
        if partner is None:
            continue
        await _change(work, partner, couple, round_)
        if not partner.away:
            zone = partner.zone or couple.rhythm.zone
            await work.outbox.put(announce.lapsed(partner, round_, zone, work.now))


async def _change(work: Unit, partner: Partner, couple: Couple, round_: Round) -> None:
    """Let what stands in somebody's chat of their words promise nothing any more, and ask for nothing."""
    draft = await work.words.own(partner.id, round_.id, Slot.REFLECTION)
    about = couple.other(partner.id)
    for kind in (K.DRAFT if draft.committed_at is None else K.SEALED, K.STAYS_SEALED):
        said = Message(kind, partner.chat, partner.id, couple=couple.id, round=round_.id, about=about)
        said = replace(said, details={announce.VERSION: draft.version})
        await work.outbox.put(in_place(said, kind))
    await work.outbox.put(buttons_off(partner, round_.id, K.EARLIER_CARD))
