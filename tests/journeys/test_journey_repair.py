"""After a quarrel over HTTP: five cards, written apart; one opens once both have sealed it."""

import pytest
from labels import label, labels
from people import Person, couple, one, settled
from talking import CALM, agrees, asks, begun, says, states, words_left

from bot.home.house import Home
from bot.sandbox import Button
from bot.screens.callbacks import Verb

CARDS = ("felt small", "a door closed", "an old thing", "I was loud", "I'd wait a minute")


async def test_a_card_opens_once_both_have_sealed_it(home: Home) -> None:
    """Whoever is ahead goes on; the other learns of nothing before their own seal."""
    two = await begun(home, "/repair")
    await two.sam.hears()
    for card in CARDS:
        await says(two.noa, f"{card}, Noa")
    assert two.noa.was_told("You've done all five.")
    assert await two.sam.hears() == []
    for number, card in enumerate(CARDS):
        assert not two.sam.was_told(f"{card}, Noa")
        assert not two.noa.was_told(f"{card}, Sam")
        await says(two.sam, f"{card}, Sam")
        assert two.sam.was_told(f"{card}, Noa"), number
        assert two.noa.was_told(f"{card}, Sam"), number
    assert states(home) == ["keeping"]
    for each in (two.noa, two.sam):
        await each.presses(Verb.TALK_KEEP, 1)
        await settled(home)
    assert states(home) == ["kept"]


async def test_the_first_screen_says_what_it_is_not_for(home: Home) -> None:
    """And leads to help; both are told so, each alone."""
    noa, sam = await couple(home)
    noa.writes("/repair")
    shown = await noa.sees(CALM)
    assert "It isn't for violence" in shown.text
    assert label("find_help") in shown.labels
    await noa.presses(Verb.TALK_CALM, 4, on=shown)
    asked = await sam.sees("Is now a good time?")
    assert "It isn't for violence" in asked.text
    assert label("find_help") in asked.labels


async def test_a_seal_can_be_taken_back_until_the_card_opens(home: Home) -> None:
    """What was taken back is quoted anew, and is the other's to see once it is sealed again."""
    two = await begun(home, "/repair")
    await says(two.noa, "I felt hot.")
    await two.noa.presses(Verb.TALK_CARD_BACK)
    await settled(home)
    await says(two.sam, "I felt cold.")
    assert not two.sam.was_told("I felt hot.")
    await says(two.noa, "Rather: I felt scared of losing you.")
    assert two.sam.was_told("Rather: I felt scared of losing you.")
    for each in (two.noa, two.sam):
        assert not any(Verb.TALK_CARD_BACK.value in str(b.value) for b in _buttons(each))


async def test_the_newest_seal_alone_can_be_taken_back(home: Home) -> None:
    """What was sealed before stands on without a button, and has it again once the seal after it is open."""
    two = await begun(home, "/repair")
    await says(two.noa, "I felt hot.")
    await says(two.noa, "A cup fell.")
    first, second = [await two.noa.finds(words) for words in ("I felt hot.", "A cup fell.")]
    assert first.text.startswith("Sealed. It opens once")
    assert (first.labels, second.labels) == ([], [label("take_back")])
    await two.noa.presses(Verb.TALK_CARD_BACK, on=second)
    await settled(home)
    assert second.message_id not in two.noa.phone.chat.messages
    await two.noa.presses(Verb.TALK_CARD_BACK, on=await two.noa.finds("I felt hot."))
    await settled(home)
    assert (await two.noa.finds("I felt hot.")).labels == labels("seal", "rewrite")


