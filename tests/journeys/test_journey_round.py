"""A round, as two people live it."""

from datetime import timedelta

import pytest
from forging import forges
from labels import label, labels
from memory import stored
from people import Person, couple, later, next_round, person, settled

from bot.home.house import Home
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb
from prompts.joining import Follows
from prompts.words import load_words

ANA_WORDS = "I stood at the window and nobody called. It was a grey kind of lonely."
BO_WORDS = "My copper kettle broke and I laughed until I cried, and I do not know why."


async def revealed(home: Home) -> tuple[Person, Person]:
    """Bring two people to their first reveal."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await bo.seals(BO_WORDS)
    for each in (ana, bo):
        await each.sees("one sentence that shows")
    return ana, bo


async def test_nothing_is_shown_before_both_have_sealed(home: Home) -> None:
    """A sealed word reaches the other only with the second seal, and then at once."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await bo.drafts(BO_WORDS)
    await settled(home)
    assert not bo.was_told("grey kind of lonely")
    assert not ana.was_told("copper kettle")
    await bo.presses(Verb.SEAL)
    await ana.sees("Bo wrote:")
    await bo.sees("Ana wrote:")
    assert bo.was_told("grey kind of lonely")
    assert ana.was_told("copper kettle")


async def test_the_reveal_comes_once_even_when_both_seal_in_one_batch(home: Home) -> None:
    """Two seals in the same moment make one reveal, whole for both."""
    ana, bo = await couple(home, "Ana", "Bo")
    first, second = await ana.drafts(ANA_WORDS), await bo.drafts(BO_WORDS)
    ana.phone.press(first, label("seal"))
    bo.phone.press(second, label("seal"))
    for each in (ana, bo):
        await each.sees("one sentence that shows")
    await settled(home)
    for each in (ana, bo):
        assert sum("wrote:" in text for text in each.texts()) == 1
    assert stored(home, "SELECT state, count(*) FROM rounds GROUP BY state") == [("revealed", 1)]


async def test_a_seal_can_be_taken_back_until_the_reveal(home: Home) -> None:
    """Taking back opens one's own words again; after the reveal it is too late, and kindly said."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await ana.presses(Verb.TAKE_BACK)
    await ana.sees("Taken back")
    await settled(home)
    await bo.seals(BO_WORDS)
    await settled(home)
    assert not bo.was_told("lonely")
    taken_back = await ana.finds(lambda m: label("seal") in m.labels)
    ana.phone.press(taken_back, label("seal"))
    await ana.sees("Bo wrote:")
    old = next(m for m in bo.phone.from_bot if "Open now." in m.text)
    assert old.labels == labels("clear_mine")


async def test_a_button_seals_only_what_stands_above_it(home: Home) -> None:
    """An old quotation's button does not seal words that have changed since."""
    ana, bo = await couple(home, "Ana", "Bo")
    old = await ana.drafts("first words")
    await ana.drafts("second words")
    await settled(home)
    data = old.buttons[0][0].value
    await forges(ana, old, str(data))  # a phone may be a moment behind
    await ana.sees("changed since")
    await bo.seals(BO_WORDS)
    await settled(home)
    assert stored(home, "SELECT state FROM rounds") == [("waiting",)]


async def test_an_edit_in_telegram_edits_the_draft_and_opens_a_seal(home: Home) -> None:
    """Editing a sealed part before the reveal takes the seal back, says so, and shows the new words."""
    ana, bo = await couple(home, "Ana", "Bo")
    sent = ana.writes("I was a bit sad.")
    await ana.presses(Verb.SEAL)
    ana.phone.edit_text(sent.message_id, "I was very sad.")
    await ana.sees("opened your seal")
    await ana.sees("very sad")
    await bo.seals(BO_WORDS)
    await settled(home)
    assert not bo.was_told("sad")


async def test_an_edit_after_the_reveal_changes_nothing(home: Home) -> None:
    """Revealed words are frozen; the author is told kindly."""
    ana, bo = await couple(home, "Ana", "Bo")
    sent = ana.writes(ANA_WORDS)
    await ana.presses(Verb.SEAL)
    await bo.seals(BO_WORDS)
    await ana.sees("one sentence that shows")
    ana.phone.edit_text(sent.message_id, "Something else.")
    await ana.sees("Your edit changed nothing")
    assert not bo.was_told("Something else")


