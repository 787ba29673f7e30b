"""Every word goes where its writer meant it, or the bot asks: at the moments at which people really write."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from forging import forges
from labels import label, labels
from memory import stored, traces
from people import PATIENCE, Person, couple, later, link_in, one, opens_the_hour, person, settled

from bot.home.house import Home
from bot.practice.draft import MOST_PARTS
from bot.sandbox import Fault

TRY = "planted-try: you should just forget it"
ASKED = "What's this for?"
DRAFT = "That's yours for now"
THREE = ("The stove was cold.", "You lit it.", "I said nothing.")


def pieces(home: Home) -> int:
    """Count the parts of all drafts."""
    ((count,),) = stored(home, "SELECT count(*) FROM pieces")
    return int(count)


def passes_on(sender: Person, said: dict[str, Any]) -> None:
    """Send what is not one's own words."""
    user, chat = sender.phone.person.to_user(), sender.phone.chat.to_chat()
    base = {"message_id": 9_000, "from": user, "chat": chat, "date": sender.home.world.timestamp()}
    sender.home.world.inject({"message": base | said})


async def practises(who: Person) -> None:
    """Begin to practise."""
    who.writes("/practice")
    await who.sees("Here's a moment")


async def test_a_reveal_ends_practice_and_takes_the_next_words(home: Home) -> None:
    """It is said in one sentence, and a button takes practice up again."""
    noa, sam = await couple(home)
    await noa.seals("We sang the choir piece again.")
    noa.writes("/practice")
    await noa.sees("Here's a moment")
    await sam.seals("I counted the chairs.")
    assert (await noa.sees("Practice stops here")).labels == labels("take_up")
    await noa.sees("one sentence that shows")
    assert "To Sam, about this round" in await noa.answer("You felt far away after that call.")
    await noa.presses(label("take_up"))
    await noa.sees("Here's a moment")
    noa.writes(TRY)
    await noa.sees("Two ways that could land well")
    assert traces(home, "planted-try") == []


async def test_a_second_try_needs_no_button(home: Home) -> None:
    """Nothing of practice becomes a draft, before the reveal and after it."""
    noa, sam = await couple(home)
    for _ in range(2):
        await practises(noa)
        for _ in range(3):
            noa.writes(TRY)
            await noa.sees("Two ways that could land well")
        await noa.presses(label("enough"))
        await noa.sees("nothing of it is kept")
        assert traces(home, "planted-try") == []
        if pieces(home) == 0:
            await later(home, minutes=16)  # before, it's asked about
            await noa.seals("A first one.")
            await sam.seals("A second one.")
    assert pieces(home) == 2


ENDING = ("planted-try: grow up.", "planted-try: then leave, I'm done.", "planted-try: that never happened.")


async def test_a_scene_that_ends_by_itself_leaves_one_in_practice(home: Home) -> None:
    """After words that end it the next ones bring a new moment, after "Try again" they are a try; never a draft."""
    noa, _ = await couple(home)
    await practises(noa)
    for words in ENDING:
        before = noa.texts()[-1]
        noa.writes(words)
        await noa.sees("Two ways that could land well")
        noa.writes("planted-try: and another thing.")
        assert (await noa.sees("Here's a moment")).text != before
    noa.writes(ENDING[0])
    await noa.sees("Two ways that could land well")
    await noa.presses(label("try_again"))
    await noa.sees("Here's a moment")
    noa.writes(TRY)
    await noa.sees("Two ways that could land well")
    said = noa.writes(ENDING[1])
    await noa.sees("Two ways that could land well")
    noa.phone.edit_text(said.message_id, f"{TRY}, edited")
    await noa.sees("Here's a moment")
    assert pieces(home) == 0
    await noa.presses(label("enough"))
    await noa.sees("nothing of it is kept")
    assert traces(home, "planted-try") == []
    assert "What's this for?" in await noa.answer("This is for the round.")


