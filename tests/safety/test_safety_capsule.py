"""Point 2 and 3 for a letter that opens later: until its day the other lives in the same world with it and without."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from people import MakeHome, Person, later, settled
from two_lives import Seen, fork, seen, without_ids

from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]
CAME = "A letter from Noa"


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def seals(noa: Person) -> None:
    """Write a letter, and seal it for a month from now."""
    for words in ("/capsule", "The marmalade again."):
        noa.writes(words)
        await settled(noa.home)
    for press in (Verb.CAPSULE_DAY, Verb.CAPSULE_SEAL):
        await noa.presses(press)
        await settled(noa.home)


async def _live(make_home: MakeHome, root: Path, days: int) -> tuple[list[Seen], list[Seen]]:
    """Live on twice, once with a letter; give what Sam sees in each."""
    made, chats = await fork(make_home, root), []
    lives: tuple[tuple[str, Act], ...] = (("quiet", nothing), ("busy", seals))
    for name, noas in lives:
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            await noas(noa)
            await later(home, seconds=(begun + timedelta(days=days) - home.clock.now()).total_seconds())
            for words in ("/today", "/capsule", "/journal"):
                sam.writes(words)
                await settled(home)
            chats.append(without_ids(seen(sam, 0)))
    return chats[0], chats[1]


async def test_safety_03_a_letter_that_waits_shows_nowhere(make_home: MakeHome, tmp_path: Path) -> None:
    """Byte for byte, whatever the other looks at."""
    quiet, busy = await _live(make_home, tmp_path, 6)
    assert quiet == busy


async def test_safety_03_the_worlds_part_on_a_letters_day(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one."""
    quiet, busy = await _live(make_home, tmp_path, 32)
    assert CAME not in str(quiet)
    assert CAME in str(busy)
