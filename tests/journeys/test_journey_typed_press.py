"""Words that are typed where a button was meant: they land on nobody's page, and it is said what to press."""

import pytest
from memory import stored
from people import Person, couple, person, settled
from talking import begun, says

from bot.home.house import Home
from bot.screens.callbacks import Verb

ASKED = "What's this for?"
HINT = "If it answers what I asked, press one of the buttons there instead."
SHORT_HINT = "To answer that, press one of the buttons there."


async def is_asked(who: Person, text: str) -> bool:
    """Write, and be asked what that is for; tell whether it says which way an answer goes."""
    said = await who.answer(text)
    assert stored(who.home, "SELECT count(*) FROM pieces") == [(0,)]
    assert said.startswith(ASKED)
    return HINT in said


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/leave", "yes leave"),
        (
            "/leave",
            "Yes. I want to end this. We said so at breakfast, and Sam knows that I'm writing it here.",
        ),
        ("/forget", "yes, remove me"),
        ("/card What made you laugh this spring?", "no, let me word it another way"),
    ],
)
async def test_an_answer_that_is_typed_is_no_reflection(home: Home, command: str, text: str) -> None:
    """One press away from the other's eyes is too near for what was meant as a press."""
    noa, _ = await couple(home)
    noa.writes(command)
    await noa.hears()
    assert await is_asked(noa, text)


@pytest.mark.parametrize("text", ["yes", "never mind"])
async def test_a_bare_yes_is_told_where_to_press(home: Home, text: str) -> None:
    """And not that it's good, and when the next one comes."""
    noa, _ = await couple(home)
    noa.writes("/leave")
    await noa.hears()
    assert await noa.answer(text) == SHORT_HINT
    await noa.presses(Verb.LEAVE)
    await noa.sees("You've left")


async def test_in_no_couple_nothing_is_asked_what_it_is_for(home: Home) -> None:
    """There is but the question."""
    noa = person(home, "Noa")
    noa.writes("/start")
    await noa.presses(Verb.CONSENT, on=await noa.sees("Hello"))
    noa.writes("/forget")
    await noa.hears()
    assert await noa.answer("yes, remove me please") == SHORT_HINT


async def test_what_can_be_let_be_takes_no_reflection(home: Home) -> None:
    """A language may be typed where its button stands; a story told under it is for the round."""
    noa, _ = await couple(home)
    noa.writes("/settings")
    await noa.presses(Verb.SCREEN, "language", on=await noa.sees("Your settings"))
    await noa.hears()
    assert not await is_asked(noa, "German please")
    await noa.presses(Verb.NOWHERE)
    noa.writes("/growth")
    await noa.hears()
    assert not await is_asked(noa, "yes please, sundays")
    await noa.presses(Verb.NOWHERE)
    await settled(home)
    noa.writes("/settings")
    await noa.presses(Verb.SCREEN, "days", on=await noa.sees("Your settings"))
    await noa.hears()
    await noa.drafts("On Sunday we took the long way round the lake, and you carried both our bags.")


async def test_once_it_is_answered_words_go_where_they_went(home: Home) -> None:
    """Staying is an answer, and so is the first word after another command."""
    noa, _ = await couple(home)
    noa.writes("/leave")
    await noa.presses(Verb.STAY, on=await noa.sees("Leave this couple?"))
    await noa.hears()
    await noa.drafts("I felt at home in your jumper.")


async def test_a_yes_to_whether_it_was_got_is_no_small_talk(home: Home) -> None:
    """Whoever spoke is told where to press, and hears nothing of tomorrow."""
    two = await begun(home)
    await says(two.noa, "I felt alone at the sink.")
    await says(two.sam, "You felt alone at the sink.")
    await two.noa.hears()
    assert await two.noa.answer("yes, exactly") == SHORT_HINT
    await two.sam.hears()
    assert await two.sam.answer("ok") != SHORT_HINT


async def test_a_yes_that_is_typed_to_the_first_question_is_told_where_to_press(home: Home) -> None:
    """Whoever was invited said yes: they aren't greeted anew."""
    noa = person(home, "Noa")
    noa.writes("/start")
    await noa.sees("Hello")
    await noa.hears()
    assert await noa.answer("ok sure") == SHORT_HINT
