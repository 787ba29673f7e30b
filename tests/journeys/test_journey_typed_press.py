"""Words that are typed where a button was meant: they land on nobody's page, and it is said what to press."""

from datetime import UTC, datetime

import pytest
from labels import label
from memory import stored
from people import Person, couple, invites, later, person, settled
from talking import ASKED as NOW
from talking import asks, begun, says
from weeks import wants_pulse

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
        ("/leave", "I do want to leave you"),
        (
            "/leave",
            "Yes. I want us to part. We said so at breakfast, and Sam knows that I'm writing it here.",
        ),
        ("/forget", "please, I want to be gone from here"),
        ("/card What made you laugh this spring?", "no, let me word it another way"),
    ],
)
async def test_an_answer_that_is_typed_is_no_reflection(home: Home, command: str, text: str) -> None:
    """One press away from the other's eyes is too near for what was meant as a press."""
    noa, _ = await couple(home)
    noa.writes(command)
    await noa.hears()
    assert await is_asked(noa, text)


async def test_a_bare_yes_is_told_where_to_press(home: Home) -> None:
    """And not that it's good, and when the next one comes; a never mind is taken as one."""
    noa, _ = await couple(home)
    noa.writes("/leave")
    await noa.hears()
    assert await noa.answer("never mind") == "All right, you don't leave. Nothing has changed."
    noa.writes("/leave")
    await noa.hears()
    assert await noa.answer("yes") == SHORT_HINT
    await noa.presses(Verb.LEAVE)
    await noa.sees("You've left")


async def test_in_no_couple_nothing_is_asked_what_it_is_for(home: Home) -> None:
    """There is but the question."""
    noa = person(home, "Noa")
    noa.writes("/start")
    await noa.presses(Verb.CONSENT, on=await noa.sees("Hello"))
    noa.writes("/forget")
    await noa.hears()
    assert await noa.answer("yes, remove me please") == f"I've kept nothing of that. {SHORT_HINT}"


async def test_what_shows_choices_takes_no_reflection(home: Home) -> None:
    """A language may be typed where its button stands; and a story told under them may be for the round, or not."""
    noa, _ = await couple(home)
    noa.writes("/settings")
    await noa.presses(Verb.SCREEN, "language", on=await noa.sees("Your settings"))
    await noa.hears()
    assert await is_asked(noa, "the German one")
    await noa.presses(Verb.NOWHERE)
    noa.writes("/growth")
    await noa.hears()
    assert not await is_asked(noa, "yes please, sundays")
    await noa.presses(Verb.NOWHERE)
    await settled(home)
    noa.writes("/settings")
    await noa.presses(Verb.SCREEN, "days", on=await noa.sees("Your settings"))
    await noa.hears()
    assert not await is_asked(
        noa, "On Sunday we took the long way round the lake, and you carried both our bags."
    )


async def test_once_it_is_answered_words_go_where_they_went(home: Home) -> None:
    """Staying is an answer, of which nobody else is to know: what is said right under it is asked about once more."""
    noa, _ = await couple(home)
    noa.writes("/leave")
    await noa.presses(Verb.STAY, on=await noa.sees("Leave this couple?"))
    await noa.hears()
    await is_asked(noa, "I almost did it")
    await noa.presses(Verb.NOWHERE)
    noa.writes("/today")
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


async def test_after_a_question_for_oneself_alone_no_word_is_a_reflection(home: Home) -> None:
    """A while later, as a reply to it, and once it has been tapped: it is asked what that's for."""
    noa, _ = await couple(home)
    await wants_pulse(noa)
    await noa.hears()
    await is_asked(noa, "I felt lonely this week")
    await noa.presses(Verb.NOWHERE)
    asks_at = datetime(2026, 3, 8, 18, 1, tzinfo=UTC)
    await later(home, seconds=(asks_at - home.clock.now()).total_seconds())
    pulse = await noa.sees("Your week, for you alone.")
    await later(home, minutes=20)
    await noa.hears()
    await is_asked(noa, "2, I don't want Sam to know")
    await noa.presses(Verb.NOWHERE)
    await settled(home)
    noa.writes("/today")
    await settled(home)
    await noa.hears()
    noa.phone.send_text("still alone, after all of that", reply_to=pulse.message_id)
    await noa.sees(ASKED)
    await noa.presses(Verb.NOWHERE)
    await noa.presses(Verb.PULSE, on=pulse)
    await settled(home)
    await later(home, minutes=16)
    await noa.hears()
    await is_asked(noa, "hm I was lonely")


