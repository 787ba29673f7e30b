"""Joining: two yeses make a couple, and its first round is there at once."""

import pytest
from labels import labels
from memory import stored
from people import JOINER, couple, invites, joins, one, person

from bot.home.house import Home
from bot.sandbox import Message
from bot.screens.callbacks import Verb
from prompts.direction import FSI, PDI

NAMES = {
    "<b>Noa</b> & <i>Co": "<b>Noa</b> & <i>Co",
    "Sam\u202eevil\u200b": "Samevil",
    "A\x00d\x1ba\nLovelace": "A d a Lovelace",
    "נועה": "נועה",
    "\u200b\u202e": "Somebody",
    "x" * 64: "x" * 40,
}


async def test_five_acts_lead_to_the_first_prompt(home: Home) -> None:
    """From /start both have their first prompt after five taps or messages of the two together."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    await joins(sam, await invites(noa))
    await noa.presses(Verb.CONFIRM)
    for partner in (noa, sam):
        prompt = (await partner.sees("You and")).text
        assert "Today" in prompt
        assert "write" in prompt
    written = [m for p in (noa, sam) for m in p.phone.messages if not m.from_bot]
    assert len(written) + len(home.world.callbacks) == 5
    assert stored(home, "SELECT count(*) FROM rounds") == [(1,)]


async def test_the_inviter_is_told_who_has_come(home: Home) -> None:
    """The inviter hears only when somebody has consented, and sees the name and the @username."""
    noa, sam = person(home, "Noa"), person(home, "Sam", username="sam_of_old")
    sam.opens(await invites(noa))
    shown = await sam.sees("Noa would like to practise")
    assert await noa.hears() == []
    await sam.presses(Verb.JOIN, on=shown)
    asked = await noa.sees("said yes. Is this")
    assert "Sam (@sam_of_old)" in asked.text
    assert asked.labels == labels("yes_them", "no")


async def test_a_joiner_without_a_username_is_shown_by_name(home: Home) -> None:
    """No empty brackets where there is no @username."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    await joins(sam, await invites(noa))
    assert (await noa.sees("said yes")).text.startswith("Sam said yes")


@pytest.mark.parametrize(("given", "shown"), NAMES.items(), ids=range(len(NAMES)))
async def test_any_name_stands_in_a_sentence(home: Home, given: str, shown: str) -> None:
    """Marks, control characters and whatever turns text about can't break out of a name."""
    noa, sam = person(home, "Noa"), person(home, given)
    await joins(sam, await invites(noa))
    assert _bare(await noa.sees("said yes")).startswith(f"{shown} said yes")
    await noa.presses(Verb.CONFIRM)
    assert _bare(await noa.sees("together here")).startswith(f"You and {shown} are")


def _bare(message: Message) -> str:
    """Read a message without what keeps a name from being tapped, and what keeps it from turning its line."""
    return message.text.translate(dict.fromkeys(map(ord, (JOINER, FSI, PDI))))


async def test_two_taps_on_consent_are_one_claim(home: Home) -> None:
    """A joiner who taps twice, or opens the link again, is told that they wait; the inviter is asked once."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    sam.opens(link)
    shown = await sam.sees("would like to practise")
    await sam.presses(Verb.JOIN, on=shown)
    await sam.presses(Verb.JOIN, on=shown)
    heard = await sam.hears()
    assert len(heard) == 2
    assert all("Your yes has gone out" in text for text in heard)
    sam.opens(link)
    assert "Your yes has gone out" in one(await sam.hears())
    assert "person you meant" in one(await noa.hears())


async def test_a_partner_who_says_not_now_changes_nothing(home: Home) -> None:
    """Not now from somebody who is known here claims nothing about what is kept."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    await invites(sam)
    await sam.hears()
    sam.opens(link)
    await sam.sees("would like to practise")
    assert await sam.press_answer(Verb.NOT_NOW) == "That's fine, and nothing changes."


async def test_a_couple_is_not_joined(home: Home) -> None:
    """A partner who opens somebody's link hears that one at a time is enough, and the link stays good."""
    noa, sam = await couple(home)
    kim, lou = person(home, "Kim"), person(home, "Lou")
    link = await invites(kim)
    noa.opens(link)
    refused = one(await noa.hears())
    assert "one at a time" in refused
    assert "Kim" not in refused
    assert await kim.hears() == []
    await joins(lou, link)
    assert await sam.hears() == []


async def test_ones_own_link_is_for_the_other(home: Home) -> None:
    """An inviter who opens their own link hears whom it is for, alone and in a couple."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    noa.opens(link)
    assert "your own invitation" in (await noa.sees("invitation")).text
    await joins(sam, link)
    await noa.presses(Verb.CONFIRM)
    await sam.sees("together here")
    await noa.hears()
    noa.opens(link)
    assert "your own invitation" in one(await noa.hears())
    await sam.hears()
    sam.opens(link)
    assert await sam.hears() == ["You're already together."]


@pytest.mark.parametrize("payload", ["x", "A" * 64, "-_-_", "invite"])
async def test_a_link_that_was_never_ours(home: Home, payload: str) -> None:
    """An invented code is answered as an expired one is, and keeps nothing."""
    sam = person(home, "Sam")
    assert "doesn't work any more" in await sam.answer(f"/start {payload}")
    assert stored(home, "SELECT count(*) FROM partners") == [(0,)]
