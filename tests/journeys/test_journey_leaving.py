"""Leaving: alone, at once, and from then on nothing of the other can be read."""

import pytest
from labels import label, labels
from memory import stored
from people import Person, couple, later, one, person, press_everything, settled
from people import meet as meets

from bot.home.house import Home
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

NOA_WROTE = "The marmalade on the stairs made me laugh, and then I nearly cried."
SAM_WROTE = "An umbrella in the hall, still wet: I knew you were home and breathed out."
NOA_ANSWERED = "You breathed out when you saw it, after a long day of holding your breath, I think."
SAM_HALF_DONE = "A velvet curtain nobody will see."
ENDED = "Your couple here has come to an end"


async def leaves(leaver: Person) -> None:
    """Leave, and let it take effect."""
    leaver.writes("/leave")
    await leaver.presses(Verb.LEAVE, on=await leaver.sees("Leave this couple?"))
    await leaver.sees("You've left")
    await settled(leaver.home)


async def history(home: Home) -> tuple[Person, Person]:
    """Make a couple with a round behind them, a response, every page of settings, and a second round open."""
    noa, sam = await couple(home)
    await noa.seals(NOA_WROTE)
    await sam.seals(SAM_WROTE)
    await noa.presses(Verb.OWN_WORDS)
    await noa.sees("In your own words")
    noa.writes(NOA_ANSWERED)
    await noa.presses(Verb.SEND, on=await noa.sees("about this round"))
    await sam.presses(Verb.HEARD, Heard.PARTLY, on=await sam.sees("answers your words"))
    await later(home, hours=35)
    for partner in (noa, sam):
        for command in ("/settings", "/today", "/journal", "/leave", "/forget", "/invite"):
            partner.writes(command)
            await settled(home)
        for key in ("stay", "set_hour", "back", "set_days", "back", "set_depth"):
            await partner.presses(label(key))
            await settled(home)
    await later(home, minutes=16)  # of what was just stopped nobody speaks any more
    sam.writes(SAM_HALF_DONE)
    await noa.seals("Sealed, and only mine until then.")
    await noa.hears()
    await sam.hears()
    return noa, sam


async def test_it_is_asked_once_and_then_done(home: Home) -> None:
    """/leave asks, saying what will happen; one press ends it, in one transaction."""
    noa, sam = await couple(home)
    asked = await noa.answer("/leave")
    assert "ends at once" in asked
    assert "without a reason" in asked
    assert noa.phone.last.labels == labels("leave", "stay")
    assert stored(home, "SELECT parted_at FROM couples") == [(None,)]
    assert await sam.hears() == []
    assert "You've left" in await noa.press_answer(Verb.LEAVE)
    ((parted_at, opening),) = stored(home, "SELECT parted_at, next_opening FROM couples")
    assert parted_at is not None
    assert opening is None
    assert stored(home, "SELECT state FROM rounds") == [("closed",)]


async def test_the_other_hears_it_neutrally(home: Home) -> None:
    """The other is told once that it ended, without a cause, a name or a time; and never of it again."""
    noa, sam = await couple(home)
    await leaves(noa)
    told = one(await sam.hears())
    assert told.startswith(ENDED)
    assert told.count("\n") == 0
    assert "Noa" not in told
    await later(home, days=3)
    assert await sam.hears() == []
    assert await noa.hears() in (
        [],
        ["You've left. /invite begins something new, and /forget removes what you wrote."],
    )


async def test_staying_changes_nothing(home: Home) -> None:
    """Who thinks better of it stays, and the other never hears that anything was asked."""
    noa, sam = await couple(home)
    await noa.answer("/leave")
    assert await noa.press_answer(Verb.STAY) == "Then nothing changes."
    assert await sam.hears() == []
    assert stored(home, "SELECT parted_at FROM couples") == [(None,)]


@pytest.mark.parametrize("who", [0, 1])
async def test_no_old_button_shows_the_others_words(home: Home, who: int) -> None:
    """Whoever left: all buttons that ever stood in either chat are pressed; nothing of the other appears."""
    pair = await history(home)
    await leaves(pair[who])
    rounds = (
        stored(home, "SELECT * FROM rounds ORDER BY id"),
        stored(home, "SELECT * FROM turns ORDER BY 1, 2"),
    )
    theirs = {
        pair[0].name: (SAM_WROTE, SAM_HALF_DONE),
        pair[1].name: (NOA_WROTE, NOA_ANSWERED, "Sealed, and"),
    }
    for presser in pair:
        shown = await press_everything(presser, besides=("fgt",))
        assert shown
        assert [text for text in shown for words in theirs[presser.name] if words in text] == []
    after = (
        stored(home, "SELECT * FROM rounds ORDER BY id"),
        stored(home, "SELECT * FROM turns ORDER BY 1, 2"),
    )
    assert after == rounds


