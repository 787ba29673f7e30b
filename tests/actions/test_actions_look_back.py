"""What comes up again is decided anew when it is sent: deletion and a mark reach what is queued."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import World, base36, reveal

from bot.actions.people import must_be_together
from bot.messages import MessageKind

Pair = tuple[Person, Person]
Act = Callable[[Person, str], Awaitable[None]]


async def nothing(_: Person, __: str) -> None:
    """Do nothing."""


async def delete(bo: Person, round_: str) -> None:
    """Destroy one's own words of the round."""
    await bo.presses_data(1, f"jdd:{round_}")


async def find_heavy(bo: Person, round_: str) -> None:
    """Mark the round as heavy."""
    await bo.presses_data(1, f"jh:{round_}")


async def queue(world: World, ana: Person) -> str:
    """Queue the newest round for Ana; give its number as a button carries it."""
    async with world.unit() as work:
        us = await must_be_together(work, ana.id)
        shown = await work.rounds.latest_shown(us.couple.id)
        assert shown is not None
        await work.outbox.put(us.message(MessageKind.LOOK_BACK, us.me, shown.id, details={"ago": "month"}))
        return base36(shown.id)


@pytest.mark.parametrize(("act", "comes"), [(nothing, True), (delete, False), (find_heavy, False)])
async def test_deletion_reaches_what_was_to_come_up(
    world: World, pair: Pair, act: Act, *, comes: bool
) -> None:
    """Whatever the other has done with it meanwhile, what they don't want again does not come."""
    ana, bo = pair
    await reveal(world)
    await world.next_opening()
    ana.look_away()
    round_ = await queue(world, ana)
    await act(bo, round_)
    await world.deliver()
    assert ("look_back" in ana.kinds()) is comes


@pytest.mark.parametrize("verb", ["jh", "na", "pg", "pgm", "pgy"])
async def test_a_forged_mark_reaches_no_round_of_others(world: World, pair: Pair, verb: str) -> None:
    """Neither one that is none, nor, with a yes, one that was not revealed."""
    ana, _ = pair
    opened = await world.round()
    for number in (opened.id, opened.id + 12345):
        await ana.presses_data(1, f"{verb}:{base36(number)}")
        await world.deliver()
    marks = await world.rows("SELECT sum(heavy), sum(page_yes) FROM turns")
    assert marks == [(0, 0)]
