"""Nothing is sealed or sent while newer words wait beside it, or it's open whether all of it shall go, unsaid."""

import pytest
from couple_person import Person
from couple_world import World, reveal

from bot.practice.round import Slot
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
LONG = "I liked that you came back and closed the door so very quietly"


async def say(world: World, person: Person, *texts: str) -> None:
    """Write one after the other, each once what was said before has arrived."""
    for text in texts:
        await person.writes(text)
        await world.deliver()


async def press(world: World, person: Person, verb: Verb, *about: int | str) -> None:
    """Press, and let all that follows arrive."""
    await person.presses(verb, *about)
    await world.deliver()


async def test_words_beside_a_draft_are_named_before_it_is_sealed(world: World, pair: Pair) -> None:
    """A second press seals it without them: whoever presses has read it."""
    ana, _ = pair
    await say(world, ana, "a wobbly window", "/card Which road shall we take?")
    await press(world, ana, Verb.CARD_COME)
    await say(world, ana, "and a late tram")
    assert ana.kinds()[-1] == "kept_ask"
    await press(world, ana, Verb.SEAL)
    assert "aren't in it yet" in ana.last("refusal").text
    assert not (await world.round()).turn(ana.id).sealed
    await press(world, ana, Verb.SEAL)
    assert (await world.round()).turn(ana.id).sealed


async def test_words_that_come_after_it_was_said_are_named_again(world: World, pair: Pair) -> None:
    """And none are once they have their place."""
    ana, _ = pair
    await say(world, ana, "a wobbly window", "/card Which road shall we take?")
    await press(world, ana, Verb.CARD_COME)
    await say(world, ana, "and a late tram")
    await press(world, ana, Verb.SEAL)
    await say(world, ana, "and a grey morning")
    await press(world, ana, Verb.SEAL)
    assert not (await world.round()).turn(ana.id).sealed
    while any(shown.kind == "kept_ask" for shown in ana.shown.values()):
        await press(world, ana, Verb.PLACE)
    await press(world, ana, Verb.SEAL)
    assert (await world.round()).turn(ana.id).sealed
    round_ = await world.round()
    async with world.unit() as work:
        draft = await work.words.own(ana.id, round_.id, Slot.REFLECTION)
        assert len(draft.pieces) == 3


async def test_an_answer_waits_for_what_is_written_beside_it(world: World, pair: Pair) -> None:
    """As a reflection does."""
    ana, bo = pair
    await reveal(world)
    await say(world, bo, "you felt alone at the door", "/card Which road shall we take?")
    await press(world, bo, Verb.CARD_COME)
    await say(world, bo, "and cold")
    await press(world, bo, Verb.SEND)
    assert "aren't in it yet" in bo.last("refusal").text
    assert not any(shown.kind == "response_words" for shown in ana.shown.values())
    await press(world, bo, Verb.SEND)
    assert any(shown.kind == "response_words" for shown in ana.shown.values())


@pytest.mark.parametrize("text", ["and a tram", LONG])
async def test_after_start_over_is_pressed_words_are_asked_about(world: World, pair: Pair, text: str) -> None:
    """However many: until it is answered the old ones may be meant to be gone."""
    ana, _ = pair
    await say(world, ana, "a wobbly window", "a wobbly door")
    await press(world, ana, Verb.START_OVER)
    await say(world, ana, text)
    assert ana.kinds()[-1] == "kept_ask"


async def test_what_was_to_go_is_not_sealed_unsaid(world: World, pair: Pair) -> None:
    """Until the question is answered, or the press is meant all the same."""
    ana, _ = pair
    await say(world, ana, "a wobbly window", "a wobbly door")
    await press(world, ana, Verb.START_OVER)
    await press(world, ana, Verb.SEAL)
    assert "start over" in ana.last("refusal").text
    assert not (await world.round()).turn(ana.id).sealed
    await press(world, ana, Verb.SEAL)
    assert (await world.round()).turn(ana.id).sealed


async def test_what_shall_stay_is_sealed_at_once(world: World, pair: Pair) -> None:
    """Once that has been said."""
    ana, _ = pair
    await say(world, ana, "a wobbly window", "a wobbly door")
    await press(world, ana, Verb.START_OVER)
    await press(world, ana, Verb.STAY)
    await press(world, ana, Verb.SEAL)
    assert (await world.round()).turn(ana.id).sealed
