"""A wish to take something back that is typed is shown the button, and becomes no words of a round."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import World, reveal, seal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def a_draft(world: World, ana: Person) -> None:
    """Ana has written for the day."""
    await ana.writes("we sang in the car")
    await world.deliver()


async def sealed(world: World, ana: Person) -> None:
    """Ana has sealed."""
    await seal(ana, "we sang in the car")
    await world.deliver()


async def an_answer(world: World, ana: Person) -> None:
    """Ana has written under Bo's words."""
    await reveal(world)
    await ana.writes("you sang in the car")
    await world.deliver()


async def a_card(world: World, ana: Person) -> None:
    """Ana has let a card of her own come."""
    await ana.writes("/card Which song shall we sing in the car?")
    await world.deliver()
    await ana.presses(Verb.CARD_COME)
    await world.deliver()


@pytest.mark.parametrize("text", ["cancel it", "Can I take it back?", "Undo that please"])
@pytest.mark.parametrize("begins", [a_draft, sealed, an_answer, a_card])
async def test_it_is_said_which_buttons_take_back(
    world: World, pair: Pair, begins: Callable[[World, Person], Awaitable[None]], text: str
) -> None:
    """Nothing is asked, and what stands there stays as it is; also where it is typed twice."""
    ana, _ = pair
    await begins(world, ana)
    ana.look_away()
    for _ in range(2):
        await ana.writes(text)
        await world.deliver()
    assert ana.kinds().count("courtesy") == 2
    assert "kept_ask" not in ana.kinds()
    said = ana.last("courtesy").text
    assert "The buttons just above do" in said or "The buttons under your words do" in said


async def test_where_nothing_can_be_taken_back_they_are_asked_about(world: World, pair: Pair) -> None:
    """They may be words as any other; nobody's are lost."""
    ana, _ = pair
    await ana.writes("take it back")
    await world.deliver()
    assert ana.last("kept_ask").quoted == ["take it back"]


async def test_under_a_question_what_words_are_for_its_buttons_are_named(world: World, pair: Pair) -> None:
    """They join no pile there."""
    ana, _ = pair
    await a_card(world, ana)
    await ana.writes("it was a long day at the mill")
    await world.deliver()
    asked = ana.last("kept_ask").quoted
    await ana.writes("cancel it")
    await world.deliver()
    assert ana.kinds()[-1] == "courtesy"
    assert ana.last("kept_ask").quoted == asked


@pytest.mark.parametrize("text", ["/card", "/card Which road shall we take?"])
async def test_who_wants_another_card_is_shown_the_one_that_waits(
    world: World, pair: Pair, text: str
) -> None:
    """With its way back; then there is room for the other."""
    ana, _ = pair
    await a_card(world, ana)
    ana.look_away()
    await ana.writes(text)
    await world.deliver()
    assert ana.kinds() == ["card_waits"]
    await ana.presses(Verb.CARD_BACK)
    await world.deliver()
    await ana.writes("/card Which road shall we take?")
    await world.deliver()
    assert ana.kinds()[-1] == "card_draft"
