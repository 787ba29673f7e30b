"""The very label of a button, typed, is shown where to press, and is kept nowhere."""

import pytest
from couple_person import Person
from couple_world import World, respond, reveal

from bot.screens.callbacks import Verb
from bot.screens.labels import LOOKED_AT

Pair = tuple[Person, Person]
SHOWN = "press one of the buttons there"


async def says(person: Person, text: str) -> str:
    """Write; give what stands last in the chat."""
    await person.writes(text)
    await person.world.deliver()
    return person.texts()[-1]


@pytest.mark.parametrize("text", ["partly", "I feel heard", "Not yet!", "i feel heard."])
async def test_how_an_answer_landed_is_pressed(world: World, pair: Pair, text: str) -> None:
    """Twice, too; and whether one's own answer is given or not."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you felt alone at the door")
    await respond(ana, "you waited in the rain")
    for _ in range(2):
        assert SHOWN in await says(ana, text)
    async with world.unit() as work:
        assert not await work.kept.of(ana.id)


async def test_a_label_that_stands_nowhere_is_words_as_any_other(pair: Pair) -> None:
    """It may be what somebody writes of their day."""
    ana, _ = pair
    await says(ana, "Partly")
    assert ana.kinds()[-1] == "draft"
    assert Verb.SEAL in ana.asks()


async def test_a_button_that_stands_under_ones_words_is_pressed(world: World, pair: Pair) -> None:
    """Typed, it is no part of what the other is to read; who meant it for them says so."""
    ana, _ = pair
    await ana.presses_data(1, "sw:put_away")
    await says(ana, "we sang in the car")
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert "That's what a button says" in await says(ana, "show mine")
    await ana.presses(Verb.NOT_FOR_YOU)
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    assert "show mine" in ana.texts()[-1]


async def test_how_near_a_guess_came_is_pressed(world: World, pair: Pair) -> None:
    """It is not the beginning of an answer."""
    ana, bo = pair
    await world.rows("UPDATE rounds SET prompt = :id, swapped = 0", id="perspective-the-hard-hour")
    await bo.writes("I guess it was the morning.")
    await world.deliver()
    await bo.presses(Verb.SEAL)
    await says(ana, "Thursday, before the visit.")
    await ana.presses(Verb.SEAL)
    await world.deliver()
    near = ana if Verb.NEAR in ana.asks() else bo
    assert "That's what a button says" in await says(near, "very near")
    assert near.kinds()[-1] == "courtesy"


async def test_a_button_far_up_is_none_that_somebody_has_before_them(world: World, pair: Pair) -> None:
    """They tell of their day."""
    ana, _ = pair
    await ana.presses_data(1, "sw:put_away")
    await says(ana, "we sang in the car")
    await ana.presses(Verb.SEAL)
    await world.deliver()
    for _ in range(LOOKED_AT + 1):
        await says(ana, "/help")
    await says(ana, "show mine")
    assert ana.kinds()[-1] == "kept_ask"
