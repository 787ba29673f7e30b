"""Point 3, over HTTP: what one partner sees is the same byte for byte, whatever the other has done."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from people import MakeHome, Person, later, settled
from two_lives import fork, seen, without_ids

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


async def swap(sam: Person) -> None:
    """Take another card, write to it, and take another again."""
    for _ in range(2):
        await sam.presses(Verb.ANOTHER_CARD)
        await sam.hears()
        sam.writes("An umbrella in the hall.")
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


async def clears_and_looks(sam: Person) -> None:
    """Let one's words leave the chat, seal, look at them, and take them back."""
    sam.writes("/settings")
    await sam.presses(Verb.SWITCH, "put_away", on=await sam.sees("Your settings"))
    await sam.hears()
    await sam.seals("An umbrella in the hall.")
    await sam.presses(Verb.SHOW_MINE)
    await sam.hears()
    await sam.presses(Verb.TAKE_BACK)
    await sam.hears()
    assert sam.was_told("An umbrella")


async def write_a_card(sam: Person) -> None:
    """Write a card, let it come, and take it back."""
    if not sam.was_told("Your card, for the two of you"):
        sam.writes("/card Which smell takes you back?")
        await sam.presses(Verb.CARD_COME, on=await sam.sees("Your card, for the two of you"))
        await sam.presses(Verb.CARD_BACK, on=await sam.finds("marked as yours"))
        sam.writes("/card Which sound takes you back?")
    await sam.hears()


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
    "swap": swap,
    "help": look_for_help,
    "card": write_a_card,
    "rest": rest,
    "flood": flood,
    "lose": lose,
}
BEFORE = AFTER | {"seal": seal, "away": clears_and_looks}


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


async def stays(sam: Person) -> None:
    """Let one's words stay in the chat."""
    await sam.seals("An umbrella in the hall.")
    await sam.hears()


async def leaves(sam: Person) -> None:
    """Let them leave it, and look at them again."""
    await sam.seals("An umbrella in the hall.")
    await sam.presses(Verb.CLEAR_MINE)
    await sam.hears()
    await sam.presses(Verb.SHOW_MINE)
    await sam.hears()


@pytest.mark.parametrize("first", ["noa", "sam"])
async def test_safety_17_nobody_can_tell_whether_the_other_puts_their_words_away(
    make_home: MakeHome, tmp_path: Path, first: str
) -> None:
    """From the seal to the response and beyond, what one sees is the same byte for byte."""
    made, chats = await fork(make_home, tmp_path), []
    for name, act in (("stay", stays), ("leave", leaves)):
        async with made.life(name) as (home, noa, sam):
            if first == "noa":
                await noa.seals("The marmalade on the stairs.")
            await act(sam)
            if first == "sam":
                await noa.seals("The marmalade on the stairs.")
            await noa.hears()
            await sam.presses(Verb.OWN_WORDS)
            sam.writes("You were quiet with it.")
            await sam.hears()
            await sam.presses(Verb.SEND)
            await sam.hears()
            await later(home, hours=2)
            assert any("umbrella" in html for html, *_ in seen(noa, 0))
            assert any("quiet with it" in html for html, *_ in seen(noa, 0))
            here = [message.text for message in sam.phone.messages if "umbrella" in message.text]
            assert bool(here) is (name == "stay")
            chats.append(without_ids(seen(noa, 0)))
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
    # From what was sealed the button that takes back is gone; after it the hour was asked for.
    assert chats[1][: len(chats[0]) - 2] == chats[0][:-2]
    assert any("umbrella" in html for html, *_ in chats[1][len(chats[0]) :])


