"""Point 3, over HTTP: what one partner sees is the same byte for byte, whatever the other has done."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from people import MakeHome, Person, later, settled
from two_lives import fork, seen

from bot.home.house import Home
from bot.screens.callbacks import Verb

FEAR = "I'm afraid of you when you shout."
Act = Callable[[Person], Awaitable[None]]


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def write(sam: Person) -> None:
    """Write, edit, send a picture, and begin again."""
    said = sam.writes("An umbrella in the hall.")
    await sam.hears()
    sam.phone.edit_text(said.message_id, "A red umbrella in the hall, still wet, and I breathed out. " * 20)
    sam.phone.send_photo(b"picture", caption="this one")
    await sam.hears()
    await sam.presses(Verb.START_OVER)
    await sam.hears()
    sam.writes("Shorter.")
    await sam.hears()


async def seal(sam: Person) -> None:
    """Seal, take back, and seal again."""
    await sam.seals("An umbrella in the hall.")
    await sam.presses(Verb.TAKE_BACK)
    await sam.hears()
    await sam.presses(Verb.SEAL)
    await sam.hears()


async def decline(sam: Person) -> None:
    """Leave today's round alone."""
    await sam.presses(Verb.NOT_TODAY)
    await sam.hears()


async def look_for_help(sam: Person) -> None:
    """Write words of danger, read lines, practise alone, take the words away, change what is one's own."""
    sam.writes(FEAR)
    await sam.hears()
    for command in ("/safety", "/practice", "/export", "/journal", "/privacy"):
        sam.writes(command)
        await sam.hears()
    sam.writes("You were afraid of me.")
    await sam.hears()
    sam.writes("/settings")
    await sam.presses(Verb.SWITCH, "reminders", on=await sam.sees("Your settings"))
    await settled(sam.home)


async def rest(sam: Person) -> None:
    """Rest, which is said at the next opening and not before."""
    sam.writes("/pause")
    await sam.hears()


async def flood(sam: Person) -> None:
    """Send very much at once."""
    for number in range(50):
        sam.writes(f"thought {number}")
    await sam.hears()


async def lose(sam: Person) -> None:
    """Block the bot."""
    sam.phone.block()
    await settled(sam.home)


async def noa_lives(noa: Person, home: Home, act: Act, sam: Person) -> None:
    """Let Noa look, write, seal and look again, and Sam act before each of it; up to the evening's reminder."""
    await act(sam)
    for command in ("/today", "/settings", "/journal", "/help", "/safety"):
        noa.writes(command)
        await noa.hears()
    noa.writes("A beginning.")
    await noa.hears()
    await later(home, hours=2)
    noa.writes("/today")
    await noa.hears()


AFTER = {
    "write": write,
    "decline": decline,
    "help": look_for_help,
    "rest": rest,
    "flood": flood,
    "lose": lose,
}
BEFORE = AFTER | {"seal": seal}


@pytest.mark.parametrize("what", sorted(BEFORE))
async def test_safety_03_until_ones_own_seal_two_worlds_look_the_same(
    make_home: MakeHome, tmp_path: Path, what: str
) -> None:
    """In the one the other does nothing, in the other much: no message, button, order or time tells them apart."""
    made, chats = await fork(make_home, tmp_path), []
    for name, act in (("quiet", nothing), ("busy", BEFORE[what])):
        async with made.life(name) as (home, noa, sam):
            since, theirs = noa.seen, sam.seen
            await noa_lives(noa, home, act, sam)
            await later(home, hours=13)
            chats.append(seen(noa, 0))
            assert len(seen(noa, since)) > 6
            if name == "busy" and what != "lose":
                assert seen(sam, theirs)
    assert chats[0] == chats[1]


@pytest.mark.parametrize("what", sorted(AFTER))
async def test_safety_03_after_ones_own_seal_two_worlds_look_the_same_until_the_others(
    make_home: MakeHome, tmp_path: Path, what: str
) -> None:
    """Whoever has sealed and waits learns nothing either, until the reveal."""
    made, chats = await fork(make_home, tmp_path), []
    for name, act in (("quiet", nothing), ("busy", AFTER[what])):
        async with made.life(name) as (home, noa, sam):
            await noa.seals("The marmalade on the stairs.")
            await noa_lives(noa, home, act, sam)
            await later(home, hours=13)
            chats.append(seen(noa, 0))
    assert chats[0] == chats[1]


async def test_the_two_worlds_part_with_the_reveal(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one: with both seals it sees a difference."""
    made, chats = await fork(make_home, tmp_path), []
    for name in ("quiet", "busy"):
        async with made.life(name) as (home, noa, sam):
            await noa.seals("The marmalade on the stairs.")
            if name == "busy":
                await sam.seals("An umbrella in the hall.")
            await settled(home)
            chats.append(seen(noa, 0))
    assert chats[1][: len(chats[0]) - 1] == chats[0][:-1]  # from the last, the button that takes back is gone
    assert any("umbrella" in html for html, *_ in chats[1][len(chats[0]) :])
