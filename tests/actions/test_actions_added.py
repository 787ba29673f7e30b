"""Words under "how did that land with you?" are kept, and asked about: they may be what one would like understood."""

import pytest
from couple_person import Person
from couple_world import World, respond, reveal

from bot.practice.round import Slot
from bot.practice.thread import Heard, ThreadState
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
MORE = "not quite, I was scared that you'd leave"


@pytest.fixture
async def ana(world: World, pair: Pair) -> Person:
    """Let Ana read Bo's answer, and write more."""
    ana, bo = pair
    await reveal(world)
    await respond(ana, "you waited in the rain")
    await respond(bo, "you felt alone at the door")
    await ana.writes(MORE)
    await world.deliver()
    return ana


async def test_they_are_asked_about_and_become_the_clarification(world: World, ana: Person) -> None:
    """One press both says that the answer isn't all of it, and takes them."""
    assert ana.last("kept_ask").quoted == [MORE]
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert ana.last("clarification_draft").quoted == [MORE]
    round_ = await world.round()
    assert round_.turn(ana.id).thread is ThreadState.UNHEARD
    assert Heard.YES not in ana.asks()
    await ana.presses(Verb.SEND)
    await world.deliver()
    assert (await world.round()).turn(ana.id).thread is ThreadState.CLARIFIED


async def test_more_joins_them_and_nowhere_leaves_all_as_it_was(world: World, ana: Person) -> None:
    """How the answer landed can still be said."""
    await ana.writes("and cold")
    await world.deliver()
    assert ana.last("kept_ask").quoted == [MORE, "and cold"]
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    await ana.presses(Heard.YES)
    await world.deliver()
    round_ = await world.round()
    assert round_.turn(ana.id).thread is ThreadState.HEARD
    async with world.unit() as work:
        assert not (await work.words.own(ana.id, round_.id, Slot.CLARIFICATION)).pieces


async def test_once_it_is_heard_they_are_for_nothing_and_it_is_said(world: World, ana: Person) -> None:
    """The press came first."""
    await ana.presses(Heard.YES)
    await world.deliver()
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert "kept nothing of it" in ana.last("kept_placed").text
