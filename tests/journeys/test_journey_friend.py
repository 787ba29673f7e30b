"""The neutral friend over HTTP: written alone, kept only by a press, and never shown to the other."""

import pytest
from memory import stored, traces
from people import Person, after_a_stop, couple, later, settled

from bot.home.house import Home
from bot.sandbox import Message
from bot.screens.callbacks import Verb
from storage.sweep import sweep

OFFER = "seven minutes to write"
STEPS = ("fond of you both", "what makes it hard", "another one some day")
END = "Shall I keep it"
TOLD = "marmalade on the stairs"


async def begins(who: Person) -> Message:
    """Open it from /practice, and begin."""
    who.writes("/practice")
    await who.presses(Verb.FRIEND, on=await who.sees("Here's a moment"))
    await who.presses(Verb.FRIEND_BEGIN, on=await who.sees(OFFER))
    return await who.sees(STEPS[0])


async def writes_through(who: Person, *words: str) -> None:
    """Write to each step, and go on to the end."""
    await begins(who)
    for number, text in enumerate(words):
        who.writes(text)
        await who.presses(Verb.FRIEND_ON, number, on=await who.sees("here's the way on"))
        await settled(who.home)
    await who.sees(END)


async def test_it_is_kept_by_its_writer_s_press_alone(home: Home) -> None:
    """In the journal, for them; sealed; in their keepsake; the other sees and hears nothing of it."""
    noa, sam = await couple(home)
    await sam.hears()
    await writes_through(noa, TOLD, "I am tired then.", "A walk first.")
    assert traces(home, TOLD) == []
    await noa.presses(Verb.FRIEND_KEEP)
    await noa.finds("It's in /journal")
    noa.writes("/journal")
    await noa.presses(Verb.FRIEND_SHOW, on=await noa.sees("our journal"))
    shown = await noa.sees("As a friend of you both would see it")
    assert all(words in shown.text for words in (TOLD, "I am tired then.", "A walk first."))
    assert await sam.hears() == []
    sam.writes("/journal")
    assert "As a friend" not in str((await sam.sees("our journal")).labels)
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


async def test_it_can_be_deleted_which_is_asked_once(home: Home) -> None:
    """And a second press finds nothing."""
    noa, _ = await couple(home)
    await writes_through(noa, TOLD, "b", "c")
    await noa.presses(Verb.FRIEND_KEEP)
    await settled(home)
    noa.writes("/journal")
    await noa.presses(Verb.FRIEND_SHOW, on=await noa.sees("our journal"))
    shown = await noa.sees("As a friend of you both would see it")
    await noa.presses(Verb.FRIEND_DELETE_ASK, on=shown)
    await noa.finds("Delete this, for good?")
    await noa.presses(Verb.FRIEND_SHOW)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM sittings") == [(1,)]
    await noa.presses(Verb.FRIEND_DELETE_ASK)
    await noa.finds("Delete this, for good?")
    await noa.presses(Verb.FRIEND_DELETE)
    await settled(home)
    assert "Nothing of it is kept here" in noa.phone.chat.messages[shown.message_id].text
    assert stored(home, "SELECT count(*) FROM sittings") == [(0,)]


@pytest.mark.parametrize("how", ["let go", "a day", "/cancel", "anew"])
async def test_what_is_not_kept_is_gone(home: Home, how: str) -> None:
    """By a press, by itself within a day, by /cancel, and where another is begun; a late *Keep it* keeps nothing."""
    noa, _ = await couple(home)
    await writes_through(noa, TOLD, "b", "c")
    end = noa.phone.last
    if how == "let go":
        await noa.presses(Verb.FRIEND_LET_GO, on=end)
    elif how == "a day":
        await later(home, days=1, hours=2)
        async with home.app.database.unit(home.clock.now()) as work:
            await sweep(work, 100)
    else:
        await begins(noa)
        noa.writes("more of it")
        await noa.sees("here's the way on")
        if how == "/cancel":
            assert "Nothing of what you wrote there is kept" in await noa.answer("/cancel")
    await settled(home)
    if how == "anew":
        assert stored(home, "SELECT count(*) FROM sittings") == [(1,)]
        return
    assert stored(home, "SELECT count(*) FROM sittings") == [(0,)]
    await noa.hears()
    await noa.presses(Verb.FRIEND_KEEP, on=end)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM sittings") == [(0,)]