async def test_a_response_is_sent_only_by_the_button_under_its_quotation(home: Home) -> None:
    """Free text after the reveal makes a draft; the author hears of it only when it is sent."""
    ana, bo = await revealed(home)
    bo.writes("That sounds lonely.")
    await bo.sees("To Ana, about this round")
    await settled(home)
    assert not ana.was_told("That sounds lonely")
    await bo.presses(Verb.REWRITE)
    bo.writes("A grey, lonely hour at the window.")
    await bo.sees("A grey, lonely hour")
    await bo.presses(Verb.SEND)
    await ana.sees("Bo answers your words")
    assert ana.was_told("A grey, lonely hour")
    assert not ana.was_told("That sounds lonely")


async def test_a_starter_stands_before_what_is_written(home: Home) -> None:
    """A picked starter is put before the words, and the whole is quoted before it goes."""
    ana, bo = await revealed(home)
    invitation = next(m for m in bo.phone.from_bot if "one sentence that shows" in m.text)
    label = invitation.labels[0]
    bo.phone.press(invitation, label)
    opening = (await bo.sees("Yours to finish")).text.split(" …")[0]
    follows = next(item.opening.follows for item in load_words().starters.values() if item.button == label)
    # The starters offered are drawn: nothing sore is said here, for a glad one is never put before that.
    said = {
        Follows.CLAUSE: "you held the cup.",
        Follows.NOUN: "the way you waited.",
        Follows.NAME: "like a guest at the table.",
        Follows.SENTENCE: "it was late.",
    }[follows]
    bo.writes(said.capitalize() if follows is not Follows.SENTENCE else said)
    quoted = await bo.sees("To Ana, about this round")
    assert f"{opening} {said}" in quoted.text
    await bo.presses(Verb.SEND)
    await ana.sees("Bo answers your words")
    assert ana.was_told(f"{opening} {said}")


async def test_partly_heard_leads_to_one_clarification_and_one_more_response(home: Home) -> None:
    """After "partly" the author adds one thing, the partner responds once more, and the thread closes."""
    ana, bo = await revealed(home)
    bo.writes("That sounds lonely.")
    await bo.presses(Verb.SEND)
    await ana.presses(Verb.HEARD, Heard.PARTLY)
    await ana.sees("What would you like Bo to understand")
    ana.writes("Nobody calling was the hard part.")
    await ana.sees("what you'd like understood")
    assert not bo.was_told("Nobody calling")
    await ana.presses(Verb.SEND)
    await bo.sees("one more thing")
    bo.writes("You wanted one person to call.")
    await bo.presses(Verb.SEND)
    await ana.sees("answers once more")
    ana.writes("And the kettle made you laugh and cry at once.")
    await ana.presses(Verb.SEND)
    await bo.presses(Verb.HEARD, Heard.YES)
    await settled(home)
    assert stored(home, "SELECT state FROM rounds") == [("complete",)]
    assert stored(home, "SELECT seat, thread FROM turns ORDER BY seat") == [
        (0, "answered_again"),
        (1, "heard"),
    ]


