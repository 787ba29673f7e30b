"""Point 14 for what stays with somebody: what a reader marks shows nowhere until they press that it shall."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from people import MakeHome, Person, later, next_round, settled
from two_lives import Seen, both_seal, fork, seen, without_ids

from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]


async def second_round(noa: Person, sam: Person) -> None:
    """Reveal the second round of a couple."""
    await next_round(noa.home, noa, sam)
    await both_seal(noa, sam)


async def marks(noa: Person) -> None:
    """Mark a sentence, and look at all."""
    await noa.presses(Verb.HIGHLIGHT_ASK)
    await settled(noa.home)
    noa.writes("/kept")
    await settled(noa.home)


async def tells(noa: Person) -> None:
    """Mark a sentence, and tell its author."""
    await noa.presses(Verb.HIGHLIGHT_ASK)
    await settled(noa.home)
    await noa.presses(Verb.HIGHLIGHT_TELL)
    await settled(noa.home)


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def _live(make_home: MakeHome, root: Path, act: Act) -> tuple[list[Seen], list[Seen]]:
    """Live on twice, once with Noa doing nothing first; give what Sam sees in each."""
    made, chats = await fork(make_home, root, second_round), []
    for name, noas in (("quiet", nothing), ("busy", act)):
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            await noas(noa)
            await later(home, seconds=(begun + timedelta(days=2) - home.clock.now()).total_seconds())
            for words in ("/today", "/kept", "/journal"):
                sam.writes(words)
                await settled(home)
            chats.append(without_ids(seen(sam, 0)))
    return chats[0], chats[1]


async def test_safety_14_what_stays_with_a_reader_is_not_told(make_home: MakeHome, tmp_path: Path) -> None:
    """The author lives in the same world, byte for byte, whether a sentence of theirs was marked or not."""
    quiet, busy = await _live(make_home, tmp_path, marks)
    assert quiet == busy


async def test_safety_14_what_stays_is_told_by_a_press(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one."""
    quiet, busy = await _live(make_home, tmp_path, tells)
    assert "kept a sentence of yours" not in str(quiet)
    assert "kept a sentence of yours" in str(busy)