async def test_a_scene_that_ended_is_practice_for_thirty_minutes_too(home: Home) -> None:
    """Up to then the next words are practice, and later they are asked about."""
    noa, _ = await couple(home)
    await practises(noa)
    noa.writes(ENDING[0])
    await noa.sees("Two ways that could land well")
    await later(home, minutes=29)
    noa.writes(TRY)
    await noa.sees("Here's a moment")
    noa.writes(ENDING[1])
    await noa.sees("Two ways that could land well")
    await later(home, minutes=30)
    await is_asked_once(noa)


async def is_asked_once(noa: Person) -> None:
    """Write after practice that has only grown old, and be asked; the next words are the round's."""
    assert "What's this for?" in await noa.answer(TRY)
    assert noa.phone.last.labels == labels("place_reflection", "place_nowhere")
    await noa.presses(label("place_nowhere"))
    await noa.hears()
    assert pieces(noa.home) == 0
    assert DRAFT in await noa.answer("This is for the round.")


async def test_practice_lasts_for_thirty_quiet_minutes(home: Home) -> None:
    """Each try begins them anew; afterwards the first words are asked about, and the next are the round's."""
    noa, _ = await couple(home)
    await practises(noa)
    for _ in range(3):
        await later(home, minutes=29)
        noa.writes(TRY)
        await noa.sees("Two ways that could land well")
    await later(home, minutes=30)
    await is_asked_once(noa)


async def test_an_edited_try_is_another_try_and_later_nothing(home: Home) -> None:
    """It never becomes a part of anything."""
    noa, _ = await couple(home)
    await practises(noa)
    said = noa.writes(TRY)
    await noa.sees("Two ways that could land well")
    noa.phone.edit_text(said.message_id, f"{TRY}, please")
    await noa.sees("Two ways that could land well")
    await noa.presses(label("enough"))
    await noa.hears()
    noa.phone.edit_text(said.message_id, f"{TRY}, now")
    assert "isn't part of anything here" in one(await noa.hears())
    assert pieces(home) == 0
    assert traces(home, "planted-try") == []


async def test_a_story_at_a_question_is_asked_about(home: Home) -> None:
    """It waits, quoted, until its writer says; the question isn't answered by it."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(label("morning"))
    await noa.sees("Where are you?")
    asked = await noa.answer("You waited on the stairs. I was so glad of it.")
    assert ASKED in asked
    assert "You waited on the stairs" in asked
    assert noa.phone.last.labels == labels("place_reflection", "place_city", "place_nowhere")
    await noa.presses(label("place_reflection"))
    assert "You waited on the stairs" in (await noa.sees(DRAFT)).text
    await settled(home)
    assert stored(home, "SELECT count(*) FROM kept") == [(0,)]


async def test_parts_that_come_before_they_are_asked_about_are_all_in_the_question(home: Home) -> None:
    """The first question is still on its way when the others are written: a place takes every part, in order."""
    noa, _ = await couple(home)
    await noa.seals("I counted the chairs.")
    await noa.hears()
    faults = home.world.faults
    faults.add(Fault("hang", ["sendMessage"], chat_id=noa.phone.user_id, count=1))
    noa.writes(THREE[0])
    await faults.moved.wait(5)
    for part in THREE[1:]:
        noa.writes(part)
        await home.world.drained(PATIENCE)
    assert faults.held == 1
    faults.clear()
    async with asyncio.timeout(PATIENCE):
        while not (noa.phone.last.from_bot and THREE[-1] in noa.phone.last.text):
            home.clock.advance(timedelta(seconds=20))
            await home.world.events.bell.wait(0.02)
    asked = noa.phone.last
    assert [part for part in THREE if part in asked.text] == [*THREE]
    await noa.presses(asked.labels[0], on=asked)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM kept") == [(0,)]
    drafted = await noa.sees(DRAFT)
    assert sorted(THREE, key=drafted.text.index) == [*THREE]


async def test_nowhere_keeps_nothing(home: Home) -> None:
    """And a day does so by itself."""
    noa, _ = await couple(home)
    for way in ("pressed", "a day"):
        await opens_the_hour(noa)
        await noa.presses(label("morning"))
        await noa.sees("Where are you?")
        assert ASKED in await noa.answer("planted-words: it rained. You came home late that evening.")
        assert "planted-words" in noa.phone.last.text
        if way == "pressed":
            await noa.presses(label("place_nowhere"))
            await noa.finds("I've kept nothing of that")
        else:
            late = str(noa.phone.last.buttons[0][0].value)
            await later(home, hours=25)
            await forges(noa, await noa.finds("A day has passed without a place for that."), late)
            await noa.sees("aren't waiting any more")
        await settled(home)
        assert traces(home, "planted-words") == []
    assert pieces(home) == 0


@pytest.mark.parametrize(("key", "question"), [("search", "looking for"), ("set_zone", "Where are you?")])
async def test_a_question_grows_old(home: Home, key: str, question: str) -> None:
    """A quarter of an hour later words go as if it had never been."""
    noa, _ = await couple(home)
    await noa.drafts("A first part.")
    noa.writes("/journal" if key == "search" else "/settings")
    await noa.presses(label(key))
    await noa.sees(question)
    await later(home, minutes=15)
    assert DRAFT in await noa.answer("Lyon")


async def test_a_question_is_one_no_more_once_something_else_was_pressed(home: Home) -> None:
    """Whatever it was: a page that is looked at, too."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(label("morning"))
    await noa.sees("Where are you?")
    await noa.answer("/help")
    assert DRAFT in await noa.answer("Lyon")
    assert stored(home, "SELECT zone FROM partners WHERE zone IS NOT NULL") == []


