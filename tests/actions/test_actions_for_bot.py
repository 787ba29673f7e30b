"""What is said to the bot in words of one's own is asked about, and never guessed to be the other's."""

import pytest
from couple_person import Person
from couple_world import World, reveal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
SAID = [
    "remove what I said about my sister",
    "how do I make it come earlier",
    "what happens when I press that",
]


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


@pytest.mark.parametrize("text", SAID)
async def test_it_is_no_line_of_what_is_written(world: World, pair: Pair, text: str) -> None:
    """The question names /today and /help; what stands there stays as it was."""
    ana, _ = pair
    assert await says(ana, "my sister called from the station") == "draft"
    assert await says(ana, text) == "kept_ask"
    assert "/help" in ana.last("kept_ask").text
    assert text not in ana.last("draft").quoted
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await world.deliver()
    assert ana.last("sealed").quoted == ["my sister called from the station"]


@pytest.mark.parametrize("text", SAID)
async def test_it_begins_no_answer(world: World, pair: Pair, text: str) -> None:
    """Neither to today's card nor to the other's words."""
    ana, bo = pair
    assert await says(ana, text) == "kept_ask"
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    await reveal(world)
    assert await says(bo, text) == "kept_ask"


async def test_it_may_be_the_others_all_the_same(world: World, pair: Pair) -> None:
    """A press says so, and it goes where it says."""
    ana, _ = pair
    assert await says(ana, "can you delete that please") == "kept_ask"
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert "can you delete that please" in ana.last("draft").quoted


async def test_a_reply_says_what_it_is_for(world: World, pair: Pair) -> None:
    """Whoever replies to a message has named the place."""
    ana, _ = pair
    card = next(number for number, shown in ana.shown.items() if shown.kind == "prompt")
    await ana.replies(card, "how do I make it come earlier")
    await world.deliver()
    assert ana.kinds()[-1] == "draft"