async def test_a_lone_reflection_is_never_shown(home: Home) -> None:
    """The next morning it stays sealed; two weeks later it has lapsed, and nobody but its author has heard of it."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals(ANA_WORDS)
    await settled(home)
    seal = next(m for m in ana.phone.from_bot if label("take_back") in m.labels)
    back = next(button for row in seal.buttons for button in row if button.text == label("take_back"))
    await next_round(home, ana, bo)
    await settled(home)
    assert not bo.was_told("lonely")
    assert stored(home, "SELECT state FROM rounds ORDER BY ordinal") == [("waiting",), ("open",)]
    await later(home, days=14)
    assert stored(home, "SELECT state FROM rounds WHERE ordinal = 0") == [("lapsed",)]
    assert not bo.was_told("lonely")
    assert not bo.was_told("two weeks")
    await ana.sees("was shown to nobody")
    assert not any(label("take_back") in m.labels for m in ana.phone.from_bot)
    await forges(ana, seal, str(back.value))
    await ana.sees("That round has ended")


async def test_a_late_response_is_taken_by_its_own_buttons(home: Home) -> None:
    """After the next opening, the latest revealed round still takes a response and "heard"."""
    ana, bo = await revealed(home)
    invitation = next(m for m in bo.phone.from_bot if "one sentence that shows" in m.text)
    await next_round(home, ana, bo)
    bo.phone.press(invitation, label("own_words"))
    await bo.sees("In your own words")
    bo.writes("I still think of your window.")
    await bo.presses(Verb.SEND)
    await ana.sees("Bo answers your words")
    await ana.presses(Verb.HEARD, Heard.YES)
    await bo.sees("feels heard")
    bo.writes("And this is for today.")
    await bo.sees("That's yours for now")


async def test_voice_photo_and_video_note_are_revealed_in_few_messages(home: Home) -> None:
    """Pictures first, then what can carry no words, and a voice last, which invites to respond.

    They come with the author's protection and under a spoiler; their captions are quoted.
    """
    ana, bo = await couple(home, "Ana", "Bo")
    ana.phone.send_voice(b"OggS" + bytes(40), 3)
    ana.phone.send_photo(b"\x89PNG\r\n\x1a\n" + bytes(60), caption="the window")
    ana.phone.send_video_note(b"video", 4)
    await ana.finds(lambda m: "A video message" in m.text and label("seal") in m.labels)
    await settled(home)
    await ana.presses(Verb.SEAL)
    await bo.seals(BO_WORDS)
    await bo.sees("one sentence that shows")
    kinds = [m.media.kind for m in bo.phone.from_bot if m.media]
    assert kinds == ["photo", "video_note", "voice"]
    assert all(m.protected for m in bo.phone.from_bot if m.media)
    assert next(m for m in bo.phone.from_bot if m.media and m.media.kind == "photo").spoiler
    assert bo.was_told("the window")


async def test_long_words_arrive_whole_and_in_order(home: Home) -> None:
    """Long reflections are split under Telegram's limit; joined, nothing is missing."""
    ana, bo = await couple(home, "Ana", "Bo")
    first = " ".join(f"a{i} went 🚲 by." for i in range(240))
    second = " ".join(f"b{i} came back." for i in range(230))
    ana.writes(first)
    ana.writes(second)
    await settled(home)
    await ana.presses(Verb.SEAL)
    await bo.seals(BO_WORDS)
    await bo.sees("one sentence that shows")
    words = " ".join(" ".join(bo.texts()).split())
    for text in (first, second):
        for word in text.split():
            assert word in words
    assert words.index("a239") < words.index("b0 ")


async def test_today_tells_only_of_oneself(home: Home) -> None:
    """/today is the same whether or not the other has sealed."""
    ana, bo = await couple(home, "Ana", "Bo")
    ana.writes("/today")
    before = (await ana.sees("Today")).text
    await bo.seals(BO_WORDS)
    ana.writes("/today")
    assert (await ana.sees("Today")).text == before


async def test_not_today_brings_no_reminder_and_late_words_stay_welcome(home: Home) -> None:
    """After "not today" no reminder comes; writing later is taken."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.presses(Verb.NOT_TODAY)
    await ana.sees("This one stays open")
    home.clock.advance(timedelta(hours=12, minutes=30))
    await bo.sees("still here")
    await settled(home)
    assert not ana.was_told("still here")
    await ana.drafts("After all, this.")


@pytest.mark.parametrize("key", ["seal", "start_over"])
async def test_a_stranger_with_a_forwarded_button_changes_nothing(home: Home, key: str) -> None:
    """A third person who presses another's button data gets a kind refusal, and nothing changes."""
    ana, _ = await couple(home, "Ana", "Bo")
    shown = await ana.drafts(ANA_WORDS)
    data = next(b.value for row in shown.buttons for b in row if b.text == label(key))
    cy = person(home, "Cy")
    cy.writes("/start")
    await forges(cy, await cy.sees("Hello"), data)
    await cy.sees("you decide whether you want it")
    assert stored(home, "SELECT count(*) FROM pieces") == [(1,)]
    assert stored(home, "SELECT count(*) FROM turns WHERE sealed_at IS NOT NULL OR declined = 1") == [(0,)]


async def test_the_one_act_that_matters_stands_out(home: Home) -> None:
    """In Telegram's colours: sealing, and what can't come back; leaving is as plain as staying."""
    noa, _ = await couple(home)
    await noa.drafts("The soup.")
    assert styles(noa) == {label("seal"): "primary"}
    noa.writes("/forget")
    await noa.sees("Remove you from here?")
    assert styles(noa) == {label("forget"): "danger"}
    noa.writes("/leave")
    await noa.sees("Leave this couple?")
    assert styles(noa) == {}


def styles(person: Person) -> dict[str, str]:
    """Give the buttons of the newest message that have a colour."""
    rows = (person.phone.last.body.get("reply_markup") or {}).get("inline_keyboard", [])
    return {button["text"]: button["style"] for row in rows for button in row if "style" in button}
