"""Who has just read something in a talk is in the talk: what they say of it begins no answer elsewhere unasked."""

import pytest
from couple_person import Person
from couple_world import World, reveal
from test_actions_stops import begins, says

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def reads(world: World, pair: Pair, text: str) -> None:
    """Bring the two after a reveal into a dialogue, and the first one's turn to the other."""
    ana, _ = pair
    await reveal(world)
    await begins(world, pair, "/dialogue")
    await says(ana, text)
    await ana.presses(Verb.TALK_SEND)
    await world.deliver()


async def test_what_to_do_is_asked_of_the_talk(world: World, pair: Pair) -> None:
    """Its step stands there again, and not the round."""
    _, bo = pair
    await reads(world, pair, "when you talk over me I feel small")
    bo.look_away()
    await says(bo, "what do I do")
    assert "talk_step" in bo.kinds()
    assert "plain" not in bo.kinds()
    assert Verb.TALK_STOP in bo.asks()
    assert await says(bo, "are you scared of me?") == "talk_draft"
    assert "response_draft" not in bo.kinds()


@pytest.mark.parametrize("text", ["is she ok", "is Ana ok?"])
async def test_how_the_other_is_begins_no_answer_unasked(world: World, pair: Pair, text: str) -> None:
    """Neither of the talk nor of the round; after a reveal alone it doesn't either."""
    ana, bo = pair
    await reveal(world)
    assert await says(bo, text) == "kept_ask"
    await bo.presses(Verb.NOWHERE)
    await world.deliver()
    await begins(world, pair, "/dialogue")
    await says(ana, "when you talk over me I feel small")
    await ana.presses(Verb.TALK_SEND)
    await world.deliver()
    assert await says(bo, text) == "kept_ask"
    assert "talk_draft" not in bo.kinds()


@pytest.mark.parametrize("text", ["what do I do", "is she ok", "help"])
async def test_danger_read_in_a_talk_brings_what_one_can_do(world: World, pair: Pair, text: str) -> None:
    """As in a round."""
    _, bo = pair
    await reads(world, pair, "sometimes I don't want to be here anymore")
    assert await says(bo, text) == "worry"
