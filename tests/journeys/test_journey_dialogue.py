"""A dialogue for two over HTTP: asked, agreed, taken in turns, kept by both or by nobody."""

from forging import forges
from labels import label, labels
from memory import stored
from people import couple, later, one, screen, settled
from talking import ASKED, CALM, Two, agrees, asks, begun, got_it, says, states, to_the_end, words_left

from bot.home.house import Home
from bot.screens.callbacks import Verb, encode


async def test_two_go_through_it_and_keep_it(home: Home) -> None:
    """Each hears the other's words once they are sent, and both find all of it in their journal."""
    two = await begun(home)
    await to_the_end(two)
    assert two.sam.was_told("I felt alone at the sink, says Noa.")
    assert two.noa.was_told("I imagine it was heavy, says Sam.")
    await two.noa.presses(Verb.TALK_KEEP, 1)
    await settled(home)
    assert two.noa.was_told("It stays only if you both say so.")
    assert states(home) == ["keeping"]
    await two.sam.presses(Verb.TALK_KEEP, 1)
    await settled(home)
    assert states(home) == ["kept"]
    for each in (two.noa, two.sam):
        await each.hears()
        each.writes("/journal")
        await each.presses(Verb.TALK_LIST, on=await each.sees("journal"))
        await each.presses(Verb.TALK_READ)
        whole = await each.sees("A dialogue,")
        assert "says Noa." in whole.text
        assert "gives Sam." in whole.text
    await two.noa.presses(Verb.TALK_DELETE)
    await settled(home)
    assert words_left(home) == 6, "Sam's"


async def test_a_second_tap_on_keep_says_what_the_first_has(home: Home) -> None:
    """Where both want it, it stays said so."""
    two = await begun(home)
    await to_the_end(two)
    await two.noa.presses(Verb.TALK_KEEP, 1)
    await settled(home)
    asked = await two.sam.finds("Shall it stay")
    for _ in range(2):
        await two.sam.presses(Verb.TALK_KEEP, 1, on=asked)
    await settled(home)
    assert two.sam.phone.chat.messages[asked.message_id].text == "You both said so: it stays, under /journal."


async def test_what_has_gone_stands_on_when_more_is_written(home: Home) -> None:
    """Each of one's own sentences, as what was sent; the quotation of what was rewritten goes."""
    two = await begun(home)
    await to_the_end(two)
    for each in (two.noa, two.sam):
        assert sum("That's with" in text for text in each.texts()) == 6


async def test_nothing_is_kept_by_the_yes_of_one(home: Home) -> None:
    """Each hears the same, and the words are gone once both have answered."""
    two = await begun(home)
    await to_the_end(two)
    await two.noa.presses(Verb.TALK_KEEP, 1)
    await two.sam.presses(Verb.TALK_KEEP, 0)
    await settled(home)
    assert states(home) == ["over"]
    assert words_left(home) == 0


async def test_words_go_only_from_under_their_quotation(home: Home) -> None:
    """What is written for a step is quoted; the other sees nothing before it's sent, and the newest alone."""
    two = await begun(home)
    two.noa.writes("I felt small.")
    await settled(home)
    assert not two.sam.was_told("I felt small.")
    await two.noa.presses(Verb.TALK_REWRITE)
    await settled(home)
    await says(two.noa, "I felt tired.")
    assert two.sam.was_told("I felt tired.")
    assert not two.sam.was_told("I felt small.")
    await says(two.sam, "You were tired.")
    await two.noa.presses(Verb.TALK_ANSWER, "more")
    await settled(home)
    assert two.sam.was_told("there's a little more")
    await says(two.noa, "And I missed you.")
    await says(two.sam, "You missed me.")
    await got_it(two.noa)
    assert two.sam.was_told("Noa says you got it.")


async def test_both_ask_at_once(home: Home) -> None:
    """Who asks while the other is at their own question has agreed."""
    noa, sam = await couple(home)
    sam.writes("/dialogue")
    shown = await sam.sees(CALM)
    await asks(noa)
    await sam.presses(Verb.TALK_CALM, 5, on=shown)
    await settled(home)
    assert states(home) == ["going"]
    await says(noa, "I felt far away.")
    assert sam.was_told("I felt far away.")


async def test_a_press_on_an_old_step(home: Home) -> None:
    """It does nothing but say where the two are."""
    two = await begun(home)
    two.noa.writes("I felt late.")
    await settled(home)
    old = await two.noa.finds(lambda m: "I felt late." in m.text and bool(m.buttons))
    await two.noa.presses(Verb.TALK_SEND, on=old)
    await settled(home)
    await two.sam.hears()
    await two.noa.hears()
    await two.noa.presses(Verb.TALK_REWRITE, on=old)
    assert "That step is done" in " ".join(await two.noa.hears())
    assert await two.sam.hears() == []


