"""The clock lets rounds lapse: two weeks after their day, silently for whoever has written nothing in them."""

from dataclasses import replace
from datetime import datetime

from bot.actions import announce
from bot.actions.over import over
from bot.actions.quote import buttons_off
from bot.actions.store import Unit
from bot.messages import MessageKind
from bot.practice import round as rules
from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Partner
from bot.practice.round import Round

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
        partner = await work.partners.find(turn.partner)
        if partner is None:
            continue
        await _wait_no_more(work, partner, round_)
        if partner.id not in wrote:
            continue
        await work.outbox.put(*await over(work, partner, round_))
        if not partner.resting:  # of whoever can't be reached it is known when they are back
            zone = partner.zone or couple.rhythm.zone
            await work.outbox.put(announce.lapsed(partner, round_, zone, work.now))


async def _wait_no_more(work: Unit, partner: Partner, round_: Round) -> None:
    """Expect no words for it any more, without a word of that."""
    if partner.expectation.round == round_.id:
        await work.partners.save(replace(partner, expectation=Expectation()))
    await work.outbox.put(buttons_off(partner, round_.id, K.PUT_ASIDE))
