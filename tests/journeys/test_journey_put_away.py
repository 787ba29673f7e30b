"""Words put away: they leave the chat when they are sealed, and can be seen again for ten minutes."""

from labels import label, labels
from memory import stored
from people import Person, couple, later, next_round, settings, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

WORDS = "I stood at the window and nobody called."
MORE = "And then the kettle sang."


def chat(partner: Person) -> str:
    """Give all that stands in a chat now, from either side."""
    return "\n".join(message.text for message in partner.phone.messages)


async def wants_it(partner: Person) -> None:
    """Turn the switch in the settings."""
    await settings(partner)
    await partner.presses(Verb.SWITCH, "put_away")
    await partner.hears()


async def seals_both(partner: Person) -> None:
    """Write two parts, and seal them."""
    partner.writes(WORDS)
    await partner.hears()
    await partner.seals(MORE)


async def test_each_is_offered_it_once_and_a_yes_clears_what_is_sealed_already(home: Home) -> None:
    """Under the first seal; afterwards only the note stands there, with the ways to see them and to take them back."""
    ana, bo = await couple(home, "Ana", "Bo")
    await seals_both(ana)
    note = await ana.finds("I can clear them")
    assert note.labels == labels("take_back", "clear_mine")
    await ana.presses(Verb.CLEAR_MINE)
    await settled(home)
    assert WORDS not in chat(ana)
    assert MORE not in chat(ana)
    note = await ana.finds("Your words are cleared from this chat.")
    assert note.labels == labels("show_mine", "take_back", "practise")
    assert stored(home, "SELECT count(*) FROM traces WHERE slot = 'reflection'") == [(0,)]
    await bo.seals("A kettle.")
    await bo.finds("I can clear them")
    assert WORDS in chat(bo)


async def test_whoever_passes_it_by_keeps_them_and_is_not_asked_again(home: Home) -> None:
    """And the settings change it."""
    ana, _ = await couple(home, "Ana", "Bo")
    await ana.seals(WORDS)
    assert WORDS in (await ana.finds("Sealed.")).text
    await ana.presses(Verb.TAKE_BACK)
    await ana.presses(Verb.SEAL, on=await ana.finds("That's yours for now"))
    await settled(home)
    assert (await ana.finds("Sealed.")).labels == labels("take_back", "practise")
    assert "stay when you seal" in await settings(ana)
    await wants_it(ana)
    assert "cleared when you seal" in chat(ana)


async def test_show_mine_shows_them_for_ten_minutes(home: Home) -> None:
    """Then they go by themselves; a second phone's press shows them once, anew."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await seals_both(ana)
    assert WORDS not in chat(ana)
    await ana.presses(Verb.SHOW_MINE)
    await settled(home)
    assert chat(ana).count(WORDS) == chat(ana).count(MORE) == 1
    await later(home, minutes=6)
    await ana.presses(Verb.SHOW_MINE)
    await ana.presses(Verb.SHOW_MINE)
    await settled(home)
    assert chat(ana).count(WORDS) == chat(ana).count(MORE) == 1
    await later(home, minutes=6)
    assert WORDS in chat(ana)
    await later(home, minutes=5)
    assert WORDS not in chat(ana)
    assert MORE not in chat(ana)


async def test_taken_back_they_come_as_a_draft_and_leave_again_with_the_next_seal(home: Home) -> None:
    """Quoted, though their messages are gone."""
    ana, bo = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await seals_both(ana)
    await ana.presses(Verb.SHOW_MINE)
    await ana.presses(Verb.TAKE_BACK)
    await settled(home)
    draft = await ana.finds("That's yours for now")
    assert WORDS in draft.text
    assert chat(ana).count(WORDS) == 1
    await ana.presses(Verb.SEAL, on=draft)
    await settled(home)
    assert WORDS not in chat(ana)
    await bo.seals("A kettle.")
    assert WORDS in chat(bo)


async def test_a_response_is_put_away_once_it_is_sent(home: Home) -> None:
    """The same for what answers the other's words."""
    ana, bo = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await seals_both(ana)
    await bo.seals("A kettle.")
    await ana.presses(Verb.OWN_WORDS)
    await ana.finds("In your own words")
    ana.writes("That must have been loud.")
    await ana.presses(Verb.SEND)
    await settled(home)
    assert "must have been loud" not in chat(ana)
    assert "must have been loud" in chat(bo)
    sent = await ana.finds("Sent to Bo.")
    await ana.presses(Verb.SHOW_MINE, on=sent)
    await settled(home)
    assert "must have been loud" in chat(ana)
    await later(home, minutes=11)
    assert "must have been loud" not in chat(ana)