async def test_an_edit_opens_the_seal_of_a_card_that_is_not_open_yet(home: Home) -> None:
    """As with other sealed words; under a later seal, and once it has opened, it changes nothing."""
    two = await begun(home, "/repair")
    written = two.noa.writes("I felt hot.")
    await settled(home)
    await two.noa.presses(Verb.TALK_SEND)
    await settled(home)
    two.noa.phone.edit_text(written.message_id, "I felt scared.")
    await two.noa.finds("so I opened your seal")
    quoted = await two.noa.finds("I felt scared.")
    assert quoted.labels == labels("seal", "rewrite")
    await says(two.sam, "I felt cold.")
    assert not any("I felt scared." in text or "I felt hot." in text for text in two.sam.texts())
    await two.noa.presses(Verb.TALK_SEND, on=quoted)
    await settled(home)
    assert two.sam.was_told("I felt scared.")
    two.noa.phone.edit_text(written.message_id, "I felt nothing.")
    await two.noa.finds("Your edit changed nothing")
    assert not two.sam.was_told("I felt nothing.")


async def test_an_edit_under_a_later_seal_or_in_a_rest_is_told_what_is_so(home: Home) -> None:
    """The card has gone nowhere: it stays as it was sealed, and can change once it's the newest, and goes on."""
    two = await begun(home, "/repair")
    written = two.noa.writes("I felt hot.")
    await settled(home)
    await two.noa.presses(Verb.TALK_SEND)
    await says(two.noa, "A cup fell.")
    await two.noa.hears()
    two.noa.phone.edit_text(written.message_id, "I felt scared.")
    assert "nobody else has seen it" in one(await two.noa.hears())
    await two.noa.presses(Verb.TALK_CARD_BACK)
    await two.noa.presses(Verb.TALK_PAUSE)
    await two.noa.presses(Verb.TALK_UNTIL)
    await two.noa.hears()
    two.noa.phone.edit_text(written.message_id, "I felt cold.")
    assert "if your cards are at rest" in one(await two.noa.hears())
    await two.noa.presses(Verb.TALK_GO_ON)
    await two.noa.hears()
    two.noa.phone.edit_text(written.message_id, "I felt small.")
    assert "so I opened your seal" in "\n".join(await two.noa.hears())


@pytest.mark.parametrize("words", ["Sad", "Angry", "I was loud", "My mother called and I was tired."])
async def test_ones_own_feeling_is_no_blame(home: Home, words: str) -> None:
    """A bare word is what a card asks for: there is no "you" in it to point at."""
    two = await begun(home, "/repair")
    two.noa.writes(words)
    await settled(home)
    assert two.noa.phone.last.text == f"For this card:\n{words}"
    await two.noa.presses(Verb.TALK_REWRITE)
    await settled(home)
    two.noa.writes("You never help.")
    assert "there may be a “you” in there" in (await two.noa.finds("You never help.")).text


def _buttons(person: Person) -> list[Button]:
    return [button for message in person.phone.from_bot for row in message.buttons for button in row]


async def test_a_card_can_be_left_blank(home: Home) -> None:
    """It opens as a blank, and what was written for it before goes to nobody."""
    two = await begun(home, "/repair")
    two.noa.writes("A sentence for nobody.")
    await settled(home)
    await two.noa.presses(Verb.TALK_ANSWER, "pass", on=await two.noa.finds("1 of 5"))
    await settled(home)
    assert words_left(home) == 0
    await says(two.sam, "I felt cold.")
    assert two.sam.was_told("Noa left the first card blank.")
    assert not two.sam.was_told("A sentence for nobody.")
    assert two.noa.was_told("I felt cold.")


async def test_stopping_destroys_all_of_it(home: Home) -> None:
    """One neutral sentence to the other, and no word left."""
    two = await begun(home, "/repair")
    await says(two.noa, "I felt hot.")
    await two.sam.hears()
    await two.sam.presses(Verb.TALK_STOP)
    await settled(home)
    assert await two.noa.hears() != []
    assert two.noa.was_told("The cards end here for now.")
    assert words_left(home) == 0
    assert states(home) == ["over"]
    await asks(two.sam, "/repair")
    await agrees(two.noa)
    assert states(home) == ["over", "going"]
