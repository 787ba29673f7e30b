"""The day on which a couple looks back at their week, and what of the week both have seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.actions import highlight
from bot.actions.announce import to_other
from bot.actions.highlight import SaidSentence
from bot.actions.people import must_be_together
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.couple import Couple
from bot.practice.highlight import Highlight
from bot.practice.ids import PartnerId
from bot.practice.month import PageSpan
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round
from bot.practice.week import WEEK

K = MessageKind
MOST_MARKS = 1_000  # of one reader's, the newest
BUSY = timedelta(minutes=1)  # between two presses on the days, of which the other hears the last


async def turn_day(work: Work, partner: Partner, weekday: int) -> None:
    """Choose the couple's day for looking back, or none by choosing it again; the other hears of it.

    Raises Refusal NO_COUPLE, NOT_YOURS for a day that is none of theirs.
    """
    us = await must_be_together(work, partner.id)
    if weekday not in us.couple.rhythm.weekdays:
        raise Refusal(Reason.NOT_YOURS)
    chosen = None if us.couple.week_day == weekday else weekday
    await work.couples.save(replace(us.couple, week_day=chosen))
    await work.outbox.withdraw(to=us.other.id, couple=us.couple.id, kinds=(K.WEEK_DAY_SET,))
    await work.outbox.put(*to_other(us, us.message(K.WEEK_DAY_SET, us.other), now=work.now + BUSY))


@dataclass(frozen=True)
class Week:
    """What both have seen of a week: its rounds, newest first, and a sentence of one that the other keeps and told."""

    rounds: Sequence[Round]
    stays: tuple[Highlight, SaidSentence] | None


async def seen_by_both(work: Work, couple: Couple, reader: PartnerId, day: date) -> Week:
    """Load what both have seen of the seven days before a day.

    What either has deleted is left out, and what the reader finds heavy: that the other does can't be told from it.
    """
    found = await work.rounds.standing([couple.id], day - WEEK, day - timedelta(days=1))
    rounds = [one for one in found if not one.turn(reader).heavy]
    rounds.sort(key=lambda one: one.local_date, reverse=True)
    for one in rounds:
        for keeper in couple.partners:
            for marked in await work.highlights.of(keeper, MOST_MARKS, round_=one.id):
                sentence = await highlight.read(work, marked) if marked.told_at else None
                if sentence is not None:
                    return Week(rounds, (marked, sentence))
    return Week(rounds, None)


@dataclass(frozen=True)
class Stays:
    """A sentence that one keeps and has told the other of."""

    marked: Highlight
    sentence: SaidSentence
    on: date


async def seen_in(
    work: Work, couple: Couple, reader: PartnerId, span: PageSpan
) -> tuple[Sequence[Round], Sequence[Stays]]:
    """Load what both have seen of a month or a year, oldest first, as `seen_by_both` does."""
    found = await work.rounds.standing([couple.id], span.first, span.last)
    light = [one for one in found if not one.turn(reader).heavy]
    rounds = {one.id: one for one in sorted(light, key=lambda one: one.local_date)}
    stays = []
    for keeper in couple.partners:
        for marked in await work.highlights.of(keeper, MOST_MARKS):
            sentence = (
                await highlight.read(work, marked) if marked.told_at and marked.round in rounds else None
            )
            if sentence is not None:
                stays.append(Stays(marked, sentence, rounds[marked.round].local_date))
    return list(rounds.values()), sorted(stays, key=lambda one: (one.on, one.marked.id))
