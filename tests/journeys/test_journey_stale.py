"""What has ceased to be true by what the other or the clock does changes in place, or loses its buttons."""

import pytest
from labels import label
from memory import stored
from people import Person, couple, later, settled
from talking import ASKED, CALM, NOT_JUST_NOW, Two, agrees, asks, begun, says, states, to_the_end

from bot.home.house import Home
from bot.screens.callbacks import Verb

OVER = "There's nothing to answer here any more."
TALKS = frozenset(
    {
        Verb.TALK_YES, Verb.TALK_LATER, Verb.TALK_NO, Verb.TALK_PAUSE, Verb.TALK_STOP, Verb.TALK_GO_ON, Verb.TALK_SEND,
        Verb.TALK_KEEP, Verb.TALK_UNTIL, Verb.TALK_CARD_BACK, Verb.TALK_REWRITE, Verb.TALK_ANSWER, Verb.TALK_BEGIN,
    }
)  # fmt: skip


async def leaves(person: Person) -> None:
    """Leave, and let it be told."""
    person.writes("/leave")
    await person.presses(Verb.LEAVE)
    await settled(person.home)


def of_talks(person: Person) -> list[str]:
    """List the buttons of talks that stand in a chat."""
    verbs = {verb.value for verb in TALKS}
    buttons = (button for m in person.phone.from_bot for row in m.buttons for button in row)
    return [button.text for button in buttons if str(button.value).split(":")[0] in verbs]


@pytest.mark.parametrize("before_calm", [True, False])
async def test_a_question_ends_with_the_couple(home: Home, *, before_calm: bool) -> None:
    """Whoever is asked whether now is good reads that there is nothing to answer, once the asker has left."""
    noa, sam = await couple(home)
    await asks(noa)
    if not before_calm:
        await sam.presses(Verb.TALK_YES)
        await settled(home)
    await leaves(noa)
    assert sam.was_told(OVER)
    assert not sam.was_told(ASKED)
    assert of_talks(noa) + of_talks(sam) == []


async def test_the_way_back_ends_with_the_answer(home: Home) -> None:
    """*Take it back* under "I've asked" would stop the talk itself: it goes once that is answered, or left."""
    noa, sam = await couple(home)
    await asks(noa)
    assert of_talks(noa) == [label("take_back")]
    await agrees(sam)
    assert of_talks(noa) == of_talks(sam) == [label("talk_pause"), label("talk_stop")]
    await noa.presses(Verb.TALK_STOP)
    await settled(home)
    await later(home, hours=2)
    await asks(noa)
    await sam.presses(Verb.TALK_NO)
    await settled(home)
    assert noa.was_told(NOT_JUST_NOW)
    assert of_talks(noa) + of_talks(sam) == []
    await later(home, hours=30)
    await asks(noa)
    await later(home, hours=30)
    assert of_talks(noa) + of_talks(sam) == []


async def test_a_talk_that_is_stopped_leaves_no_button(home: Home) -> None:
    """Neither a step nor a quotation nor a rest, in neither chat; a seal's way back goes, too."""
    two = await begun(home, "/repair")
    await says(two.noa, "I felt hot.")
    two.noa.writes("A cup fell.")
    await settled(home)
    await two.sam.presses(Verb.TALK_STOP)
    await settled(home)
    assert of_talks(two.noa) + of_talks(two.sam) == []


async def test_a_rest_that_is_over_says_so(home: Home) -> None:
    """Whoever let it rest has no second *Go on* once it goes on, by the other's press or by the clock."""
    two = await begun(home)
    for by_the_clock in (False, True):
        await two.noa.presses(Verb.TALK_PAUSE)
        await two.noa.presses(Verb.TALK_UNTIL)
        await settled(home)
        if by_the_clock:
            await later(home, hours=3)
        else:
            two.sam.writes("/dialogue")
            await two.sam.presses(Verb.TALK_GO_ON)
            await settled(home)
        assert states(home) == ["going"]
        assert of_talks(two.noa) == of_talks(two.sam) == [label("talk_pause"), label("talk_stop")]


async def kept_or_not(home: Home) -> Two:
    """Bring two to the question whether it stays."""
    two = await begun(home)
    await to_the_end(two)
    assert of_talks(two.noa) == of_talks(two.sam)
    assert len(of_talks(two.noa)) == 2
    return two


async def test_what_nobody_keeps_is_asked_no_more(home: Home) -> None:
    """After a week of silence the question is over, for whoever hasn't answered: what the other said isn't told."""
    two = await kept_or_not(home)
    await two.sam.presses(Verb.TALK_KEEP, 1)
    await later(home, days=8)
    assert "kept" not in states(home)
    assert two.noa.was_told(OVER)
    assert not two.sam.was_told(OVER)


async def test_what_two_had_to_say_goes_with_them(home: Home) -> None:
    """When they part before they have said so, too."""
    two = await kept_or_not(home)
    await two.sam.presses(Verb.TALK_KEEP, 1)
    await leaves(two.sam)
    assert two.noa.was_told(OVER)
    assert not two.sam.was_told(OVER)


async def test_a_letter_that_will_not_open_promises_nothing(home: Home) -> None:
    """When two part, its author reads that where it was promised, and keeps it; a draft's words stay in the chat."""
    noa, sam = await couple(home)
    for words in ("For your birthday.", "For another day."):
        noa.writes("/capsule")
        noa.writes(words)
        await settled(home)
        if words.startswith("For your"):
            await noa.presses(Verb.CAPSULE_DAY, 12)
            await noa.presses(Verb.CAPSULE_SEAL)
            await settled(home)
    assert noa.was_told("Your letter opens for Sam")
    await leaves(sam)
    assert stored(home, "SELECT sealed_at FROM capsules") == [(None,), (None,)]
    assert noa.was_told("Your letter won't open")
    assert not noa.was_told("Your letter opens for Sam")
    draft = await noa.finds("For another day.")
    assert draft.labels == []


async def test_going_on_with_a_talk_that_is_over_says_so(home: Home) -> None:
    """The button under what was put aside doesn't stay silent."""
    two = await begun(home)
    two.noa.writes("/practice")
    await two.noa.finds("What you two are talking through can wait.")
    await two.sam.presses(Verb.TALK_STOP)
    await two.noa.hears()
    assert "That step is done" in await two.noa.press_answer(Verb.TAKE_UP)


async def test_a_question_that_ones_own_wish_has_answered_is_over(home: Home) -> None:
    """Both want to talk at once: who says so second is asked no more whether now is good."""
    noa, sam = await couple(home)
    sam.writes("/dialogue")
    calm = await sam.sees(CALM)
    await asks(noa)
    await sam.sees(ASKED)
    await sam.presses(Verb.TALK_CALM, 5, on=calm)
    await settled(home)
    assert states(home) == ["going"]
    assert not sam.was_told(ASKED)
    assert sam.was_told(OVER)
    assert of_talks(sam) == [label("talk_pause"), label("talk_stop")]
