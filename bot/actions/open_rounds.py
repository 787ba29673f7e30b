"""The clock opens rounds: what is due, many couples in a few statements, and a new couple's first at once.

`bot.practice.opening` decides; here it is loaded, saved and said.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.actions import announce
from bot.actions.look_back import bring_up
from bot.actions.ports import Work
from bot.actions.remind import wait_anew
from bot.messages import MessageKind
from bot.practice import calendar
from bot.practice import opening as rules
from bot.practice.ids import CoupleId, RoundId
from bot.practice.opening import Facts, Opening, following
from bot.practice.shelf import Card

K = MessageKind
LONGEST_GAP = timedelta(days=9)  # between now and a next opening: a week, a gap of 12 hours, a moved zone
PUT_OFF = timedelta(hours=1)  # until a couple that could not be opened is tried again


class Decks(Protocol):
    """The decks as the practice needs to know them: the facts of prompts, not their words."""

    def cards(self, *languages: str) -> Collection[Card]:
        """Give the facts of every prompt that each of these languages has words for."""
        ...


@dataclass(frozen=True)
class House:
    """What this installation brings: its decks, and the zone until a partner names theirs."""

    decks: Decks
    zone: str


async def open_due(work: Work, couples: Collection[CoupleId], house: House) -> dict[CoupleId, Exception]:
    """Open the next round of those of these couples that are due; return whose could not be, and why.

    What is wrong with one couple stops nobody else's: they are put off, and nothing of theirs is changed.
    """
    failed: dict[CoupleId, Exception] = {}
    opened: list[tuple[Facts, Opening]] = []
    for couple, facts in (await work.openings.load(couples)).items():
        if isinstance(facts, Exception):
            failed[couple] = facts
            continue
        try:
            opening = rules.decide(facts, _cards(facts, house), work.now, RoundId(work.new_id()))
        except Exception as failure:  # noqa: BLE001 (whatever it is, it is this couple's alone)
            failed[couple] = failure
        else:
            opened += [(facts, opening)] if opening else []
    await _keep(work, await bring_up(work, opened, house.decks.cards()))
    await work.openings.put_off(failed, work.now + PUT_OFF)
    return failed


async def open_first(work: Work, couple: CoupleId, house: House) -> None:
    """Open a new couple's first round at once. Raises what stands in its way."""
    facts = (await work.openings.load([couple]))[couple]
    if isinstance(facts, Exception):
        raise facts
    await _keep(work, [rules.first(facts, _cards(facts, house), work.now, RoundId(work.new_id()))])


def _cards(facts: Facts, house: House) -> Collection[Card]:
    """Return the prompts that both partners can read, each in a language of their own."""
    return house.decks.cards(*(partner.language for partner in facts.pair))


async def _keep(work: Work, openings: Sequence[Opening]) -> None:
    """Save openings and say them; what is still held of the days before is withdrawn."""
    await work.openings.save(openings)
    for partner in (one for opening in openings for one in opening.deeper_offered):
        await work.partners.save(replace(partner, deeper_at=work.now))
    for partner in (one for opening in openings for one in opening.friend_offered):
        await work.partners.save(replace(partner, friend_at=work.now))
    over = [round_.id for opening in openings for round_ in opening.before]
    await work.outbox.withdraw_all(over, (K.PROMPT, K.REMINDER))
    said = [message for opening in openings for message in announce.opened(opening, work.now)]
    await work.outbox.put(*said)


async def heed_new_rules(work: Work, after: CoupleId, limit: int) -> tuple[list[CoupleId], int]:
    """Plan anew the openings under which a zone's rules have changed, of couples with an id above `after`.

    With them goes what waits for the two: reminders, and what quiet hours hold.

    Returns whom it has looked at, in the order of their ids, and how many were planned anew.
    """
    looked = await work.couples.planned(after, limit)
    changed = []
    for partner in (partner for couple in looked for partner in couple.partners):
        with suppress(Exception):  # one who can't be read stops nobody else's morning; their opening says so
            await wait_anew(work, partner)
    for couple in looked:
        if couple.next_opening is None:
            continue
        due = calendar.planned_anew(
            couple.rhythm, couple.next_opening, couple.last_opening, couple.last_date, work.now
        )
        if due != couple.next_opening:
            changed.append(replace(couple, next_opening=due))
    await work.couples.save_all(changed)
    return [couple.id for couple in looked], len(changed)


async def bring_back(work: Work, limit: int) -> int:
    """Plan anew what a wrong clock has planned too far ahead; return how many there were.

    A rhythm has a day a week at least. What is planned for later was planned in another year, and would
    leave two people without a word for that long.
    """
    found = await work.couples.due_after(work.now + LONGEST_GAP, limit)
    for id_ in found:
        couple = await work.couples.get(id_)
        today = calendar.local_date(work.now, couple.rhythm.zone)
        past = replace(
            couple, last_opening=min(couple.last_opening, work.now), last_date=min(couple.last_date, today)
        )
        await work.couples.save(replace(past, next_opening=following(past, work.now)))
    return len(found)
