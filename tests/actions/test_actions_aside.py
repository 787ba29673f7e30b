"""What somebody was asked for is put aside in one sentence: once, as long as it can be taken up again."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import DAY, World, respond, reveal, seal
from going_on import going_on

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def press(person: Person, ask: Verb | Heard) -> None:
    """Press, and let all that follows arrive."""
    await person.presses(ask)
    await person.world.deliver()


async def an_earlier_day(world: World, ana: Person, bo: Person) -> None:
    """Ana has pressed *Write for this one*."""
    await world.next_opening()
    await ana.writes("/today")
    await world.deliver()
    await press(ana, Verb.EARLIER_CARD)
    await press(ana, Verb.WRITE_FOR)
    assert bo


async def an_answer(world: World, ana: Person, bo: Person) -> None:
    """Ana has pressed *My own words*."""
    await reveal(world)
    await press(ana, Verb.OWN_WORDS)
    assert bo


async def what_to_understand(world: World, ana: Person, bo: Person) -> None:
    """Ana was asked what she would like understood."""
    await reveal(world)
    await respond(bo, "you were cold")
    await press(ana, Heard.PARTLY)


async def words_under_the_reveal(world: World, ana: Person, bo: Person) -> None:
    """Ana has just written under Bo's words."""
    await reveal(world)
    await ana.writes("you stood there alone")
    await world.deliver()
    assert bo


async def words_to_understand(world: World, ana: Person, bo: Person) -> None:
    """Ana has written what she would like understood."""
    await what_to_understand(world, ana, bo)
    await ana.writes("I was tired, not cold")
    await world.deliver()


WRITTEN = "What you've written of it is still there."


@pytest.mark.parametrize("begins", [words_under_the_reveal, words_to_understand])
async def test_what_was_begun_without_a_button_is_put_aside_too(
    world: World, pair: Pair, begins: Callable[[World, Person, Person], Awaitable[None]]
) -> None:
    """Once, and with what is written of it; taken up again it goes on where it was."""
    ana, bo = pair
    await begins(world, ana, bo)
    for _ in range(3):
        await world.next_opening()
        assert ana.kinds().count("put_aside") == 1
    assert ana.last("put_aside").text.endswith(WRITTEN)
    await press(ana, Verb.TAKE_UP)
    await ana.writes("and you had come far")
    await world.deliver()
    assert len(ana.last(ana.kinds()[-1]).quoted) == 2
    await press(ana, Verb.SEND)
    await world.next_opening()
    assert ana.kinds().count("put_aside") == 1


async def test_what_has_gone_out_can_be_taken_up_no_more(world: World, pair: Pair) -> None:
    """Bo's answer came while Ana's stood unsent, which can't wait any longer once it is sent."""
    ana, bo = pair
    await words_under_the_reveal(world, ana, bo)
    await respond(bo, "you were cold")
    await world.deliver()
    asked = ana.last("put_aside").id
    assert ana.shown[asked].buttons
    await press(ana, Verb.SEND)
    assert ana.shown[asked].buttons == []


@pytest.mark.parametrize("begins", [words_under_the_reveal, words_to_understand])
async def test_what_was_begun_without_a_button_can_be_cancelled(
    world: World, pair: Pair, begins: Callable[[World, Person, Person], Awaitable[None]]
) -> None:
    """It is named, and what is typed next is asked about."""
    ana, bo = pair
    await begins(world, ana, bo)
    await ana.writes("/cancel")
    await world.deliver()
    assert "nothing to stop" not in ana.last("cancelled").text
    await ana.writes("and the tram was late")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"


async def test_a_starter_joins_the_first_words_alone(world: World, pair: Pair) -> None:
    """Of what it begins; put aside and taken up again, it stands there once."""
    ana, _ = pair
    await reveal(world)
    number, data = next((m, data) for m, ask, data in ana.offered if ask is Verb.STARTER)
    await ana.presses_data(number, data)
    await world.deliver()
    opening = ana.last("starter").text.partition(" …")[0]
    words = going_on(opening)
    await ana.writes(words)
    await world.deliver()
    begun = ana.last("response_draft").quoted[0]
    assert begun == f"{opening} {words}"
    await world.next_opening()
    await press(ana, Verb.TAKE_UP)
    await ana.writes("you had come far")
    await world.deliver()
    assert ana.last("response_draft").quoted == [begun, "you had come far"]


@pytest.mark.parametrize("begins", [an_earlier_day, an_answer, what_to_understand])
async def test_it_is_said_once(
    world: World, pair: Pair, begins: Callable[[World, Person, Person], Awaitable[None]]
) -> None:
    """However many evenings come after it, and whatever else comes."""
    ana, bo = pair
    await begins(world, ana, bo)
    for _ in range(4):
        await world.next_opening()
        assert ana.kinds().count("put_aside") == 1
    assert "What you've written" not in ana.last("put_aside").text
    await seal(ana, "for today")
    await seal(bo, "bo's, for today")
    assert ana.kinds().count("put_aside") == 1


async def test_what_is_taken_up_again_may_be_put_aside_again(world: World, pair: Pair) -> None:
    """It was asked for anew."""
    ana, bo = pair
    await an_earlier_day(world, ana, bo)
    await world.next_opening()
    await press(ana, Verb.TAKE_UP)
    await world.next_opening()
    await world.next_opening()
    assert ana.kinds().count("put_aside") == 2


async def test_what_has_lapsed_waits_no_more(world: World, pair: Pair) -> None:
    """The way back to it is taken off without a word."""
    ana, bo = pair
    await an_earlier_day(world, ana, bo)
    await world.next_opening()
    asked = ana.last("put_aside").id
    await world.later(15 * DAY)
    assert ana.shown[asked].buttons == []
    assert ana.kinds().count("put_aside") == 1
    assert "lapsed" not in ana.kinds()
    async with world.unit() as work:
        assert (await work.partners.get(ana.id)).expectation.round is None


async def test_what_is_written_of_an_answer_is_said_to_be_there(world: World, pair: Pair) -> None:
    """Only where something is."""
    ana, bo = pair
    await an_answer(world, ana, bo)
    await ana.writes("you stood there alone")
    await world.deliver()
    await press(ana, Verb.REWRITE)
    await ana.writes("you stood there all alone")
    await world.deliver()
    await press(ana, Verb.OWN_WORDS)
    await world.next_opening()
    assert WRITTEN in ana.last("put_aside").text