async def test_whether_now_is_good_is_answered_by_buttons_however_late(home: Home) -> None:
    """A yes is told where to press, as a reply too, and "tell her not now" is no reflection."""
    noa, sam = await couple(home)
    await asks(noa)
    asked = await sam.sees(NOW)
    await later(home, minutes=45)
    await sam.hears()
    assert await sam.answer("yes") == SHORT_HINT
    await is_asked(sam, "tell her not now")
    await sam.presses(Verb.NOWHERE)
    sam.writes("/help")
    await settled(home)
    await sam.hears()
    sam.phone.send_text("later", reply_to=asked.message_id)
    assert await sam.hears() == [SHORT_HINT]


@pytest.mark.parametrize("texts", [("yes", "yes leave", "no"), ("yes", "no, wait"), ("no",)])
async def test_each_word_under_a_question_is_told_where_to_press(home: Home, texts: tuple[str, ...]) -> None:
    """Not the first alone; a no is taken as one."""
    noa, _ = await couple(home)
    noa.writes("/leave")
    await noa.hears()
    for text in texts[:-1]:
        assert (await noa.answer(text)).endswith(SHORT_HINT)
    assert await noa.answer(texts[-1]) == "All right, you don't leave. Nothing has changed."
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


async def test_a_word_under_what_shall_go_of_a_draft_is_no_part_of_it(home: Home) -> None:
    """It is asked in words, and answered by buttons."""
    noa, _ = await couple(home)
    await noa.drafts("You made soup.")
    await noa.drafts("I slept well.")
    await noa.presses(Verb.START_OVER)
    await noa.sees("Shall all the parts go?")
    await settled(home)
    await noa.hears()
    assert SHORT_HINT in await noa.answer("no, keep it")
    assert stored(home, "SELECT count(*) FROM pieces") == [(2,)]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/leave", "you don't leave"),
        ("/forget", "nothing of yours is removed"),
        ("/card What made you laugh this spring?", "no card then"),
    ],
)
async def test_cancel_takes_away_what_was_to_be_pressed(home: Home, command: str, said: str) -> None:
    """It is named, and no button of it is left; a second time there is nothing to stop."""
    noa, _ = await couple(home)
    noa.writes(command)
    asked = (await noa.hears(), noa.phone.from_bot[-1])[1]
    assert said in await noa.answer("/cancel")
    assert asked.message_id not in {m.message_id for m in noa.phone.from_bot if m.buttons}
    assert "nothing to stop" in await noa.answer("/cancel")


async def test_an_hour_after_leave_a_yes_is_no_small_talk(home: Home) -> None:
    """The button stands there still."""
    noa, _ = await couple(home)
    noa.writes("/leave")
    await settled(home)
    await later(home, hours=1)
    await noa.hears()
    assert await noa.answer("yes") == SHORT_HINT


@pytest.mark.parametrize("typed", [label("in"), "im in!", label("not_now")])
async def test_the_label_of_a_button_that_is_typed_is_told_where_to_press(home: Home, typed: str) -> None:
    """Whoever was invited and types what the button says is no stranger to be greeted."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    sam.opens(await invites(noa))
    await sam.sees("Noa would like to practise")
    await sam.hears()
    assert await sam.answer(typed) == SHORT_HINT


@pytest.mark.parametrize("again", ["/start", "/invite"])
async def test_an_invitation_is_shown_again_to_whom_it_was_shown(home: Home, again: str) -> None:
    """Nobody who is waited for is made one who waits."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    sam.opens(await invites(noa))
    await sam.sees("Noa would like to practise")
    await sam.hears()
    assert "Noa would like to practise" in await sam.answer(again)
    await sam.presses(Verb.JOIN)
    await noa.presses(Verb.CONFIRM, on=await noa.sees("said yes. Is this"))
    await sam.sees("together here")


async def test_an_invitation_that_was_let_go_is_not_shown_again(home: Home) -> None:
    """They may begin by themselves."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    sam.opens(await invites(noa))
    await sam.presses(Verb.NOT_NOW, on=await sam.sees("Noa would like to practise"))
    await sam.hears()
    assert "Noa would like" not in await sam.answer("/start")


async def test_after_a_choice_of_the_rhythm_words_are_for_the_round(home: Home) -> None:
    """What somebody opened the settings for is done, and both are told of it; before that, words may be of it."""
    noa, _ = await couple(home)
    noa.writes("/settings")
    shown = await noa.sees("Your settings")
    assert await is_asked(noa, "the bells in the fog")
    await noa.presses(Verb.NOWHERE)
    noa.writes("/settings")
    shown = await noa.sees("Your settings")
    await noa.presses(Verb.SCREEN, "days", on=shown)
    await settled(home)
    await noa.presses(Verb.DAY, 6)
    await noa.hears()
    assert "That's yours for now" in await noa.answer("the bells in the fog")