async def test_commands_show_nothing_of_the_other(home: Home) -> None:
    """After the end, no command and no word brings back anything of the other's."""
    noa, sam = await history(home)
    await leaves(noa)
    await sam.hears()
    for command in ("/today", "/settings", "/journal", "/start", "/pause", "/resume", "/leave", "hello?"):
        sam.writes(command)
        for text in await sam.hears():
            assert NOA_WROTE not in text
            assert NOA_ANSWERED not in text


async def test_what_was_on_its_way_is_withdrawn(home: Home) -> None:
    """A response that quiet hours held never arrives once its author has left."""
    noa, sam = await couple(home)
    await noa.seals(NOA_WROTE)
    await sam.seals(SAM_WROTE)
    await later(home, hours=14)  # 23:00: Sam's quiet hours
    await sam.hears()
    await noa.presses(Verb.OWN_WORDS)
    await noa.sees("In your own words")
    noa.writes(NOA_ANSWERED)
    await noa.presses(Verb.SEND, on=await noa.sees("about this round"))
    await settled(home)
    await leaves(noa)
    assert await sam.hears() == []
    await later(home, hours=9)
    assert one(await sam.hears()).startswith(ENDED)
    states = stored(home, "SELECT DISTINCT state FROM outbox WHERE kind LIKE 'response_w%'")
    assert states == [("withdrawn",)]


@pytest.mark.parametrize("act", ["hello?", "/today", "/pause", "an old button"])
async def test_who_is_awake_is_told_at_once(home: Home, act: str) -> None:
    """Whoever acts in quiet hours hears then that it ended, rather than that they are with nobody."""
    noa, sam = await couple(home)
    prompt = next(m for m in sam.phone.from_bot if "Today ·" in m.text)
    await later(home, hours=14)
    await leaves(noa)
    await sam.hears()
    if act == "an old button":
        await sam.presses(Verb.NOT_TODAY, on=prompt)
    else:
        sam.writes(act)
    assert one(await sam.hears()).startswith(ENDED)
    await later(home, days=1)
    assert await sam.hears() == []


async def test_both_leave_in_the_same_moment(home: Home) -> None:
    """Pressed in one batch, it ends once, and each is told in their own way."""
    noa, sam = await couple(home)
    for partner in (noa, sam):
        await partner.answer("/leave")
    for partner in (noa, sam):
        await partner.presses(Verb.LEAVE)
    await settled(home)
    assert "You've left" in one(await noa.hears())
    assert one(await sam.hears()).startswith(ENDED)


async def test_an_old_leave_does_not_end_the_next_couple(home: Home) -> None:
    """A Leave button of a couple that is over does nothing to the one after it."""
    noa, sam = await couple(home)
    noa.writes("/leave")
    old = await noa.sees("Leave this couple?")
    await leaves(sam)
    await meets(person(home, "Kim"), noa)
    assert "doesn't do anything any more" in await noa.press_answer(Verb.LEAVE, on=old)
    assert stored(home, "SELECT count(*) FROM couples WHERE parted_at IS NULL") == [(1,)]


async def test_the_same_two_again_are_a_new_couple(home: Home) -> None:
    """Nothing returns: not the words, not the rhythm, not the old buttons."""
    noa, sam = await history(home)
    await leaves(noa)
    for partner in (noa, sam):
        await partner.hears()
    await meets(noa, sam)
    assert stored(home, "SELECT count(*) FROM couples") == [(2,)]
    for presser, words in ((noa, SAM_WROTE), (sam, NOA_WROTE)):
        assert not [text for text in await press_everything(presser, besides=("fgt",)) if words in text]
    assert stored(home, "SELECT count(*) FROM couples WHERE parted_at IS NULL") == [(1,)]
    states = stored(home, "SELECT state FROM rounds ORDER BY opened_at")
    assert states == [("complete",), ("closed",), ("open",)]
