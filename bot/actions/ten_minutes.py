"""Ten minutes together: each is asked alone, and what comes comes to both at once, where both have said yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.actions.announce import home_zone, to_other
from bot.actions.people import Together, must_be_together
from bot.actions.ports import Work
from bot.actions.quote import buttons_off
from bot.actions.respond import newest_shown
from bot.messages import MessageKind
from bot.practice import ten_minutes as rules
from bot.practice.calendar import deliver_at
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Nearby, Round

K = MessageKind


class Pick(Protocol):
    """Picks a small thing for a couple."""

    def __call__(self, us: Together, had: Sequence[str], *, apart: bool) -> str | None:
        """Name one that suits where they are, of those they have had least often; None where there is none."""
        ...


async def ask(work: Work, partner: Partner, round_: RoundId, pick: Pick) -> None:
    """Ask one partner, or show what they have said, or what comes of it by now. Raises Refusal as newest_shown."""
    us = await must_be_together(work, partner.id)
    before = await newest_shown(work, us, round_)
    found = await _bring(work, us, before, pick)
    if found != before:
        await work.rounds.save(found)
    said = _wants(us, found, us.me, work.now)
    kind = K.TOGETHER_THING if found.thing else K.TOGETHER_NOTED if said else K.TOGETHER_ASK
    await work.outbox.put(us.message(kind, us.me, round_))


async def say_yes(
    work: Work, partner: Partner, round_: RoundId, where: Nearby, pick: Pick, *, shown_in: int
) -> None:
    """Take a partner's yes; the second brings a small thing to both, if it reaches the other now.

    Raises Refusal as newest_shown.
    """
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    moved = rules.say_yes(found, partner.id, where, work.now)
    moved = await _bring(work, us, moved, pick)
    await work.rounds.save(moved)
    kind = K.TOGETHER_THING if moved.thing else K.TOGETHER_NOTED
    await work.outbox.put(us.message(kind, us.me, round_).editing(shown_in))


def _wants(us: Together, round_: Round, partner: Partner, now: datetime) -> bool:
    return rules.wants(round_, partner.id, home_zone(partner, us), now)


def _reaches(us: Together, now: datetime) -> bool:
    """Tell whether the other would have it at once: not in their quiet hours, and not while they rest."""
    due = deliver_at(now, us.other.quiet, home_zone(us.other, us), us.other.acted_at)
    return due == now and not us.other.resting


async def _bring(work: Work, us: Together, round_: Round, pick: Pick) -> Round:
    """Pick what they have not had yet, where both want it now, and bring it to the other, too."""
    if round_.thing or not _reaches(us, work.now):
        return round_
    if not all(_wants(us, round_, one, work.now) for one in us.pair):
        return round_
    had = await work.rounds.things([us.me.id, us.other.id])
    thing = pick(us, had, apart=rules.are_apart(round_))
    if thing is not None:
        told = us.message(K.TOGETHER_THING, us.other, round_.id)
        noted = buttons_off(us.other, round_.id, K.TOGETHER_NOTED)
        await work.outbox.put(*to_other(us, noted, told, now=work.now))
    return replace(round_, thing=thing)


async def let_be(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Say no, or take a yes back: the other hears of neither. Raises Refusal as newest_shown."""
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    await work.rounds.save(rules.take_back(found, partner.id))
    kind = K.TOGETHER_THING if found.thing else K.TOGETHER_LET_BE
    await work.outbox.put(us.message(kind, us.me, round_).editing(shown_in))
