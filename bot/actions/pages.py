"""A page of chosen rounds, to print: for oneself, or to hand to somebody.

Which rounds are on it is its owner's own. The other's words stand on it only where both have said yes to that very
round, each asked alone: nothing here tells either what the other has said, and a no looks like no answer.
"""

from dataclasses import replace
from datetime import timedelta

from bot.actions.journal import entry, show_page
from bot.actions.people import message, together
from bot.actions.ports import Work
from bot.messages import Message, MessageKind
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round

K = MessageKind
EVERY = timedelta(minutes=1)
MOST_ROUNDS = 200  # on one page: months of them, and still something to print


async def show_choice(work: Work, partner: Partner, round_: RoundId) -> None:
    """Ask whether a round is to be on a page, and with whose words. Raises Refusal NOT_IN_JOURNAL."""
    found = await _chosen(work, partner, round_)
    await work.outbox.put(await _choice(work, partner, found))


async def mark(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Choose a round for one's page, or no more. Raises Refusal NOT_IN_JOURNAL."""
    found = await _chosen(work, partner, round_)
    turn = found.turn(partner.id)
    await work.rounds.save(found.with_turn(replace(turn, on_page=not turn.on_page)))
    await work.outbox.put((await _choice(work, partner, found)).editing(shown_in))


async def say_yes(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Say yes to both's words of a round on a page of either, or take it back; the other is told nothing.

    Raises Refusal NOT_IN_JOURNAL, NOT_REVEALED, and NO_COUPLE where the couple has ended.
    """
    found = await _chosen(work, partner, round_)
    if found.revealed_at is None:
        raise Refusal(Reason.NOT_REVEALED)
    us = await together(work, partner.id)
    if us is None or us.couple.id != found.couple:
        raise Refusal(Reason.NO_COUPLE)
    turn = found.turn(partner.id)
    await work.rounds.save(found.with_turn(replace(turn, page_yes=not turn.page_yes)))
    await work.outbox.put((await _choice(work, partner, found)).editing(shown_in))


async def make(work: Work, partner: Partner) -> None:
    """Queue a page of the rounds that a person has chosen. Raises Refusal NOTHING_ON_PAGE, PAGED_LATELY."""
    if not await work.rounds.on_page(partner.id, 1):
        raise Refusal(Reason.NOTHING_ON_PAGE)
    shown = await work.outbox.newest(partner.id, (K.PAGE,))
    lately = any(timedelta(0) <= work.now - last.at < EVERY for last in shown)
    if lately or await work.outbox.waits(partner.id, (K.PAGE,)):
        raise Refusal(Reason.PAGED_LATELY)
    await work.outbox.put(message(K.PAGE, partner))


async def clear(work: Work, partner: Partner, shown_in: int) -> None:
    """Choose none of the rounds any more; what was said yes to stays said."""
    for id_ in await work.rounds.on_page(partner.id, MOST_ROUNDS):
        found = await work.rounds.get(id_)
        await work.rounds.save(found.with_turn(replace(found.turn(partner.id), on_page=False)))
    await show_page(work, partner, 0, shown_in)


async def _chosen(work: Work, partner: Partner, round_: RoundId) -> Round:
    """Load a round in which there are words of one's own still. Raises Refusal NOT_IN_JOURNAL."""
    found = await entry(work, partner, round_)
    if partner.id not in await work.words.authors(found.id):
        raise Refusal(Reason.NOT_IN_JOURNAL)
    return found


async def _choice(work: Work, partner: Partner, round_: Round) -> Message:
    """Address the question; it is about the other while they are a couple."""
    us = await together(work, partner.id)
    if us is not None and us.couple.id == round_.couple:
        return us.message(K.PAGE_CHOICE, us.me, round_.id)
    return replace(message(K.PAGE_CHOICE, partner), round=round_.id)
