"""Between the two yeses: what either may still do, and that only one couple comes of it."""

import pytest
from labels import labels
from memory import stored
from people import Person, invites, joins, later, link_in, one, person, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb


async def waiting(home: Home) -> tuple[Person, Person]:
    """Make an inviter who is asked about a joiner."""
    noa, sam = person(home, "Noa"), person(home, "Sam", username="sam_of_old")
    await joins(sam, await invites(noa))
    await noa.sees("Is this the person you meant?")
    await settled(home)
    return noa, sam


async def test_declining_burns_the_link(home: Home) -> None:
    """After a No the joiner hears neutrally that it ended, and the link opens for nobody."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    await joins(sam, link)
    assert "has ended" in await noa.press_answer(Verb.DECLINE)
    refused = one(await sam.hears())
    assert "ask for a new link" in refused
    assert "Noa" not in refused
    for visitor in (sam, person(home, "Kim")):
        visitor.opens(link)
        assert "t work any more" in one(await visitor.hears()) or "used already" in visitor.phone.last.text
    assert stored(home, "SELECT count(*) FROM couples") == [(0,)]


async def test_the_joiner_can_withdraw_until_then(home: Home) -> None:
    """Never mind ends it; the inviter hears neutrally, and an old Yes makes no couple."""
    noa, sam = await waiting(home)
    assert "has ended" in await sam.press_answer(Verb.WITHDRAW)
    ended = one(await noa.hears())
    assert "has come to an end" in ended
    assert "Sam" not in ended
    asked = next(m for m in noa.phone.from_bot if "person you meant" in m.text)
    assert "settled already" in await noa.press_answer(Verb.CONFIRM, on=asked)
    assert stored(home, "SELECT count(*) FROM couples") == [(0,)]


async def test_after_the_yes_it_is_too_late_to_withdraw(home: Home) -> None:
    """The joiner's and the inviter's old buttons say that they are together, and change nothing."""
    noa, sam = await waiting(home)
    asked, waits = noa.phone.last, sam.phone.last
    await noa.presses(Verb.CONFIRM)
    await noa.hears()
    await sam.hears()
    assert noa.phone.chat.messages[asked.message_id].labels == []
    assert sam.phone.chat.messages[waits.message_id].labels == []
    assert await sam.press_answer(Verb.WITHDRAW, on=waits) == "You're already together."
    assert await noa.press_answer(Verb.DECLINE, on=asked) == "You're already together."
    assert await noa.press_answer(Verb.CONFIRM, on=asked) == "You're already together."
    assert stored(home, "SELECT count(*) FROM couples WHERE parted_at IS NULL") == [(1,)]


@pytest.mark.parametrize("yes_first", [True, False])
async def test_yes_and_never_mind_at_once(home: Home, *, yes_first: bool) -> None:
    """Pressed in the same batch, the first of the two holds and the other is told so."""
    noa, sam = await waiting(home)
    asked, waits = noa.phone.last, sam.phone.last
    presses = [(noa, Verb.CONFIRM, asked), (sam, Verb.WITHDRAW, waits)]
    for who, verb, on in presses if yes_first else reversed(presses):
        await who.presses(verb, on=on)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM couples") == [(int(yes_first),)]
    told = " ".join(await (sam if yes_first else noa).hears())
    assert ("You're already together" if yes_first else "settled already") in told


async def test_crossed_invites_make_one_couple(home: Home) -> None:
    """Both invite and take up the other's: the first yes makes the couple, the second says so."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    links = await invites(noa), await invites(sam)
    await joins(sam, links[0])
    await joins(noa, links[1])
    for who in (noa, sam):
        await who.finds("said yes. Is this")
        await who.hears()
    await noa.presses(Verb.CONFIRM)
    await sam.presses(Verb.CONFIRM)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM couples") == [(1,)]
    assert stored(home, "SELECT count(*) FROM rounds") == [(1,)]
    heard = await noa.hears() + await sam.hears()
    assert [text for text in heard if "already together" in text] == ["You're already together."]
    assert not any("invitation has ended" in text or "come to an end" in text for text in heard)


async def test_whoever_still_waits_is_told_neutrally(home: Home) -> None:
    """A new couple voids what both had open: each who waited on either hears that it ended, and no name."""
    noa, sam, kim, lou = (person(home, name) for name in ("Noa", "Sam", "Kim", "Lou"))
    await joins(kim, await invites(noa))  # Kim waits on Noa
    await joins(noa, await invites(lou))  # Noa waits on Lou
    noa.writes("/invite")
    again = link_in(await noa.sees("Who will you"))
    await joins(sam, again)
    asked = await noa.finds(lambda m: m.text.startswith("Sam") and bool(m.labels))
    await kim.hears()
    await lou.hears()
    await noa.presses(Verb.CONFIRM, on=asked)
    await settled(home)
    assert "ask for a new link" in one(await kim.hears())
    assert "has come to an end" in one(await lou.hears())
    assert not [p for p in (kim, lou) if "Noa" in p.phone.last.text or "Sam" in p.phone.last.text]
    old = next(m for m in lou.phone.from_bot if "person you meant" in m.text)
    assert "settled already" in await lou.press_answer(Verb.CONFIRM, on=old)
    assert stored(home, "SELECT count(*) FROM couples") == [(1,)]


async def test_an_inviter_who_blocked_the_bot_is_asked_when_back(home: Home) -> None:
    """The question that could not reach the inviter comes again when they are back and write."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    noa.phone.block()
    await joins(sam, link)
    assert "Your yes has gone out" in await sam.answer("anybody there?")
    noa.phone.unblock()
    assert "person you meant" in await noa.answer("/start")
    await noa.presses(Verb.CONFIRM)
    await sam.sees("together here")


async def test_the_joiners_night_is_kept(home: Home) -> None:
    """A yes at night reaches a joiner whose clock is known in the morning, or as soon as they act."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    await invites(sam)
    sam.writes("/settings")
    await sam.presses(Verb.CITY, on=await sam.sees("Your settings"))
    await sam.sees("Where are you?")
    await sam.answer("Dublin, Ireland")
    await later(home, hours=12)  # 21:00
    await joins(sam, await invites(noa))
    await later(home, hours=2)
    await noa.presses(Verb.CONFIRM, on=await noa.sees("person you meant"))
    await noa.sees("together here")
    assert await sam.hears() == []
    sam.writes("/help")
    prompt, _ = await sam.hears()
    assert "together here" in prompt
    assert "Today" in prompt


async def test_words_while_waiting_bring_the_buttons_again(home: Home) -> None:
    """Whoever waits, or is waited for, gets the message with its buttons for whatever they write."""
    noa, sam = await waiting(home)
    assert "person you meant" in await noa.answer("what now?")
    assert noa.phone.last.labels == labels("yes_them", "no")
    assert "Your yes has gone out" in await sam.answer("/today")
    assert sam.phone.last.labels == labels("withdraw")
