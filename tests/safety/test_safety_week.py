"""Point 14 for the look back: what one has marked for themselves shows in no look back of the other's."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from people import MakeHome, Person, later, next_round, screen, settled
from two_lives import fork, seen, without_ids

from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]
SUNDAY = 6
A_WHILE = timedelta(minutes=10)
BACK = "Your week, looked back on"


async def reveal(noa: Person, sam: Person) -> None:
    """Choose Sundays, and reveal Tuesday's round."""
    await screen(noa, (Verb.SCREEN, "days"), Verb.WEEK, (Verb.WEEK_DAY, SUNDAY))
    await next_round(noa.home, noa, sam)
    await noa.seals("The heron stood still.")
    await sam.seals("You held the lantern while I looked.")


async def marks_heavy(sam: Person) -> None:
    """Find the round heavy."""
    sam.writes("/journal")
    await sam.presses(Verb.ENTRY, on=await sam.sees("Your journal"))
    await settled(sam.home)
    await sam.presses(Verb.HEAVY)
    await settled(sam.home)


async def keeps_a_sentence(sam: Person) -> None:
    """Mark a sentence, and tell nobody."""
    await sam.presses(Verb.HIGHLIGHT_ASK)
    await settled(sam.home)
    assert sam.was_told("This one stays with you")


async def looks_at_the_choice(sam: Person) -> None:
    """Open the choice of the day, and change nothing."""
    await screen(sam, (Verb.SCREEN, "days"), Verb.WEEK)


@pytest.mark.parametrize("act", [marks_heavy, keeps_a_sentence, looks_at_the_choice])
async def test_safety_14_the_look_back_tells_nothing_of_what_the_other_marked(
    make_home: MakeHome, tmp_path: Path, act: Act
) -> None:
    """Byte for byte, through the look back and the day after."""
    made, chats = await fork(make_home, tmp_path, reveal), []
    for name in ("quiet", "busy"):
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            if name == "busy":
                await act(sam)
            await later(home, seconds=(begun + A_WHILE - home.clock.now()).total_seconds())
            await later(home, days=6)
            assert noa.was_told(BACK)
            chats.append(without_ids(seen(noa, 0)))
    assert chats[0] == chats[1]
