"""Words that come while nothing is open are not thrown away: a letter can begin with them."""

import pytest
from couple_person import Person
from couple_world import HOUR, World, respond, reveal

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
ASKED = "Nothing is open for you two just now"


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def answered(world: World, pair: Pair) -> Person:
    """Let Bo answer Ana, who says that it isn't all yet: nothing is left for Bo to do until Ana has written."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were cold")
    await ana.presses(Heard.PARTLY)
    await world.deliver()
    return bo


async def test_a_letter_can_begin_with_them(world: World, pair: Pair) -> None:
    """They are quoted, and wait; the press makes them a letter's, which its writer sees before any seal."""
    bo = await answered(world, pair)
    assert await says(bo, "I will come next time") == "kept_ask"
    assert ASKED in bo.last("kept_ask").text
    assert "I will come next time" in bo.last("kept_ask").text
    assert await says(bo, "and bring the pears") == "kept_ask"
    await bo.presses(Verb.PLACE, "capsule")
    await world.deliver()
    assert bo.last("capsule_draft").quoted == ["I will come next time", "and bring the pears"]
    assert all("next time" not in text for text in pair[0].texts())


async def test_a_voice_message_waits_too(world: World, pair: Pair) -> None:
    """It is the hardest to say again."""
    bo = await answered(world, pair)
    await bo.sends("voice", "v1")
    await world.deliver()
    assert bo.kinds()[-1] == "kept_ask"
    await bo.presses(Verb.NOWHERE)
    await world.deliver()
    assert await world.rows("SELECT 1 AS one FROM kept") == []


@pytest.mark.parametrize("text", ["haha", "no", "wait", "not really", "..."])
async def test_a_sign_of_life_is_answered_and_nothing_waits(world: World, pair: Pair, text: str) -> None:
    """Nobody is asked what it is for."""
    bo = await answered(world, pair)
    assert await says(bo, text) != "kept_ask"
    assert await world.rows("SELECT 1 AS one FROM kept") == []


@pytest.mark.parametrize("text", ["pears!", "saudade", "miss you", "Dear Ana"])
async def test_a_word_of_love_is_not_thrown_away(world: World, pair: Pair, text: str) -> None:
    """It is often one word. What one is sorry for goes with it."""
    bo = await answered(world, pair)
    assert await says(bo, text) == "kept_ask"
    assert await says(bo, "I'm sorry") == "kept_ask"
    assert "I'm sorry" in bo.texts()[-1]
    assert await says(bo, "good night") == "courtesy"
    assert "Good night" in bo.texts()[-1]


async def test_no_letter_is_held_out_to_who_is_in_danger(world: World, pair: Pair) -> None:
    """Its reader may be the one who does it. Help comes."""
    bo = await answered(world, pair)
    await says(bo, "she hit me yesterday")
    assert "kept_ask" not in bo.kinds()
    assert await world.rows("SELECT 1 AS one FROM kept") == []


async def test_the_next_round_takes_its_own_words_alone(world: World, pair: Pair) -> None:
    """What waits goes on waiting for its press."""
    bo = await answered(world, pair)
    await world.later(5 * HOUR)
    await says(bo, "I will come next time")
    await world.later((await world.due() or world.now) - world.now)
    await says(bo, "and bring the pears")
    assert bo.last("draft").quoted == ["and bring the pears"]
    await bo.presses(Verb.PLACE, "capsule")
    await world.deliver()
    assert bo.last("capsule_draft").quoted == ["I will come next time"]


@pytest.mark.parametrize("text", ["I still think of it", "we were so young then"])
async def test_without_a_couple_nothing_waits(world: World, pair: Pair, text: str) -> None:
    """Nobody is there who could read it one day."""
    ana, _ = pair
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    assert await says(ana, text) == "plain"
    assert await world.rows("SELECT 1 AS one FROM kept") == []
