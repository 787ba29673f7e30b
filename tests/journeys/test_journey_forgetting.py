"""Forgetting: everything of a person is destroyed, and the other keeps what is theirs."""

import pytest
from memory import bytes_of, everything, stored, traces
from people import (
    Person,
    couple,
    invites,
    joins,
    later,
    one,
    person,
    press_everything,
    settled,
)
from people import meet as meets

from bot.home.house import Home
from bot.screens.callbacks import Verb

NOA_WROTE = "The marmalade on the stairs made me laugh, and then I nearly cried."
SAM_WROTE = "An umbrella in the hall, still wet: I knew you were home and breathed out."
NOA_DRAFTED = "A velvet curtain, half drawn, is how this week felt."
ENDED = "Your couple here has come to an end"
HELD = """
SELECT wrapped_key FROM partners WHERE id = :id UNION SELECT name FROM partners WHERE id = :id
UNION SELECT username FROM partners WHERE id = :id AND username IS NOT NULL
UNION SELECT body FROM pieces WHERE author_id = :id UNION SELECT code FROM invites WHERE inviter_id = :id
UNION SELECT code_hash FROM invites WHERE inviter_id = :id"""


async def forgets(leaver: Person) -> str:
    """Ask to be forgotten and mean it; give the receipt."""
    leaver.writes("/forget")
    pressed = await leaver.presses(Verb.FORGET, on=await leaver.sees("Remove you from here?"))
    await pressed.answered()
    return (await leaver.sees("It's done")).text


async def a_life(home: Home) -> tuple[Person, Person]:
    """Make a couple with a round that was revealed, and one that is half written."""
    noa, sam = person(home, "Noaphine", username="noaphine_of_old"), person(home, "Sam")
    await meets(noa, sam)
    await noa.seals(NOA_WROTE)
    await sam.seals(SAM_WROTE)
    await later(home, hours=35)
    noa.writes(NOA_DRAFTED)
    for partner in (noa, sam):
        await partner.hears()
    return noa, sam


def identity(partner: Person) -> int:
    """Give a partner's own number in the bot's memory."""
    ((found,),) = stored(
        partner.home, "SELECT id FROM partners WHERE chat_id = :chat", chat=partner.phone.user_id
    )
    return int(found)


async def test_it_is_asked_once(home: Home) -> None:
    """/forget says what goes and what stays, and changes nothing until it is meant."""
    noa, sam = await couple(home)
    asked = await noa.answer("/forget")
    for word in ("destroyed at once", "can't come back", "couple, it ends", "already delivered stay"):
        assert word in asked
    assert await noa.press_answer(Verb.STAY) == "Then nothing changes."
    assert await sam.hears() == []
    assert stored(home, "SELECT count(*) FROM partners") == [(2,)]


async def test_nothing_is_left_in_any_file(home: Home) -> None:
    """Not a name, a word or an id in clear, and not one of the ciphertexts that held them, in any byte."""
    noa, _ = await a_life(home)
    held = [bytes(value) for (value,) in stored(home, HELD, id=identity(noa))]
    assert len(held) >= 6
    receipt = await forgets(noa)
    await settled(home)
    assert [value for value in held for content in bytes_of(home) if value in content] == []
    assert traces(home, "Noaphine", "noaphine_of_old", NOA_WROTE, NOA_DRAFTED) == []
    assert [row for row in everything(home) if str(noa.phone.user_id) in row] == []
    assert "destroyed here" in receipt
    assert "backup" in receipt


async def test_the_other_keeps_their_own(home: Home) -> None:
    """The other hears one neutral sentence, keeps their words, and reads nothing of who is gone."""
    noa, sam = await a_life(home)
    theirs = stored(home, "SELECT body FROM pieces WHERE author_id = :id", id=identity(sam))
    await forgets(noa)
    assert one(await sam.hears()).startswith(ENDED)
    assert theirs
    assert stored(home, "SELECT body FROM pieces") == theirs
    new = await press_everything(sam, besides=("fgt",))
    assert [text for text in new if NOA_WROTE in text or "Noaphine" in text] == []


async def test_what_was_on_its_way_is_gone(home: Home) -> None:
    """What quiet hours held of a person's words never arrives."""
    noa, sam = await couple(home)
    await sam.seals(SAM_WROTE)
    await later(home, hours=14)  # 23:00
    await noa.seals(NOA_WROTE)
    await sam.hears()
    await forgets(noa)
    await later(home, hours=10)
    assert one(await sam.hears()).startswith(ENDED)


async def test_a_stranger_again(home: Home) -> None:
    """Whoever was forgotten is a newcomer: words and old buttons lead to /start, and nothing is kept."""
    noa, _ = await a_life(home)
    await forgets(noa)
    assert "/start" in await noa.answer("hello again")
    shown = await press_everything(noa, besides=("in", "link"))
    assert shown
    kind = ("/start", "any more", "Nothing has been kept", "only for you")  # help is there for everybody
    assert [text for text in shown if not any(word in text for word in kind)] == []
    assert [row for row in everything(home) if str(noa.phone.user_id) in row] == []


async def test_coming_back_is_a_beginning(home: Home) -> None:
    """The same two again are a new couple: other ids, other settings, no words, no history."""
    noa, sam = await a_life(home)
    noa.writes("/settings")
    await noa.presses(Verb.SCREEN, "depth", on=await noa.sees("Your settings"))
    await noa.presses(Verb.DEPTH, 3)
    await settled(home)
    before = identity(noa)
    await forgets(noa)
    await sam.hears()
    await meets(noa, sam)
    assert identity(noa) != before
    assert stored(home, "SELECT depth FROM partners WHERE id = :id", id=identity(noa)) == [(1,)]
    assert stored(home, "SELECT count(*) FROM pieces WHERE author_id = :id", id=identity(noa)) == [(0,)]
    assert stored(home, "SELECT count(*) FROM couples WHERE parted_at IS NULL") == [(1,)]


async def test_an_old_button_does_not_forget_the_new_one(home: Home) -> None:
    """A Remove me button from before does nothing to who came back."""
    noa, _ = await couple(home)
    noa.writes("/forget")
    old = await noa.sees("Remove you from here?")
    await noa.presses(Verb.FORGET, on=old)
    await noa.sees("It's done")
    await invites(noa)
    assert "doesn't do anything any more" in await noa.press_answer(Verb.FORGET, on=old)
    assert stored(home, "SELECT count(*) FROM partners WHERE chat_id = :c", c=noa.phone.user_id) == [(1,)]


@pytest.mark.parametrize("inviter_goes", [True, False])
async def test_whoever_waits_on_them_is_told(home: Home, *, inviter_goes: bool) -> None:
    """An inviter or a joiner who is forgotten ends the invitation; the other hears so, neutrally."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    await joins(sam, await invites(noa))
    await noa.sees("person you meant")
    await sam.hears()
    gone, waits = (noa, sam) if inviter_goes else (sam, noa)
    await forgets(gone)
    told = one(await waits.hears())
    assert "ask for a new link" in told or "has come to an end" in told
    assert gone.name not in told
    assert stored(home, "SELECT count(*) FROM partners") == [(1,)]


async def test_asking_for_it_alone_is_enough(home: Home) -> None:
    """Somebody without a couple is forgotten as well, and so is their invitation."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    await forgets(noa)
    sam.opens(link)
    assert "doesn't work any more" in one(await sam.hears())
    assert stored(home, "SELECT count(*) FROM invites") == [(0,)]
