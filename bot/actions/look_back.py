"""A round of long ago comes up again with a prompt, to both alike; and each may say, alone, that one shall not."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.actions.journal import entry, show_marks
from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice import look_back as rules
from bot.practice.ids import CoupleId, RoundId
from bot.practice.look_back import LookBack
from bot.practice.opening import Facts, Opening
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round
from bot.practice.shelf import Card

K = MessageKind


async def bring_up(
    work: Work, opened: Sequence[tuple[Facts, Opening]], cards: Collection[Card]
) -> list[Opening]:
    """Add to these openings what comes up again with them, found for all of them in a few statements."""
    due = {opening.couple.id: day for facts, opening in opened if (day := _due(facts, opening, work.now))}
    found: dict[CoupleId, list[Round]] = defaultdict(list)
    for days in zip(*(rules.spans(day).values() for day in set(due.values())), strict=True):
        first, last = min(first for first, _ in days), max(last for _, last in days)
        for round_ in await work.rounds.standing(list(due), first, last):
            found[round_.couple].append(round_)
    heavy = {card.id for card in cards if card.heavy} if found else set()
    chosen = {couple: rules.choose(rounds, heavy, due[couple]) for couple, rounds in found.items()}
    return [_with(opening, chosen.get(opening.couple.id), work.now) for _, opening in opened]


def _due(facts: Facts, opening: Opening, now: datetime) -> date | None:
    if opening.round is None or opening.weekly:
        return None
    day, oldest = opening.round.local_date, facts.past[-1].on if facts.past else None
    return day if rules.is_due(facts.couple, oldest, now, day) else None


def _with(opening: Opening, back: LookBack | None, now: datetime) -> Opening:
    if back is None:
        return opening
    return replace(opening, look_back=back, couple=replace(opening.couple, looked_back_at=now))


async def toggle_heavy(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Mark a round as heavy, so that it doesn't come up again by itself, or not; the other is told nothing.

    Raises Refusal NOT_IN_JOURNAL, NOT_REVEALED.
    """
    found = await _shown(work, partner, round_)
    await _mark(work, partner, found, heavy=not found.turn(partner.id).heavy)
    await show_marks(work, partner, found.id, shown_in)


async def not_again(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Mark a round as heavy where it has come up, and say that it won't again. Raises as `toggle_heavy`."""
    found = await _shown(work, partner, round_)
    await _mark(work, partner, found, heavy=True)
    await work.outbox.put(replace(message(K.NOT_AGAIN, partner), round=found.id, edit=shown_in))


async def _shown(work: Work, partner: Partner, round_: RoundId) -> Round:
    found = await entry(work, partner, round_)
    if found.revealed_at is None:
        raise Refusal(Reason.NOT_REVEALED)
    return found


async def _mark(work: Work, partner: Partner, round_: Round, *, heavy: bool) -> None:
    await work.rounds.save(round_.with_turn(replace(round_.turn(partner.id), heavy=heavy)))
