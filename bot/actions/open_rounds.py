"""The clock opens rounds: what is due, one couple at a time, each date once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.actions import announce
from bot.actions.people import Together, expect, must_be_together
from bot.actions.ports import Work
from bot.messages import MessageKind, Priority
from bot.practice import calendar, rotation
from bot.practice import round as rules
from bot.practice.couple import OFFER_AFTER, Couple, CoupleState, depth_of, state_of
from bot.practice.ids import CoupleId, RoundId
from bot.practice.rotation import Past
from bot.practice.round import Round, RoundState, Turn
from bot.practice.shelf import Card

K = MessageKind
LONGEST_GAP = timedelta(days=9)  # between now and a next opening: a week, a gap of 12 hours, a moved zone
MEMORY = 60  # rounds that the choice of a prompt looks back on


class Content(Protocol):
    """What the practice needs to know of the words: facts, not the words themselves."""

    def cards(self) -> Collection[Card]:
        """Give the facts of every prompt."""
        ...


@dataclass(frozen=True)
class House:
    """What this installation brings: its prompts, and the zone until a partner names theirs."""

    content: Content
    zone: str


async def open_due(work: Work, couple: CoupleId, house: House) -> None:
    """Open a couple's next round if it is due; skip it when hours late, hold it while they rest."""
    found = await work.couples.get(couple)
    if found.parted_at is not None or found.next_opening is None or found.next_opening > work.now:
        return
    us = await must_be_together(work, found.partners[0])
    if calendar.missed(found.next_opening, work.now):
        await work.couples.save(replace(found, next_opening=following(found, work.now)))
    elif state_of(found, us.pair) is CoupleState.RESTING:
        await _tell_rest(work, us)
    else:
        await _open_next(work, us, house, found.next_opening)


def following(couple: Couple, now: datetime) -> datetime:
    """Tell a couple's next opening after `now`."""
    return calendar.next_opening(couple.rhythm, couple.last_opening, couple.last_date, now)


async def bring_back(work: Work, limit: int) -> int:
    """Plan anew what a wrong clock has planned too far ahead; tell how many there were.

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


async def _tell_rest(work: Work, us: Together) -> None:
    """Say the one sentence to whoever does not rest by themselves and has not heard it."""
    told = us.couple.rest_told
    for partner in us.pair:
        if not partner.away and partner.id not in told:
            told |= {partner.id}
            zone = announce.home_zone(partner, us)
            due = calendar.prompt_at(work.now, us.couple.rhythm, partner.quiet, zone)
            said = us.message(K.REST_TOLD, partner)
            await work.outbox.put(replace(said, about=None, priority=Priority.MORNING, due=due))
    await work.couples.save(replace(us.couple, rest_told=told, next_opening=None))


async def open_first(work: Work, us: Together, house: House) -> None:
    """Open a new couple's first round at once."""
    await _open(work, us, house, calendar.local_date(work.now, us.couple.rhythm.zone))


async def _open_next(work: Work, us: Together, house: House, due: datetime) -> None:
    lapsed = await _end_previous(work, us)
    for partner in us.pair:
        await expect(work, partner)  # what was asked yesterday must not catch today's words
    lapses = us.couple.lapses + 1 if lapsed else 0
    us = replace(us, couple=replace(us.couple, lapses=lapses))
    await _open(work, us, house, calendar.local_date(due, us.couple.rhythm.zone))
    if lapsed and lapses % OFFER_AFTER == 0:
        await _offer_slower(work, us)


async def _end_previous(work: Work, us: Together) -> bool:
    """End the round before, and withdraw what is still held of its opening; tell whether it lapsed."""
    previous = await work.rounds.latest(us.couple.id)
    if previous is None or previous.state not in rules.LIVE:
        return False
    ended = rules.next_opens(previous, work.now)
    await work.rounds.save(ended)
    await work.outbox.withdraw(round_=previous.id, kinds=(K.PROMPT, K.REMINDER))
    return ended.state is RoundState.LAPSED


async def _offer_slower(work: Work, us: Together) -> None:
    for partner in us.pair:
        zone = announce.home_zone(partner, us)
        due = calendar.prompt_at(work.now, us.couple.rhythm, partner.quiet, zone)
        await work.outbox.put(
            replace(us.message(K.SLOWER_OFFER, partner), priority=Priority.MORNING, due=due)
        )


async def _open(work: Work, us: Together, house: House, day: date) -> None:
    """Open a round for a local date and set the couple's next opening."""
    cards = house.content.cards()
    past = await work.rounds.recent(us.couple.id, MEMORY)
    choice = rotation.choose(cards, await _standing(work, us, rotation.known(cards), past, day))
    round_ = Round(
        id=RoundId(work.new_id()),
        couple=us.couple.id,
        prompt=choice.prompt_id,
        local_date=day,
        opened_at=work.now,
        turns=_turns(us),
        arc=choice.arc,
        ordinal=past[0].ordinal + 1 if past else 0,
        swapped=_swapped(us, rotation.known(cards), past),
    )
    arc = choice.arc or us.couple.arc
    couple = replace(
        us.couple, last_opening=work.now, last_date=day, arc=None if arc == choice.arc_over else arc
    )
    couple = replace(couple, next_opening=following(couple, work.now))
    await work.couples.save(couple)
    if await work.rounds.add(round_):
        await work.outbox.put(*announce.opening(us, round_))


async def _standing(
    work: Work, us: Together, known: Mapping[str, Card], past: Sequence[Round], day: date
) -> rotation.Circumstances:
    """Tell the rotation where the couple stands; a prompt that has been withdrawn since is passed over."""
    arcs = await work.rounds.arcs(us.couple.id)
    seen = await work.rounds.seen(us.couple.partners)
    return rotation.Circumstances(
        depth=depth_of(us.pair),
        today=day,
        seed=us.couple.id,
        seen={prompt: moment.date() for prompt, moment in seen.items()},
        recent=[
            Past(r.prompt, r.local_date, lapsed=r.state is RoundState.LAPSED, arc=r.arc)
            for r in past
            if r.prompt in known
        ],
        arc=us.couple.arc,
        arcs_over=arcs - {us.couple.arc},
    )


def _turns(us: Together) -> tuple[Turn, Turn]:
    first, second = us.couple.partners
    return Turn(first), Turn(second)


def _swapped(us: Together, known: Mapping[str, Card], past: Sequence[Round]) -> bool:
    """Turn the sides about since the last two-sided round; who begins is the couple's own."""
    last = next((r for r in past if r.prompt in known and known[r.prompt].two_sided), None)
    return rotation.sides_swapped(0, us.couple.id) if last is None else not last.swapped
