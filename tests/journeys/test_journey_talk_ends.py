"""A talk rests, is stopped, closes, and meets whatever else happens in a life."""

from pathlib import Path

import pytest
from labels import label
from people import MakeHome, couple, later, settled
from talking import ASKED, CALM, NOT_JUST_NOW, asks, begun, says, states, to_the_end, words_left

from bot.home.house import Home
from bot.screens.callbacks import Verb

PAUSED_TOLD = "Your dialogue rests for now. I'll bring it back."


async def test_it_rests_until_a_time_in_ones_own_words(home: Home) -> None:
    """The other hears one sentence without a time, and at the time it comes back to both."""
    two = await begun(home)
    await two.sam.hears()
    await two.noa.presses(Verb.TALK_PAUSE)
    await two.noa.sees("When shall I bring it back?")
    two.noa.writes("in two hours")
    await two.noa.sees("Your dialogue rests.")
    assert await two.sam.hears() == [PAUSED_TOLD]
    await later(home, hours=1, minutes=50)
    assert states(home) == ["paused"]
    await later(home, minutes=15)
    assert states(home) == ["going"]
    assert (await two.noa.sees("Here's your dialogue again.")).text.count("You speak now") == 1
    await says(two.noa, "I felt rested.")
    assert two.sam.was_told("I felt rested.")


async def test_a_time_that_may_be_two_is_asked_back(home: Home) -> None:
    """Eight tomorrow is one of two, and neither is guessed; a time that is none is asked once more."""
    two = await begun(home)
    await two.noa.presses(Verb.TALK_PAUSE)
    await two.noa.sees("When shall I bring it back?")
    two.noa.writes("in three weeks")
    await two.noa.sees("further off than seven days")
    two.noa.writes("tomorrow at eight")
    choices = await two.noa.sees("Which do you mean?")
    assert choices.labels == ["Tuesday 08:00", "Tuesday 20:00", label("withdraw")]
    await two.noa.presses("Tuesday 20:00", on=choices)
    await settled(home)
    assert states(home) == ["paused"]
    two.sam.writes("/dialogue")
    await two.sam.presses(Verb.TALK_GO_ON, on=await two.sam.sees("Your dialogue rests."))
    await settled(home)
    assert states(home) == ["going"]


async def test_seven_quiet_days_close_it_kindly(home: Home) -> None:
    """Both hear the same, and nothing is left."""
    two = await begun(home)
    await says(two.noa, "I felt far away.")
    await later(home, days=7, minutes=1)
    assert states(home) == ["over"] or states(home) == []
    assert words_left(home) == 0
    for each in (two.noa, two.sam):
        assert each.was_told("A week has gone by, so I've closed your dialogue.")


async def test_the_daily_card_comes_all_the_same(home: Home) -> None:
    """It puts the step aside in one sentence; a button takes it up, and words go where they were named last."""
    two = await begun(home)
    await later(home, hours=36)
    aside = await two.noa.sees("What you two are talking through can wait.")
    await two.noa.sees("Today ·")
    two.noa.writes("A reflection of today.")
    assert (await two.noa.sees("A reflection of today.")).text.startswith("That's yours for now")
    await two.noa.presses(Verb.TAKE_UP, on=aside)
    await two.noa.sees("You speak now, Noa.")
    two.noa.writes("I felt alone.")
    assert (await two.noa.sees("I felt alone.")).text.startswith("To Sam:")


async def test_leaving_destroys_what_is_under_way(home: Home) -> None:
    """And the other hears of the end of the couple alone; an old button does nothing."""
    two = await begun(home)
    await says(two.noa, "I felt far away.")
    old = await two.sam.finds("Now say back")
    await two.sam.hears()
    two.noa.writes("/leave")
    await two.noa.presses(Verb.LEAVE)
    await settled(home)
    assert words_left(home) == 0
    heard = await two.sam.hears()
    assert len(heard) == 1
    assert "dialogue" not in heard[0].lower()
    await two.sam.presses(Verb.TALK_STOP, on=old)
    await settled(home)
    assert not any("dialogue ends" in text for text in await two.noa.hears())


@pytest.mark.parametrize("kept", [False, True], ids=["under way", "kept"])
async def test_forgetting_takes_ones_own_words(home: Home, kept: bool) -> None:  # noqa: FBT001 (a case)
    """Of what was kept the other keeps their own; of what was under way nothing is left."""
    two = await begun(home)
    if kept:
        await to_the_end(two)
        for each in (two.noa, two.sam):
            await each.presses(Verb.TALK_KEEP, 1)
            await settled(home)
    else:
        await says(two.noa, "I felt far away.")
    two.noa.writes("/forget")
    await two.noa.presses(Verb.FORGET)
    await settled(home)
    assert words_left(home) == (6 if kept else 0)
    if kept:
        await two.sam.hears()
        two.sam.writes("/journal")
        await two.sam.presses(Verb.TALK_LIST, on=await two.sam.sees("journal"))
        await two.sam.presses(Verb.TALK_READ)
        whole = (await two.sam.sees("A dialogue,")).text
        assert "gives Sam." in whole
        assert "gives Noa." not in whole


