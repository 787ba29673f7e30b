"""A page to hand over: the yes of both, each asked alone, and nothing to be learnt about the other's."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from chosen_page import opens, page
from people import MakeHome, Person, later, settled
from two_lives import both_seal, fork, seen, without_ids

from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]
THEIRS = "umbrella"
A_WHILE = timedelta(minutes=10)  # in which all that one of them does has its place


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def no(sam: Person) -> None:
    """Look at the question and leave it at that: a no."""
    await opens(sam)


async def yes_and_no(sam: Person) -> None:
    """Say yes, and take it back."""
    await opens(sam)
    for _ in range(2):
        await sam.presses(Verb.PAGE_YES)
        await settled(sam.home)


async def own_page(sam: Person) -> None:
    """Choose the round and make a page of one's own, without a yes."""
    await opens(sam)
    await sam.presses(Verb.PAGE_MARK)
    await settled(sam.home)
    assert THEIRS in await page(sam)


async def yes(sam: Person) -> None:
    """Say yes."""
    await opens(sam)
    await sam.presses(Verb.PAGE_YES)
    await settled(sam.home)


ACTS = {"no": no, "yes and no": yes_and_no, "own page": own_page}


async def noa_asks(noa: Person) -> str:
    """Let Noa say yes, choose the round, and make a page; and live on for a day."""
    await opens(noa)
    for verb in (Verb.PAGE_YES, Verb.PAGE_MARK):
        await noa.presses(verb)
        await settled(noa.home)
    made = await page(noa)
    await later(noa.home, days=1)
    return made


@pytest.mark.parametrize("what", sorted(ACTS))
async def test_safety_16_a_no_and_no_answer_look_the_same(
    make_home: MakeHome, tmp_path: Path, what: str
) -> None:
    """One's own chat and one's own page are the same, byte for byte, whatever the other did but say yes."""
    made, lives = await fork(make_home, tmp_path, both_seal), []
    for name, act in (("quiet", nothing), ("busy", ACTS[what])):
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            await act(sam)
            await later(home, seconds=(begun + A_WHILE - home.clock.now()).total_seconds())
            lives.append((await noa_asks(noa), without_ids(seen(noa, 0))))
    assert THEIRS not in lives[0][0]
    assert lives[0] == lives[1]


async def test_safety_16_nobody_is_told_that_the_other_makes_a_page(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Marks, a yes and a page of the other's change nothing that one sees."""
    made, chats = await fork(make_home, tmp_path, both_seal), []
    for name in ("quiet", "busy"):
        async with made.life(name) as (home, noa, sam):
            if name == "busy":
                assert await noa_asks(noa)
            else:
                await later(home, minutes=2)
                await later(home, days=1)
            await opens(sam)
            chats.append(without_ids(seen(sam, 0)))
    assert chats[0] == chats[1]


async def test_safety_16_the_worlds_part_with_the_yes_of_both(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one: a yes to the very round, by both, puts the other's words there."""
    made = await fork(make_home, tmp_path, both_seal)
    async with made.life("one") as (_, noa, sam):
        await yes(sam)
        assert THEIRS in await noa_asks(noa)