async def test_what_is_older_than_48_hours_is_said_plainly(home: Home) -> None:
    """A late round: the old message stays, ours is written over, the new ones go."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    ana.writes(WORDS)
    await ana.hears()
    await later(home, days=3)
    ana.writes("/today")
    await ana.presses(Verb.EARLIER_CARD)
    draft = await ana.finds(lambda m: label("seal") in m.labels)
    await ana.presses(Verb.SEAL, on=draft)
    await settled(home)
    assert [m.text for m in ana.phone.messages if WORDS in m.text] == [WORDS]
    note = await ana.finds("I've cleared what I could.")
    assert "One message is still here" in note.text
    ana.phone.delete(next(m.message_id for m in ana.phone.messages if m.text == WORDS))


async def test_practice_leaves_when_it_is_over(home: Home) -> None:
    """By its button, by something else that is taken up, or after an hour."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    for end in ("enough", "today", "left"):
        ana.writes("/practice")
        await ana.hears()
        answer = ana.writes(f"You sound so tired of it, {end}.")
        await ana.hears()
        assert answer.message_id in ana.phone.chat.messages
        if end == "enough":
            await ana.presses(Verb.SOLO_ENOUGH)
        elif end == "today":
            ana.writes("/today")
        else:
            await later(home, minutes=61)
        await settled(home)
        assert answer.message_id not in ana.phone.chat.messages


async def test_today_and_the_earlier_ones_show_what_is_put_away_too(home: Home) -> None:
    """Wherever sealed words can be taken back, they can be looked at."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await seals_both(ana)
    ana.writes("/today")
    here = await ana.sees("Your words for this round are sealed")
    assert here.labels == labels("show_mine", "take_back")
    await later(home, days=2)
    await ana.hears()
    ana.writes("/journal")
    await ana.presses(Verb.EARLIER)
    await ana.presses(Verb.EARLIER_CARD)
    card = await ana.sees("Your words for this one are sealed")
    await ana.presses(Verb.SHOW_MINE, on=card)
    await settled(home)
    assert WORDS in chat(ana)
    await later(home, minutes=11)
    assert WORDS not in chat(ana)


async def test_who_is_forgotten_takes_along_what_is_shown_again(home: Home) -> None:
    """Nobody would be there to put it away after ten minutes."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await seals_both(ana)
    await ana.presses(Verb.SHOW_MINE)
    await settled(home)
    assert WORDS in chat(ana)
    ana.writes("/forget")
    await ana.presses(Verb.FORGET)
    await ana.finds("It's done.")
    await settled(home)
    assert WORDS not in chat(ana)
    assert MORE not in chat(ana)


async def test_words_for_nowhere_leave_too(home: Home) -> None:
    """Nothing of them is kept, and nothing of them stays where words leave the chat."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await ana.seals("A kettle.")
    ana.writes(WORDS)
    await ana.presses(Verb.NOWHERE, on=await ana.sees("This isn't with them yet"))
    await ana.finds("I've kept nothing of that")
    await settled(home)
    assert WORDS not in chat(ana)
    assert stored(home, "SELECT count(*) FROM traces") == [(0,)]


async def test_a_yes_that_comes_late_clears_all_that_was_sealed_since(home: Home) -> None:
    """The question of the first day is answered on the third: "whenever you seal" is about all of them."""
    ana, _ = await couple(home, "Ana", "Bo")
    await ana.seals(WORDS)
    asked = await ana.finds("I can clear them here")
    await next_round(home)
    await ana.seals(MORE)
    await ana.presses(Verb.CLEAR_MINE, on=asked)
    await settled(home)
    assert WORDS not in chat(ana)
    assert MORE not in chat(ana)
    assert sum("Your words are cleared" in text for text in ana.texts()) == 2


async def test_what_was_to_go_while_the_bot_was_blocked_goes_when_it_is_unblocked(home: Home) -> None:
    """And the note that stands there then says so."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    ana.writes(WORDS)
    draft = await ana.sees("That's yours for now")
    await settled(home)
    await ana.presses(Verb.SEAL, on=draft)
    ana.phone.block()
    await settled(home)
    assert WORDS in chat(ana)
    ana.phone.unblock()
    await settled(home)
    assert WORDS not in chat(ana)
    assert (await ana.finds("Your words are cleared")).labels[0] == label("show_mine")


async def test_what_is_shown_when_the_bot_is_blocked_goes_when_it_is_unblocked(home: Home) -> None:
    """Its ten minutes passed while nothing could be deleted; and so did those of practice."""
    ana, _ = await couple(home, "Ana", "Bo")
    await wants_it(ana)
    await seals_both(ana)
    await ana.presses(Verb.SHOW_MINE)
    await settled(home)
    ana.writes("/practice")
    await ana.hears()
    answer = ana.writes("You sound so tired of it.")
    await ana.hears()
    assert WORDS in chat(ana)
    ana.phone.block()
    await later(home, minutes=90)
    assert WORDS in chat(ana)
    ana.phone.unblock()
    await later(home, minutes=61)
    assert WORDS not in chat(ana)
    assert answer.message_id not in ana.phone.chat.messages
