"""What is typed right under a page of help, or as a rest begins, is for nobody else unasked."""

import pytest
from couple_person import Person
from couple_world import World, reveal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


@pytest.mark.parametrize(
    "text", ["the north coast", "delete this from my chat", "could they see that I was here"]
)
async def test_nothing_under_a_page_of_help_joins_the_others_words(
    world: World, pair: Pair, text: str
) -> None:
    """A draft stands there, and stays as it is."""
    ana, _ = pair
    await ana.writes("a slow morning by the window")
    await world.deliver()
    await ana.writes("/safety")
    await world.deliver()
    await ana.writes(text)
    await world.deliver()
    assert ana.last("kept_ask").quoted == [text]
    assert ana.last("draft").quoted == ["a slow morning by the window"]


async def test_nothing_under_a_worry_becomes_an_answer(world: World, pair: Pair) -> None:
    """What to do then is said again there, and nobody is asked to answer the words that worry."""
    ana, _ = pair
    await reveal(world)
    await ana.presses(Verb.WORRIES)
    await world.deliver()
    await ana.writes("what do I do now?")
    await world.deliver()
    assert ana.kinds()[-1] == "safety"
    await ana.writes("a heavy evening")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"


async def test_help_that_was_looked_at_before_something_else_came_asks_nothing(
    world: World, pair: Pair
) -> None:
    """What came since names where words go."""
    ana, _ = pair
    await ana.writes("/safety")
    await world.deliver()
    await ana.writes("/today")
    await world.deliver()
    await ana.writes("a slow morning by the window")
    await world.deliver()
    assert ana.last("draft").quoted == ["a slow morning by the window"]


async def test_how_long_a_rest_shall_be_joins_no_words(world: World, pair: Pair) -> None:
    """It may be no word for the other."""
    ana, _ = pair
    await ana.writes("/pause")
    await world.deliver()
    await ana.writes("a week")
    await world.deliver()
    assert ana.last("kept_ask").quoted == ["a week"]