async def test_a_send_that_is_forged_sends_nothing(home: Home) -> None:
    """What is said aloud on one phone is pressed; what is written goes from under its quotation alone."""
    two = await begun(home)
    two.noa.writes("I felt watched.")
    await settled(home)
    await two.sam.hears()
    shown = await two.noa.finds("You speak now")
    ((talk,),) = stored(home, "SELECT id FROM talks")
    await forges(two.noa, shown, encode(Verb.TALK_ANSWER, talk, 0, "send"))
    await forges(two.sam, shown, encode(Verb.TALK_SEND, talk, 0, 1))
    assert not two.sam.was_told("I felt watched.")
    assert stored(home, "SELECT move FROM talks") == [("speak",)]


async def test_side_by_side_with_one_phone(home: Home) -> None:
    """All turns come to one chat, by name; nothing is written, and nothing kept."""
    two = await begun(home, sofa=True)
    assert two.sam.was_told("on Noa's phone")
    assert (await two.noa.finds("hold the phone")).text.startswith("Now it's Noa's turn to hold the phone.")
    for answer in ("send", "send", "got_it", "send", "send") * 2 + ("send",) * 4:
        await two.noa.presses(Verb.TALK_ANSWER, answer)
        await settled(home)
    assert two.noa.was_told("Now it's Sam's turn to hold the phone.")
    assert two.noa.was_told("The phone can rest now.")
    assert states(home) == ["over"]


async def test_danger_is_met_privately(home: Home) -> None:
    """The calm message comes to its author alone, and the words stay theirs to send."""
    two = await begun(home)
    for each in (two.noa, two.sam):
        await each.hears()
    two.noa.writes("I want to kill myself.")
    heard = await two.noa.hears()
    calm = next(m for m in two.noa.phone.from_bot if label("find_help") in m.labels)
    assert calm.text in heard
    assert await two.sam.hears() == []
    await two.noa.presses(Verb.TALK_SEND)
    await settled(home)
    assert two.sam.was_told("I want to kill myself.")
    assert not any(label("find_help") in m.labels for m in two.sam.phone.from_bot)


async def test_agreeing_after_a_while_asks_back(home: Home) -> None:
    """A calm answer of an hour ago says little: whoever asked is asked whether it is still good."""
    noa, sam = await couple(home)
    await asks(noa)
    await later(home, hours=1)
    await agrees(sam)
    assert states(home) == ["asked"]
    assert noa.was_told("Sam has time now")
    await agrees(noa)
    assert states(home) == ["going"]
    assert Two(noa, sam).noa.was_told("You speak now, Noa.")


async def test_the_coach_helps_the_listener_alone(home: Home) -> None:
    """One suggestion under the quotation, to its writer; with the coach off there is none, and it stops nothing."""
    two = await begun(home)
    await says(two.noa, "I felt alone at the sink last night.")
    two.sam.writes("You always exaggerate. At least you had music on.")
    await settled(home)
    quoted = await two.sam.finds(lambda m: "At least you had music" in m.text and bool(m.buttons))
    said, _, suggested = quoted.text.partition("\n\n")
    assert said == "To Noa:\nYou always exaggerate. At least you had music on."
    assert suggested
    assert "hard to hear" not in suggested, "that is said of one's own words to a listener"
    await two.noa.hears()
    await two.sam.presses(Verb.TALK_SEND, on=quoted)
    assert not any(suggested in text for text in await two.noa.hears())
    await two.noa.presses(Verb.TALK_ANSWER, "more")
    await settled(home)
    await screen(two.sam, (Verb.SWITCH, "coach"))
    await says(two.noa, "And nobody asked how I was.")
    two.sam.writes("You always exaggerate. At least you had music on.")
    await settled(home)
    assert two.sam.phone.last.text == "To Noa:\nYou always exaggerate. At least you had music on."


async def test_words_leave_the_chat_once_they_are_sent(home: Home) -> None:
    """Where somebody wants that: their own message and our quotation of it; the other reads them all the same."""
    two = await begun(home)
    await screen(two.noa, (Verb.SWITCH, "put_away"))
    two.noa.writes("/dialogue")
    await two.noa.sees("You speak now")
    await says(two.noa, "I felt alone at the sink.")
    assert not any("alone at the sink" in message.text for message in two.noa.phone.messages)
    assert two.sam.was_told("I felt alone at the sink.")


