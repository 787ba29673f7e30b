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


async def test_who_is_afraid_for_the_other_is_held_up_by_nothing(world: World, pair: Pair) -> None:
    """In answer to words that may mean danger it is asked of the other, and of nobody else."""
    ana, bo = pair
    await reveal(world, "I don't want to live anymore", "a quiet evening")
    assert world.services.content.for_bot("are you there", "en")
    assert await says(bo, "are you there") == "response_draft"
    assert bo.last("response_draft").quoted == ["are you there"]
    assert ana.shown


@pytest.mark.parametrize(
    "text", ["I want us to part", "don't go just now", "he began it again", "it was a long day"]
)
async def test_a_couples_plain_and_heavy_words_are_their_own(pair: Pair, text: str) -> None:
    """They are no talk to a bot."""
    assert await says(pair[0], text) == "draft"
