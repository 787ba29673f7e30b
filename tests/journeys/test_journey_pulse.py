"""A private pulse over HTTP: asked once a week at an hour of one's own, tapped or left, and seen by nobody else."""

from datetime import datetime, timedelta

from forging import forges
from memory import behind, stored, traces
from people import Person, couple, later, lives_in, screen, settings, settled
from weeks import ASKED, answers_week, wants_pulse

from bot.actions.pulse import bring_back
from bot.home.house import Home
from bot.sandbox import Message
from bot.screens.callbacks import Verb, encode

THANKS = "That stays with you alone"
PLANS = "SELECT weekday, minute, asks FROM pulse_plans"


def questions(who: Person) -> list[Message]:
    """Give the questions that a chat shows, answered or not."""
    return [m for m in who.phone.from_bot if any(words in m.text for words in (*ASKED, THANKS))]


async def test_three_taps_in_one_message_and_nobody_else_hears_of_it(home: Home) -> None:
    """The taps stand in no message, in no row that can be read, and not in the other's chat."""
    noa, sam = await couple(home)
    await wants_pulse(noa)
    await sam.hears()
    await later(home, days=7)
    (asked,) = questions(noa)
    assert asked.date == datetime(2026, 3, 8, 18, 0, tzinfo=asked.date.tzinfo)
    assert await answers_week(noa, 4, 2, 5) == THANKS
    assert len(questions(noa)) == 1
    assert questions(sam) == []
    assert stored(home, "SELECT count(DISTINCT partner_id) FROM outbox WHERE kind = 'pulse'") == [(1,)]
    assert traces(home, "4 2 5") == []
    ((ids,),) = stored(home, "SELECT count(*) FROM outbox WHERE kind = 'pulse' AND ids LIKE '%4%2%5%'")
    assert ids == 0


async def test_a_week_that_is_left_is_a_gap_and_no_word_is_said(home: Home) -> None:
    """The next question comes a week later; an old one's buttons are answered kindly, and change nothing."""
    noa, _ = await couple(home)
    await wants_pulse(noa)
    await later(home, days=7)
    (first,) = questions(noa)
    await later(home, days=7)
    assert len(questions(noa)) == 2
    assert not noa.was_told("haven't")
    await noa.hears()
    assert "That week has gone by" in await noa.press_answer(Verb.PULSE, on=first)
    assert stored(home, "SELECT count(*) FROM pulses") == [(0,)]


async def test_a_tap_can_be_changed_and_an_old_step_changes_nothing(home: Home) -> None:
    """A press on the first question, once the second is there, is no second answer to it."""
    noa, _ = await couple(home)
    await wants_pulse(noa)
    await later(home, days=7)
    (asked,) = questions(noa)
    first = str(asked.buttons[0][0].value)
    await answers_week(noa, 3)
    await forges(noa, asked, first)
    assert ASKED[1] in questions(noa)[0].text
    assert await answers_week(noa, 3, 3) == THANKS
    await noa.presses(Verb.PULSE_AGAIN)
    await settled(home)
    assert ASKED[0] in questions(noa)[0].text
    assert await answers_week(noa, 1, 1, 1) == THANKS
    for forged in (encode(Verb.PULSE, 0, 0, 3), encode(Verb.PULSE, 10**12, 0, 3), encode(Verb.PULSE, "x")):
        await forges(noa, asked, forged)
    assert len(stored(home, "SELECT 1 FROM pulses")) == 1


async def test_the_hour_is_ones_own_in_any_words(home: Home) -> None:
    """Another day by a button, another hour in words, asked back where they may mean two; told in one's own zone."""
    noa, sam = await couple(home)
    await lives_in(noa, "New York")
    await wants_pulse(noa)
    await screen(noa, (Verb.SCREEN, "pulse"), (Verb.PULSE_DAY, 2))
    await noa.presses(Verb.PULSE_HOUR)
    await noa.sees("that one question a week")
    noa.writes("half seven")
    await noa.presses(Verb.PULSE_AT, 19 * 60 + 30, on=await noa.sees("Morning or evening?"))
    await settled(home)
    assert stored(home, PLANS) == [(2, 19 * 60 + 30, 1)]
    await noa.presses(Verb.PULSE_HOUR)
    await noa.sees("that one question a week")
    assert "On Wednesday at 07:15" in await noa.answer("7:15 am")
    assert stored(home, "SELECT minute FROM couples") != [(7 * 60 + 15,)]
    await later(home, days=7)
    (asked,) = questions(noa)
    assert (asked.date.hour, asked.date.minute, asked.date.weekday()) == (12, 15, 2)  # UTC
    assert questions(sam) == []


async def test_the_switch_ends_it_and_what_was_tapped_stays(home: Home) -> None:
    """Off in the settings: nothing is asked any more, nor said about it."""
    noa, _ = await couple(home)
    await wants_pulse(noa)
    await later(home, days=7)
    await answers_week(noa, 4, 4, 4)
    assert "I don't ask" in await screen(noa, (Verb.SCREEN, "pulse"), Verb.PULSE_SWITCH)
    await later(home, days=14)
    assert len(questions(noa)) == 1
    assert len(stored(home, "SELECT 1 FROM pulses")) == 1
    assert await settings(noa)


async def test_a_rest_of_ones_own_is_one_and_the_other_s_is_not(home: Home) -> None:
    """Whoever rests is not asked; that the other rests shows in nothing here."""
    noa, sam = await couple(home)
    for who in (noa, sam):
        await wants_pulse(who)
    sam.writes("/pause")
    await later(home, days=7)
    assert len(questions(noa)) == 1
    assert questions(sam) == []
    sam.writes("/resume")
    await later(home, days=7)
    assert len(questions(sam)) == 1


async def test_nobody_is_asked_about_two_who_have_parted(home: Home) -> None:
    """A question that stands takes no tap any more; and the other's leaving is told as ever."""
    noa, sam = await couple(home)
    await wants_pulse(noa)
    await later(home, days=7)
    (asked,) = questions(noa)
    sam.writes("/leave")
    await sam.presses(Verb.LEAVE)
    await settled(home)
    await noa.hears()
    await noa.presses(Verb.PULSE, on=asked)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM pulses") == [(0,)]
    await later(home, days=14)
    assert len(questions(noa)) == 1


async def test_a_plan_by_a_wrong_clock_is_brought_back(home: Home) -> None:
    """As openings are; and an hour that was missed by a stop is let be."""
    noa, _ = await couple(home)
    await wants_pulse(noa)
    await behind(home, "UPDATE pulse_plans SET due_at = due_at + 31536000000000")
    async with home.app.database.unit(home.clock.now()) as work:
        assert await bring_back(work, 100) == 1
    await later(home, days=7)
    assert len(questions(noa)) == 1
    home.clock.advance(timedelta(days=7, hours=9))
    await settled(home)
    assert len(questions(noa)) == 1
    await later(home, days=7)
    assert len(questions(noa)) == 2


async def test_forgetting_takes_the_weeks_along(home: Home) -> None:
    """And the keepsake made before held them."""
    noa, _ = await couple(home)
    await wants_pulse(noa)
    await later(home, days=7)
    await answers_week(noa, 4, 2, 5)
    noa.writes("/export")
    await noa.sees("Your keepsake")
    noa.writes("/forget")
    await noa.presses(Verb.FORGET)
    await settled(home)
    for table in ("pulses", "pulse_plans"):
        assert stored(home, f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 (named above)