async def heard_after(make_home: MakeHome, data: Path, what: str) -> list[str]:
    """Tell what somebody who has asked hears in one of several worlds, at once and when they ask again."""
    home = await make_home(data=data / what)
    noa, sam = await couple(home)
    await asks(noa)
    await noa.hears()
    if what == "no":
        await sam.presses(Verb.TALK_NO)
    elif what == "later":
        await sam.presses(Verb.TALK_LATER)
        await settled(home)
        await sam.presses(label("tomorrow_at_eight"))
    elif what == "not calm":
        await sam.presses(Verb.TALK_YES)
        await sam.presses(Verb.TALK_CALM, 1, on=await sam.finds(CALM))
    await settled(home)
    at_once = await noa.hears()
    noa.writes("/dialogue")
    again = await noa.hears()
    return [*at_once, *again]


async def test_a_no_a_later_time_and_not_calm_are_one_to_who_asked(
    make_home: MakeHome, tmp_path: Path
) -> None:
    """Byte for byte, at once and when they ask again."""
    no, later_, calm = [await heard_after(make_home, tmp_path, what) for what in ("no", "later", "not calm")]
    assert no == later_ == calm
    assert no[0] == NOT_JUST_NOW


async def test_not_calm_oneself_reaches_nobody(home: Home) -> None:
    """A rest is offered, and a point in time; the other hears nothing, and it comes back to them alone."""
    noa, sam = await couple(home)
    await sam.hears()
    noa.writes("/dialogue")
    await noa.presses(Verb.TALK_CALM, 2, on=await noa.sees(CALM))
    rest = await noa.finds("Then let it rest a little.")
    await noa.presses(Verb.TALK_UNTIL, on=rest)
    await noa.finds("I'll come back to you")
    await settled(home)
    assert await sam.hears() == []
    assert states(home) == []
    await later(home, hours=1, minutes=1)
    again = await noa.sees("You wanted to come back")
    assert await sam.hears() == []
    await noa.presses(Verb.TALK_BEGIN, on=again)
    await noa.presses(Verb.TALK_CALM, 4, on=await noa.finds(CALM))


async def test_a_question_that_is_taken_back_asks_nothing_any_more(home: Home) -> None:
    """And one that nobody answers for a day is over."""
    noa, sam = await couple(home)
    await asks(noa)
    await sam.finds(ASKED)
    await noa.presses(Verb.TALK_STOP)
    await settled(home)
    assert not any(ASKED in text for text in sam.texts())
    noa.writes("/dialogue")
    await noa.sees("You asked a little while ago.")
    await later(home, minutes=31)
    await asks(noa)
    await later(home, days=1, minutes=1)
    assert noa.was_told(NOT_JUST_NOW)


async def test_who_rests_is_not_asked(home: Home) -> None:
    """And who asks sees what they always see."""
    noa, sam = await couple(home)
    sam.writes("/pause")
    await settled(home)
    await sam.hears()
    await asks(noa)
    assert noa.was_told("I've asked Sam whether now is a good time.")
    assert await sam.hears() == []


async def test_media_in_a_step(home: Home) -> None:
    """A picture is quoted, sent from under its quotation, and covered."""
    two = await begun(home)
    two.noa.phone.send_photo(b"\x89PNG\r\n\x1a\n" + bytes(60), caption="The sink, at ten.")
    await settled(home)
    quoted = await two.noa.finds(lambda m: "The sink, at ten." in m.text and bool(m.buttons))
    assert "A picture" in quoted.text
    await two.noa.presses(Verb.TALK_SEND, on=quoted)
    await settled(home)
    shown = await two.sam.finds("The sink, at ten.")
    assert shown.media is not None
    assert shown.spoiler
    two.sam.phone.send_voice(b"OggS" + bytes(60), 2)
    await settled(home)
    await two.sam.presses(Verb.TALK_SEND)
    await settled(home)
    assert any(m.media is not None and m.media.kind == "voice" for m in two.noa.phone.from_bot)


async def test_unreachable_for_a_while(home: Home) -> None:
    """Who can be reached again is shown the last words and what is theirs to do."""
    two = await begun(home)
    two.sam.phone.block()
    await settled(home)
    await says(two.noa, "I felt unheard.")
    two.sam.phone.unblock()
    await settled(home)
    assert two.sam.was_told("I felt unheard.")
    assert two.sam.was_told("Now say back what you heard")
