"""The clock opens letters: each on its day at the couple's hour, in a transaction with what shows it to the other."""

from dataclasses import replace

from bot.actions.announce import home_zone
from bot.actions.capsule import shown_to
from bot.actions.people import Together
from bot.actions.ports import Work
from bot.messages import Priority
from bot.practice import calendar
from bot.practice import capsule as rules
from bot.practice.capsule import LOOK_AGAIN, Capsule
from bot.practice.couple import CoupleState, state_of
from bot.practice.ids import CapsuleId


async def open_due(work: Work, limit: int) -> tuple[int, dict[CapsuleId, Exception]]:
    """Open what is due or say when it is looked at again; tell how many there were, and whose could not be and why."""
    due = await work.capsules.due(work.now, limit)
    failed: dict[CapsuleId, Exception] = {}
    for capsule in due:
        try:
            await _open(work, capsule)
        except Exception as failure:  # noqa: BLE001 (one letter stops nobody else's)
            failed[capsule.id] = failure
            await work.capsules.save(replace(capsule, look_at=work.now + LOOK_AGAIN))
    return len(due), failed


async def _open(work: Work, capsule: Capsule) -> None:
    couple = await work.couples.get(capsule.couple)
    if couple.parted_at is not None:  # of a database that was put back: it goes to nobody
        await work.capsules.save(rules.outlive(capsule))
        return
    author = await work.partners.get(capsule.author)
    us = Together(author, await work.partners.get(couple.other(author.id)), couple)
    resting = state_of(couple, us.pair) is CoupleState.RESTING
    moved = rules.come_due(capsule, couple.rhythm, work.now, resting=resting)
    await work.capsules.save(moved)
    if moved.opened_at is None:
        return
    reader = us.other
    zone = home_zone(reader, us)
    due = calendar.prompt_at(work.now, couple.rhythm, reader.quiet, zone, reader.acted_at)
    await work.outbox.put(
        *(replace(one, due=due, priority=Priority.EVENT) for one in shown_to(us, reader, moved))
    )