async def test_words_go_to_it_and_to_nothing_else_while_it_was_last_named(home: Home) -> None:
    """With a round open: several lines, one answer each time; an edit where it stood; afterwards the round again."""
    noa, sam = await couple(home)
    await begins(noa)
    first = noa.writes(TOLD)
    await noa.sees("here's the way on")
    noa.writes("and more")
    await noa.sees("here's the way on")
    noa.phone.edit_text(first.message_id, "the jam on the stairs")
    await noa.presses(Verb.FRIEND_ON, 0, on=await noa.sees("here's the way on"))
    await noa.sees(STEPS[1])
    for number in (1, 2):
        await noa.presses(Verb.FRIEND_ON, number)
        await settled(home)
    await noa.presses(Verb.FRIEND_KEEP, on=await noa.sees(END))
    await settled(home)
    noa.writes("/journal")
    await noa.presses(Verb.FRIEND_SHOW, on=await noa.sees("our journal"))
    shown = await noa.sees("As a friend of you both would see it")
    assert "the jam on the stairs\nand more" in shown.text
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]
    assert "one sentence" not in str(sam.texts())


async def test_what_else_is_taken_up_puts_it_aside_and_it_can_be_taken_up_again(home: Home) -> None:
    """In the step where it was; an old step's *Go on* shows the one that is asked."""
    noa, _ = await couple(home)
    step = await begins(noa)
    noa.writes(TOLD)
    await noa.presses(Verb.FRIEND_ON, 0, on=await noa.sees("here's the way on"))
    await noa.sees(STEPS[1])
    await noa.presses(Verb.FRIEND_ON, 0, on=step)
    await noa.sees(STEPS[1])
    noa.writes("/today")
    await noa.presses(Verb.TAKE_UP, on=await noa.sees("The neutral friend can wait"))
    await noa.sees(STEPS[1])
    noa.writes("I am tired then.")
    await noa.presses(Verb.FRIEND_ON, 1, on=await noa.sees("here's the way on"))
    await noa.presses(Verb.FRIEND_ON, 2, on=await noa.sees(STEPS[2]))
    await noa.presses(Verb.FRIEND_KEEP, on=await noa.sees(END))
    await settled(home)
    assert stored(home, "SELECT count(*) FROM sittings WHERE kept_at IS NOT NULL") == [(1,)]


async def test_words_of_danger_bring_help_to_their_writer_alone(home: Home) -> None:
    """As elsewhere; a recording is kindly let be; and the other hears of nothing."""
    noa, sam = await couple(home)
    await sam.hears()
    await begins(noa)
    noa.writes("He hits me and I am afraid of him.")
    await noa.finds(
        lambda m: (
            any(str(b.value).startswith("sos") for row in m.buttons for b in row) and OFFER not in m.text
        )
    )
    noa.phone.send_voice(b"OggS" + bytes(60), 3)
    await noa.finds("This one is in writing")
    assert await sam.hears() == []


async def test_it_is_offered_once_in_four_months(home: Home) -> None:
    """With a prompt, to each alone; whoever has begun one meanwhile is not offered it."""
    noa, sam = await couple(home)
    await later(home, days=60)
    await begins(sam)
    await later(home, days=62)
    assert sum(OFFER in text for text in noa.texts()) == 1
    assert sum(OFFER in text for text in sam.texts()) == 1  # the one that Sam asked for
    await later(home, days=60)
    assert sum(OFFER in text for text in noa.texts()) == 1
    assert sum(OFFER in text for text in sam.texts()) == 2


async def test_it_is_not_offered_to_who_has_switched_that_off(home: Home) -> None:
    """By a switch of their own; the other is offered it all the same, and /practice leads to it still."""
    noa, sam = await couple(home)
    noa.writes("/settings")
    shown = await noa.sees("Writing as a friend of you both: offered now and then")
    await noa.presses(Verb.SWITCH, "friend", on=shown)
    await settled(home)
    assert (
        "Writing as a friend of you both: only in /practice" in noa.phone.chat.messages[shown.message_id].text
    )
    await after_a_stop(home, days=120)
    await later(home, days=2)
    assert sum(OFFER in text for text in sam.texts()) == 1
    assert not noa.was_told(OFFER)
    await begins(noa)
