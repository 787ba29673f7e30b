"""The neutral friend: three prompts, one after the other, and at the end a word on whether it is kept.

Nothing of it reaches a partner, by no way; nothing of it is kept but by its writer's press.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.people import expect, message
from bot.actions.ports import Work
from bot.actions.practised import practised
from bot.actions.reflect import Arrival
from bot.messages import Message, MessageKind
from bot.practice import friend as rules
from bot.practice.friend import STEPS, Sitting, SittingId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
STEP = "step"
ASKED_FOR = "asked_for"  # an offer that somebody has asked for, and that no prompt stands above


async def offer(work: Work, partner: Partner) -> None:
    """Say what it is, and for what it is not."""
    await work.outbox.put(message(K.FRIEND_OFFER, partner, **{ASKED_FOR: 1}))


async def begin(work: Work, partner: Partner) -> None:
    """Ask the first step; what an earlier one has left is let go."""
    await work.sittings.let_go(partner.id)
    partner = replace(partner, friend_at=work.now)
    await work.partners.save(partner)
    await _ask(work, partner, 0)


async def take_up(work: Work, partner: Partner, step: int) -> None:
    """Go on where it was put aside. Raises Refusal NOT_YOURS."""
    if step not in range(len(STEPS)):
        raise Refusal(Reason.NOT_YOURS)
    await _ask(work, partner, step)


async def _ask(work: Work, partner: Partner, step: int) -> None:
    await expect(work, partner, Expectation(Expecting.FRIEND, starter=str(step)))
    await work.outbox.put(message(K.FRIEND_STEP, partner, **{STEP: step}))


def step_of(partner: Partner) -> int | None:
    """Tell which step somebody is asked; None where they are not."""
    expected = partner.expectation
    return int(expected.starter or 0) if expected.what is Expecting.FRIEND else None


async def write(work: Work, partner: Partner, arrivals: Sequence[Arrival]) -> None:
    """Take words for the step that is asked. Raises Refusal SITTING_FULL, SITTING_OVER."""
    step = step_of(partner)
    if step is None:
        raise Refusal(Reason.SITTING_OVER)
    sitting = await work.sittings.unfinished(partner.id)
    sitting = sitting or Sitting(SittingId(work.new_id()), partner.id, work.now)
    for arrival in arrivals:
        sitting = rules.write(sitting, step, arrival.source, arrival.text)
    await work.sittings.save(sitting)
    await expect(work, partner, partner.expectation)  # from now on, for as long again
    await practised(work, partner, [arrival.source for arrival in arrivals])
    await work.outbox.withdraw(to=partner.id, kinds=(K.FRIEND_NOTED,))
    await work.outbox.put(message(K.FRIEND_NOTED, partner, **{STEP: step}))


async def go_on(work: Work, partner: Partner, step: int) -> None:
    """Ask the next step, or whether it is to be kept; a step that is over shows the one that is asked.

    Raises Refusal SITTING_OVER.
    """
    asked = step_of(partner)
    if asked is None:
        if await work.sittings.unfinished(partner.id) is None or step not in range(len(STEPS)):
            raise Refusal(Reason.SITTING_OVER)
        asked = step  # practice is over after half an hour; what is written waits
    if step != asked:
        await _ask(work, partner, asked)
    elif asked + 1 < len(STEPS):
        await _ask(work, partner, asked + 1)
    else:
        await expect(work, partner)
        there = await work.sittings.unfinished(partner.id) is not None
        await work.outbox.put(message(K.FRIEND_END if there else K.FRIEND_GONE, partner))


async def keep(work: Work, partner: Partner, shown_in: int) -> None:
    """Keep what was written, for its writer alone. Raises Refusal SITTING_OVER."""
    sitting = await work.sittings.unfinished(partner.id)
    if sitting is None:
        raise Refusal(Reason.SITTING_OVER)
    await work.sittings.save(replace(sitting, kept_at=work.now))
    await work.outbox.put(message(K.FRIEND_KEPT, partner).editing(shown_in))


async def let_go(work: Work, partner: Partner, shown_in: int) -> None:
    """Destroy what was written and not kept."""
    await work.sittings.let_go(partner.id)
    if step_of(partner) is not None:
        await expect(work, partner)
    await work.outbox.put(message(K.FRIEND_GONE, partner).editing(shown_in))


def page(partner: Partner, number: int, *, ask: bool = False) -> Message:
    """Address what somebody has kept, counted from the newest; `ask` whether it is to be deleted."""
    return message(K.FRIEND_SHOWN, partner, number=number, ask=int(ask))


async def show(work: Work, partner: Partner, number: int, shown_in: int | None) -> None:
    """Show one that was kept. Raises Refusal NOT_IN_JOURNAL."""
    if number >= len(await work.sittings.of(partner.id)):
        raise Refusal(Reason.NOT_IN_JOURNAL)
    await work.outbox.put(page(partner, number).editing(shown_in))


async def ask_delete(work: Work, partner: Partner, number: int, shown_in: int) -> None:
    """Ask once before deleting one. Raises Refusal NOT_IN_JOURNAL."""
    if number >= len(await work.sittings.of(partner.id)):
        raise Refusal(Reason.NOT_IN_JOURNAL)
    await work.outbox.put(page(partner, number, ask=True).editing(shown_in))


async def delete(work: Work, partner: Partner, sitting: SittingId, shown_in: int) -> None:
    """Destroy one that was kept. Raises Refusal NOT_IN_JOURNAL."""
    if sitting not in {kept.id for kept in await work.sittings.of(partner.id)}:
        raise Refusal(Reason.NOT_IN_JOURNAL)
    await work.sittings.destroy(partner.id, sitting)
    await work.outbox.put(message(K.FRIEND_GONE, partner).editing(shown_in))
