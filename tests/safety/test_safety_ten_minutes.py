"""Point 16 for ten minutes together: a no looks like no answer, and a yes is the other's to know only with theirs."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from people import MakeHome, Person, later, next_round, settled
from two_lives import Seen, both_seal, fork, seen, without_ids

from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]
A_WHILE = timedelta(minutes=10)  # in which all that one of them does has its place
CAME = "You both said yes."


async def second_round(noa: Person, sam: Person) -> None:
    """Reveal the second round of a couple: the first offers nothing."""
    await next_round(noa.home, noa, sam)
    await both_seal(noa, sam)


async def asks(who: Person) -> None:
    """Open the question."""
    who.writes("/today")
    await settled(who.home)
    await who.presses(Verb.TOGETHER)
    await settled(who.home)


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def no(sam: Person) -> None:
    """Open the question, and say no."""
    await asks(sam)
    await sam.presses(Verb.TOGETHER_NOT)
    await settled(sam.home)


async def wavers(sam: Person) -> None:
    """Say yes, and take it back."""
    await yes(sam)
    await sam.presses(Verb.TOGETHER_NOT)
    await settled(sam.home)


async def yes(sam: Person) -> None:
    """Say yes."""
    await asks(sam)
    await sam.presses(Verb.TOGETHER_YES)
    await settled(sam.home)


async def noa_hopes(noa: Person) -> None:
    """Let Noa say yes, look at the day again, and live on for a day."""
    await yes(noa)
    await asks(noa)
    await later(noa.home, days=1)


async def noa_says_no(noa: Person) -> None:
    """Let Noa look at all there is without saying yes, and live on for a day."""
    await no(noa)
    await asks(noa)
    await later(noa.home, days=1)


async def _live(make_home: MakeHome, root: Path, act: Act, noas: Act) -> tuple[list[Seen], list[Seen]]:
    """Live on twice, once with Sam doing nothing first; give what Noa sees in each."""
    made, chats = await fork(make_home, root, second_round), []
    for name, sams in (("quiet", nothing), ("busy", act)):
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            await sams(sam)
            await later(home, seconds=(begun + A_WHILE - home.clock.now()).total_seconds())
            await noas(noa)
            chats.append(without_ids(seen(noa, 0)))
    return chats[0], chats[1]


@pytest.mark.parametrize("act", [no, wavers], ids=["no", "wavers"])
async def test_safety_16_a_no_to_ten_minutes_looks_like_no_answer(
    make_home: MakeHome, tmp_path: Path, act: Act
) -> None:
    """Whoever said yes sees the same, byte for byte, whether the other said no or nothing."""
    quiet, busy = await _live(make_home, tmp_path, act, noa_hopes)
    assert quiet == busy
    assert CAME not in str(busy)


async def test_safety_16_a_yes_to_ten_minutes_is_not_told_to_who_gave_none(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Whoever looks and says no sees the same, whether the other said yes or nothing."""
    quiet, busy = await _live(make_home, tmp_path, yes, noa_says_no)
    assert quiet == busy


async def test_safety_16_two_yeses_to_ten_minutes_show(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one."""
    quiet, busy = await _live(make_home, tmp_path, yes, noa_hopes)
    assert CAME not in str(quiet)
    assert CAME in str(busy)