async def test_both_ask_at_once_for_something_else(home: Home) -> None:
    """A calm answer to a dialogue is no yes to what follows a quarrel: that is asked, and says what it is not for."""
    noa, sam = await couple(home)
    noa.writes("/dialogue")
    shown = await noa.sees(CALM)
    await asks(sam, "/repair")
    await noa.hears()
    await noa.presses(Verb.TALK_CALM, 4, on=shown)
    await settled(home)
    assert states(home) == ["asked"]
    asked = await noa.sees("Is now a good time?")
    assert "It isn't for violence" in asked.text
    await noa.presses(Verb.TALK_YES, on=asked)
    await settled(home)
    await noa.presses(Verb.TALK_CALM, "repair", 4)
    await settled(home)
    assert states(home) == ["going"]
    assert noa.was_told("1 of 5.")


async def test_words_out_of_turn_are_asked_about(home: Home) -> None:
    """While it's the other's step, one's own words are for no step: whether they are for today's card is asked."""
    two = await begun(home)
    await two.sam.hears()
    for writer, words in ((two.sam, "I can't wait to say it."), (two.noa, "And the tap dripped.")):
        if writer is two.noa:
            await says(two.noa, "I felt alone at the sink.")
            await two.noa.hears()
        asked = await writer.answer(words)
        assert asked.startswith("What's this for?")
        assert words in asked
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]
    assert "That's yours for now" in await two.sam.press_answer(Verb.PLACE, "reflection")


async def test_a_question_that_wants_a_press_takes_no_words_for_the_day(home: Home) -> None:
    """Whoever writes "yes" to it, or how calm they are, is asked what that is for, however late it is."""
    noa, sam = await couple(home)
    noa.writes("/dialogue")
    await noa.sees(CALM)
    assert (await noa.answer("quite calm I think")).startswith("What's this for?")
    await noa.presses(Verb.NOWHERE)
    await noa.presses(Verb.TALK_CALM, 4)
    await noa.presses(Verb.TALK_WHERE, 0)
    await sam.sees(ASKED)
    assert (await sam.answer("yes in a minute")).startswith("What's this for?")
    await sam.presses(Verb.NOWHERE)
    assert "That's yours for now" in await noa.answer("It rained all day.")
    await later(home, minutes=20)
    assert (await sam.answer("It rained on me, too.")).startswith("What's this for?")


async def test_cancel_names_the_talk(home: Home) -> None:
    """Also while it's the other's step; what is written after it is asked about, and may still be for the step."""
    two = await begun(home)
    for who in (two.noa, two.sam):
        await who.hears()
        assert "/dialogue or /repair shows where you two are" in await who.answer("/cancel")
    assert (await two.noa.answer("I felt alone at the sink.")).startswith("What's this for?")
    await two.noa.presses(Verb.PLACE, "talk")
    await two.noa.presses(Verb.TALK_SEND, on=await two.noa.finds(lambda m: label("send") in m.labels))
    await settled(home)
    assert two.sam.was_told("I felt alone at the sink.")


LONG = "I'd say in an hour or so, once they are all asleep and I've had my tea"


async def test_a_long_answer_to_when_has_a_way_back(home: Home) -> None:
    """It may be for the question after all; placed elsewhere, the question is put aside and can be asked again."""
    noa, sam = await couple(home)
    await asks(noa)
    await sam.presses(Verb.TALK_LATER)
    await sam.hears()
    assert await sam.answer(LONG)
    assert sam.phone.last.labels == labels("place_reflection", "place_later", "place_nowhere")
    await sam.presses(Verb.PLACE, "reflection")
    aside, _ = await sam.hears()
    assert "My question when to come back can wait." in aside
    assert "When would be better?" in await sam.press_answer(Verb.TAKE_UP)
    assert "I'll come back to you" in await sam.answer("in an hour")


async def test_a_rest_can_be_thought_better_of(home: Home) -> None:
    """*Never mind* under "when shall I bring it back" lets the talk go on as it was."""
    two = await begun(home)
    await two.noa.presses(Verb.TALK_PAUSE)
    await two.noa.sees("When shall I bring it back?")
    await two.noa.presses(Verb.NEVER_MIND)
    await two.noa.finds("no time then")
    await says(two.noa, "I felt alone at the sink.")
    assert two.sam.was_told("I felt alone at the sink.")
    assert states(home) == ["going"]


async def test_whoever_is_not_calm_can_say_when(home: Home) -> None:
    """Beside the two buttons; what is no time is kept, and asked about."""
    noa, sam = await couple(home)
    for words in ("in two hours", "You never listen."):
        noa.writes("/dialogue")
        await noa.presses(Verb.TALK_CALM, 1, on=await noa.sees(CALM))
        await noa.hears()
        noa.writes(words)
        heard = await noa.hears()
        if words.startswith("in"):
            assert "I'll come back to you" in one(heard)
        else:
            still, asked = heard
            assert "The buttons above work." in still
            assert asked.startswith(f"What's this for?\n\n{words}")
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]
    assert await sam.hears() == []