async def test_what_is_not_understood_is_asked_once_more(home: Home) -> None:
    """With two examples and a way out; the second time it is let go, and the words wait."""
    noa, _ = await couple(home)
    await opens_the_hour(noa)
    await noa.presses(label("morning"))
    await noa.sees("Where are you?")
    assert "I don't know that place" in await noa.answer("Xyzzyville")
    assert noa.phone.last.labels == labels("withdraw")
    noa.writes("Xyzzyville again")
    heard = await noa.hears()
    assert "let's leave it" in heard[0]
    assert ASKED in heard[1]
    assert pieces(home) == 0


async def test_a_settings_screen_is_typed_on(home: Home) -> None:
    """A value that is shown is answered by another, without a button first."""
    noa, _ = await couple(home)
    noa.writes("/settings")
    await noa.presses(label("set_quiet"))
    await noa.finds(label("set_quiet"))
    await settled(home)
    await noa.hears()
    assert "23:00 to 07:00" in await noa.answer("23:00 to 7:00")
    assert pieces(home) == 0


async def test_one_more_thing_after_sealing(home: Home) -> None:
    """It is kept, quoted, and added by one press; the seal opens."""
    noa, _ = await couple(home)
    await noa.seals("The first thing.")
    assert "This isn't with them yet" in await noa.answer("oh and one more thing")
    await noa.presses(label("place_addition"))
    draft = await noa.sees(DRAFT)
    assert "The first thing." in draft.text
    assert "one more thing" in draft.text
    assert label("seal") in draft.labels


async def test_an_addition_that_comes_too_late_waits_on_and_is_offered_a_place(home: Home) -> None:
    """The other has sealed meanwhile: that is said, the words are quoted again, and they can be an answer."""
    noa, sam = await couple(home)
    await noa.seals("The first thing.")
    noa.writes("oh and one more thing")
    asked = await noa.sees("This isn't with them yet")
    await sam.seals("A kettle.")
    await noa.presses(label("place_addition"), on=asked)
    await noa.finds("Both of you had sealed by then")
    await settled(home)
    again = await noa.finds(ASKED)
    assert "one more thing" in again.text
    assert again.labels[-1] == label("place_nowhere")
    await noa.presses(again.labels[0], on=again)
    await noa.finds("That's your answer to Sam then. It hasn't gone out.")
    draft = await noa.finds(
        lambda message: "one more thing" in message.text and label("send") in message.labels
    )
    assert "The first thing" not in draft.text
    assert not sam.was_told("one more thing")


