"""The very label of a button, typed, is shown where to press, and is kept nowhere."""

import pytest
from couple_person import Person
from couple_world import World, respond, reveal

from bot.screens.callbacks import Verb

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