async def write_late(sam: Person) -> None:
    """Open the day that is over, write for it, seal, take back, look around."""
    sam.writes("/today")
    await sam.presses(Verb.EARLIER_CARD, on=await sam.sees("Earlier ones"))
    if not sam.was_told("An umbrella"):
        await sam.presses(Verb.WRITE_FOR, on=await sam.sees("up to"))
        sam.writes("An umbrella in the hall.")
        await sam.presses(Verb.SEAL, on=await sam.sees("That's yours for now, for"))
        await sam.hears()
        await sam.presses(Verb.TAKE_BACK)
    await sam.hears()


async def seal_late(sam: Person) -> None:
    """Do all that, and seal again."""
    await write_late(sam)
    await sam.presses(Verb.SEAL)
    await sam.hears()


async def swap_late(sam: Person) -> None:
    """Take another card for the day that is over, twice, and write for it."""
    sam.writes("/today")
    await sam.presses(Verb.EARLIER_CARD, on=await sam.sees("Earlier ones"))
    for _ in range(2):
        await sam.presses(Verb.ANOTHER_CARD, on=await sam.sees("up to"))
    await sam.presses(Verb.WRITE_FOR, on=await sam.sees("up to"))
    sam.writes("An umbrella in the hall.")
    await sam.hears()


async def keep_late(sam: Person) -> None:
    """Seal, keep it to oneself, and destroy it in the journal."""
    await seal_late(sam)
    await sam.presses(Verb.EARLIER_CARD)
    await sam.hears()
    await sam.presses(Verb.KEEP_TO_ONESELF)
    await sam.hears()
    sam.writes("/journal")
    await sam.presses(Verb.ENTRY, on=await sam.sees("Your journal"))
    await sam.presses(Verb.DELETE_ASK, on=await sam.sees("Nobody but you"))
    await sam.presses(Verb.DELETE, on=await sam.sees("Delete what you wrote"))
    await sam.hears()


async def noa_is_late(noa: Person, home: Home, act: Act, sam: Person, *, seals: bool) -> None:
    """Let Noa look at the day that is over and write for it, and Sam act between; up to its end."""
    await later(home, hours=36)
    await noa.hears()
    await act(sam)
    noa.writes("/today")
    await noa.presses(Verb.EARLIER_CARD, on=await noa.sees("Earlier ones"))
    await noa.presses(Verb.WRITE_FOR, on=await noa.sees("up to"))
    noa.writes("The marmalade on the stairs.")
    shown = await noa.sees("That's yours for now, for")
    if seals:
        await noa.presses(Verb.SEAL, on=shown)
    await noa.hears()
    for command in ("/today", "/journal"):
        noa.writes(command)
        await noa.hears()
    await later(home, days=15)


LATE_AFTER = {"write": write_late, "keep": keep_late, "swap": swap_late}
LATE_BEFORE = LATE_AFTER | {"seal": seal_late}


@pytest.mark.parametrize("what", sorted(LATE_BEFORE))
async def test_safety_03_until_ones_own_late_seal_two_worlds_look_the_same(
    make_home: MakeHome, tmp_path: Path, what: str
) -> None:
    """A day that is over is listed, opened, written and ends the same, whatever the other does with it."""
    made, chats = await fork(make_home, tmp_path), []
    for name, act in (("quiet", nothing), ("busy", LATE_BEFORE[what])):
        async with made.life(name) as (home, noa, sam):
            await noa_is_late(noa, home, act, sam, seals=False)
            chats.append(without_ids(seen(noa, 0)))
            assert noa.was_told("are over")
    assert chats[0] == chats[1]


async def test_safety_03_after_ones_own_late_seal_two_worlds_look_the_same_until_the_others(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Whoever has sealed late and waits learns nothing either."""
    made, chats = await fork(make_home, tmp_path), []
    for name, act in (("quiet", nothing), ("busy", write_late)):
        async with made.life(name) as (home, noa, sam):
            await noa_is_late(noa, home, act, sam, seals=True)
            chats.append(without_ids(seen(noa, 0)))
            assert noa.was_told("are over")
            assert not noa.was_told("umbrella")
    assert chats[0] == chats[1]