async def test_a_reply_names_its_place(home: Home) -> None:
    """A reply to the prompt wins over practice; one to what is over is asked about."""
    noa, sam = await couple(home)
    prompt = await noa.finds("Today ·")
    await practises(noa)
    noa.phone.send_text("This answers the prompt.", reply_to=prompt.message_id)
    assert DRAFT in (await noa.sees(DRAFT)).text
    await noa.presses(label("seal"))
    await sam.seals("And mine.")
    await noa.hears()
    noa.phone.send_text("Once more.", reply_to=prompt.message_id)
    assert ASKED in one(await noa.hears())
    assert noa.phone.last.labels == [label("place_response").format(other="Sam"), label("place_nowhere")]


FOREIGN: dict[str, dict[str, Any]] = {
    "a forward": {
        "text": "Not my own words.",
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Ida", "date": 1_700_000_000},
    },
    "another bot": {"text": "Not my own words.", "via_bot": {"id": 7, "is_bot": True, "first_name": "x"}},
    "a contact": {"contact": {"phone_number": "1", "first_name": "Not my own words."}},
    "a link": {"text": "https://example.org/Not-my-own-words."},
}


@pytest.mark.parametrize("said", FOREIGN.values(), ids=FOREIGN)
async def test_what_is_passed_on_is_asked_about(home: Home, said: dict[str, Any]) -> None:
    """It is quoted back, and kept nowhere by itself."""
    noa, _ = await couple(home)
    passes_on(noa, said)
    asked = one(await noa.hears())
    assert ASKED in asked
    assert "my" in asked
    assert pieces(home) == 0
    await noa.presses(label("place_reflection"))
    await noa.sees(DRAFT)


@pytest.mark.parametrize("first", ["press", "text"])
async def test_a_text_with_a_press_in_one_batch(home: Home, first: str) -> None:
    """The order in which they came decides."""
    noa, _ = await couple(home)
    await practises(noa)
    await noa.hears()
    shown = noa.phone.last
    if first == "press":
        await noa.presses(label("enough"), on=shown)
        noa.writes("for the round")
    else:
        noa.writes("for the round")
        await noa.presses(label("enough"), on=shown)
    await settled(home)
    assert pieces(home) == (1 if first == "press" else 0)
    assert noa.was_told(DRAFT) is (first == "press")


async def test_a_pasted_invitation_opens(home: Home) -> None:
    """To somebody who has nothing but the link."""
    noa, ira = person(home, "Noa"), person(home, "Ira")
    noa.writes("/start")
    await noa.presses(label("in"), on=await noa.sees("Hello"))
    link = link_in(await noa.sees("Who will you practise with?"))
    ira.writes(link)
    await ira.presses(label("in"), on=await ira.sees("would like to practise"))
    await noa.sees("the person you meant")


async def test_two_hundred_short_messages(home: Home) -> None:
    """Nobody is met with silence; what is kept is all in one draft."""
    noa, _ = await couple(home)
    for number in range(200):
        noa.writes(f"line {number}")
    heard = await noa.hears()
    assert any(DRAFT in text for text in heard)
    assert sum("more than one round can hold" in text for text in heard) == 1
    assert stored(home, "SELECT count(*) FROM drafts") == [(1,)]
    assert pieces(home) == MOST_PARTS


async def test_words_to_somebody_who_is_gone(home: Home) -> None:
    """What waited for a partner who has been forgotten goes nowhere, and it is said so."""
    noa, sam = await couple(home)
    await noa.seals("Mine.")
    assert "This isn't with them yet" in await noa.answer("one more thing")
    sam.writes("/forget")
    await sam.presses(label("forget"), on=await sam.sees("Remove"))
    await settled(home)
    await noa.finds("What that could be for is over now")
    await noa.hears()
    assert pieces(home) == 1
    assert await noa.answer("anybody?")
