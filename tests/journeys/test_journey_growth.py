"""/growth over HTTP: one's own line as a picture, in words where it can't be drawn, and both lines by two yeses."""

from datetime import timedelta

import pytest
from labels import label
from memory import stored
from people import Person, couple, meet, screen, settled
from weeks import a_week, wants_pulse

from bot.home.house import Home
from bot.sandbox import Fault, Message
from bot.screens import picture
from bot.screens.callbacks import Verb

LINE = "Your line, for you alone"
BOTH = "Both your lines"
NOTHING = "nothing to look at together"


async def grows(who: Person) -> Message:
    """Ask for one's line."""
    who.writes("/growth")
    return await who.sees(LINE)


def dots(home: Home, shown: Message) -> bytes:
    """Give the picture of a message."""
    assert shown.media is not None
    kept = home.world.files.get(shown.media.file_id)
    assert kept is not None
    return kept.data


async def lived(home: Home, weeks: int = 3) -> tuple[Person, Person]:
    """Let two tap for some weeks."""
    noa, sam = await couple(home)
    for who in (noa, sam):
        await wants_pulse(who)
    for number in range(weeks):
        await a_week((noa, (4, 4, 3 + number % 2)), (sam, (2, 2, 2)))
    return noa, sam


async def test_a_line_begins_with_two_weeks(home: Home) -> None:
    """Before that it is said how one begins; and what a button said, an old one says again."""
    noa, _ = await couple(home)
    noa.writes("/growth")
    begins = await noa.sees("how understood, how valued and how cared for")
    for _ in range(2):
        await noa.presses(Verb.PULSE_AT, on=begins)
        await settled(home)
    assert stored(home, "SELECT weekday, minute, asks FROM pulse_plans") == [(6, 18 * 60, 1)]
    assert "I ask on Sunday at 18:00" in await noa.answer("/growth")


async def test_ones_own_line_is_a_picture_with_its_numbers_in_words(home: Home) -> None:
    """On either ground, under a spoiler until that is turned off; what of the other is in it is nothing."""
    noa, sam = await lived(home)
    shown = await grows(noa)
    assert shown.media is not None
    assert shown.spoiler
    assert "16 March: 2.0 every time." in (await grows(sam)).text
    assert "between 3.7 and 4.0, and 3.7 in the newest" in shown.text
    assert "Weeks from 2 March to 16 March" in shown.text
    assert "2.0" not in shown.text
    light = dots(home, shown)
    await noa.presses(label("line_dark"), on=shown)
    dark = dots(home, await noa.sees(LINE))
    assert dark != light
    assert dots(home, await grows(noa)) == dark
    await screen(noa, (Verb.SWITCH, "cover"))
    bare = await grows(noa)
    assert bare.media is not None
    assert not bare.spoiler
    assert "tg-spoiler" not in bare.html


async def test_a_picture_that_cannot_be_drawn_is_told_in_words(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the font is gone; the log names what kind of error, and no value."""
    noa, _ = await lived(home)
    monkeypatch.setattr(picture, "FONT", ("no_such_package", "no.ttf"))
    picture._font.cache_clear()
    try:
        shown = await grows(noa)
    finally:
        picture._font.cache_clear()
    assert shown.media is None
    assert "between 3.7 and 4.0" in shown.text


async def test_a_picture_that_telegram_refuses_is_told_in_words(home: Home) -> None:
    """Once, without a picture."""
    noa, _ = await lived(home)
    home.world.faults.add(
        Fault("error", "sendPhoto", code=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    )
    shown = await grows(noa)
    assert shown.media is None
    assert "between 3.7 and 4.0" in shown.text


async def agrees(who: Person) -> None:
    """Say yes to looking at both lines."""
    await who.presses(Verb.BOTH, on=await grows(who))
    await who.presses(Verb.BOTH_YES, on=await who.sees("Both lines, together?"))
    await settled(who.home)


async def looks(who: Person) -> Message:
    """Ask for both lines, having said yes before."""
    await who.presses(Verb.BOTH, on=await grows(who))
    await settled(who.home)
    return who.phone.last


async def test_both_lines_come_by_two_yeses_and_of_later_weeks_alone(home: Home) -> None:
    """The same picture for both; the weeks before stay alone; and with one yes taken back there is nothing."""
    noa, sam = await lived(home)
    await agrees(noa)
    assert NOTHING in noa.phone.last.text
    await sam.hears()
    assert not sam.was_told("both lines")
    await agrees(sam)
    assert NOTHING in (await looks(noa)).text
    for _ in range(2):
        await a_week((noa, (5, 5, 5)), (sam, (1, 2, 3)))
    await a_week((noa, (5, 5, 5)), (sam, None))
    assert NOTHING in (await looks(noa)).text
    await a_week((noa, (5, 5, 4)), (sam, (1, 2, 3)))
    noas, sams = await looks(noa), await looks(sam)
    for shown in (noas, sams):
        assert BOTH in shown.text
        assert "one line between 4.7 and 5.0, the other at 2.0" in shown.text
        assert "Noa" not in shown.text
        assert "Sam" not in shown.text
    assert dots(home, noas) == dots(home, sams)
    await sam.presses(Verb.BOTH_NOT, on=sams)
    assert "You've taken your yes back" in (await sam.sees("Both lines, together?")).text
    assert NOTHING in (await looks(noa)).text
    await sam.presses(Verb.BOTH_YES)
    await settled(home)
    assert NOTHING in (await looks(noa)).text


async def both_agree(home: Home) -> tuple[Person, Person]:
    """Let two agree, and tap for three weeks more."""
    noa, sam = await lived(home, 2)
    for who in (noa, sam):
        await agrees(who)
    for _ in range(3):
        await a_week((noa, (5, 5, 5)), (sam, (1, 2, 3)))
    return noa, sam


async def test_what_is_on_its_way_is_not_shown_once_a_yes_is_taken_back(home: Home) -> None:
    """It is read when it is sent: a chat that had to wait gets nothing any more."""
    noa, sam = await both_agree(home)
    shown, sams = await grows(noa), await looks(sam)
    home.world.faults.add(Fault("error", "answerCallbackQuery", code=429, retry_after=60, count=1))
    await noa.presses(Verb.BOTH, on=shown)
    await home.world.drained(10.0)
    await sam.presses(Verb.BOTH_NOT, on=sams)
    await sam.sees("You've taken your yes back")
    waiting = stored(home, "SELECT count(*) FROM outbox WHERE kind = 'both_lines' AND state = 'queued'")
    assert waiting == [(1,)]
    home.clock.advance(timedelta(minutes=2))
    await settled(home)
    assert not noa.was_told(BOTH)
    assert sam.was_told(BOTH)


async def test_a_parting_ends_it_and_ones_own_line_stays(home: Home) -> None:
    """With every button; and joining again asks anew."""
    noa, sam = await both_agree(home)
    shown = await looks(noa)
    assert BOTH in shown.text
    sam.writes("/leave")
    await sam.presses(Verb.LEAVE)
    await settled(home)
    own = await grows(noa)
    assert "between 3.7 and 5.0" in own.text
    assert label("both_lines") not in own.labels
    for data in shown.offered:
        noa.phone.press(shown, data)
    await settled(home)
    await noa.hears()
    await meet(noa, sam)
    noa.writes("/growth")
    assert (await noa.sees("Your line begins")).text
    assert stored(home, "SELECT count(*) FROM seats WHERE active = 1 AND lines_since IS NOT NULL") == [(0,)]
