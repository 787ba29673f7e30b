"""What the other shows or sends while nothing reaches somebody comes when they are back, and comes once."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import DAY, MINUTE, World, respond, reveal, seal

from bot.practice.round import Nearby, Tap
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
Scene = Callable[[World, Person, Person], Awaitable[None]]
TELLING, TAPPED = "perspective-the-hard-hour", "quick-sleep-as-a-fabric"


async def press(person: Person, ask: Verb | Heard, *about: int | str) -> None:
    """Press, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


async def answers(world: World, ana: Person, bo: Person) -> None:
    """Ana answers Bo's words."""
    await reveal(world)
    bo.blocks = True
    await respond(ana, "you stood there alone")


async def hears(world: World, ana: Person, bo: Person) -> None:
    """Ana feels heard by Bo."""
    await reveal(world)
    await respond(bo, "you were cold")
    bo.blocks = True
    await press(ana, Heard.YES)


async def completes(world: World, ana: Person, bo: Person) -> None:
    """Ana feels heard, and with that the round is complete."""
    await reveal(world)
    await respond(ana, "you stood there alone")
    await press(bo, Heard.YES)
    await respond(bo, "you were cold")
    bo.blocks = True
    await press(ana, Heard.YES)


async def adds(world: World, ana: Person, bo: Person) -> None:
    """Ana says what she would like understood."""
    await reveal(world)
    await respond(bo, "you were cold")
    bo.blocks = True
    await press(ana, Heard.PARTLY)
    await respond(ana, "tired, more than cold")


async def leaves_it(world: World, ana: Person, bo: Person) -> None:
    """Ana says "partly", and leaves it there."""
    await reveal(world)
    await respond(bo, "you were cold")
    bo.blocks = True
    await press(ana, Heard.PARTLY)
    await press(ana, Verb.LEAVE_THERE)


async def answers_again(world: World, ana: Person, bo: Person) -> None:
    """Ana answers what Bo has added."""
    await reveal(world)
    await respond(ana, "you stood there alone")
    await press(bo, Heard.NOT_YET)
    await respond(bo, "tired, more than alone")
    bo.blocks = True
    await respond(ana, "so it was the tiredness")


async def says_how_near(world: World, ana: Person, bo: Person) -> None:
    """Ana says how near Bo's guess was."""
    async with world.unit() as work:
        await work.context.transaction.rows("UPDATE rounds SET prompt = :card, swapped = 0", card=TELLING)
    if (await world.round()).side(ana.id):
        async with world.unit() as work:
            await work.context.transaction.rows("UPDATE rounds SET swapped = 1")
    await reveal(world)
    bo.blocks = True
    await press(ana, Verb.NEAR)


async def taps(world: World, ana: Person, bo: Person) -> None:
    """Ana answers quick words with a tap."""
    await world.rows("UPDATE rounds SET prompt = :card", card=TAPPED)
    await reveal(world)
    bo.blocks = True
    await press(ana, Verb.TAP, Tap.NEW.value)


async def seals_last(world: World, ana: Person, bo: Person) -> None:
    """Ana's seal reveals."""
    await seal(bo, "bo's words")
    await world.later(MINUTE)
    bo.blocks = True
    await seal(ana, "ana's words")


async def all_of_it(world: World, ana: Person, bo: Person) -> None:
    """Ana's seal reveals, and Ana answers."""
    await seals_last(world, ana, bo)
    await respond(ana, "you stood there alone")


async def leaves(world: World, ana: Person, bo: Person) -> None:
    """Ana leaves."""
    await reveal(world)
    bo.blocks = True
    await ana.writes("/leave")
    await world.deliver()
    await press(ana, Verb.LEAVE)


async def brings_ten_minutes(world: World, ana: Person, bo: Person) -> None:
    """Ana's yes to ten minutes together is the second."""
    await world.next_opening()
    await reveal(world)
    for person in (bo, ana):
        await person.writes("/today")
        await world.deliver()
        await press(person, Verb.TOGETHER)
        bo.blocks = person is ana
        await press(person, Verb.TOGETHER_YES, Nearby.HERE.value)


SCENES: dict[Scene, list[str]] = {
    answers: ["response_words"],
    hears: ["heard_told"],
    completes: ["closing"],
    adds: ["clarification_words"],
    leaves_it: ["enough_told"],
    answers_again: ["second_response_words"],
    says_how_near: ["near_told"],
    taps: ["tap_told"],
    seals_last: ["reveal_frame", "reveal_words"],
    all_of_it: ["reveal_frame", "reveal_words", "response_words"],
    leaves: ["other_left"],
    brings_ten_minutes: ["together_thing"],
}


@pytest.mark.parametrize(("scene", "comes"), SCENES.items(), ids=[one.__name__ for one in SCENES])
async def test_what_was_missed_comes_once(world: World, pair: Pair, scene: Scene, comes: list[str]) -> None:
    """It comes with the first word of theirs or of Telegram's, and not with a second block."""
    ana, bo = pair
    await scene(world, ana, bo)
    for kind in comes:
        assert kind not in bo.kinds()
    await world.later(MINUTE)
    await world.unblocks(bo)
    assert [kind for kind in bo.kinds() if kind in comes] == comes
    bo.blocks = True
    await bo.writes("/help")
    await world.deliver()
    await world.unblocks(bo)
    assert [kind for kind in bo.kinds() if kind in comes] == comes


async def test_an_answer_that_comes_late_can_be_answered(world: World, pair: Pair) -> None:
    """Its author's three words stand under it, and its sender hears the one that is said."""
    ana, bo = pair
    await answers(world, ana, bo)
    await world.unblocks(bo)
    assert bo.last("response_words").quoted == ["you stood there alone"]
    await press(bo, Heard.YES)
    assert "heard_told" in ana.kinds()


async def test_what_has_reached_somebody_does_not_come_again(world: World, pair: Pair) -> None:
    """Only what was lost on the way is made anew."""
    ana, bo = pair
    await completes(world, ana, bo)
    before = bo.kinds()
    await world.unblocks(bo)
    assert bo.kinds() == [*before, "closing"]
    bo.blocks = True
    await bo.writes("/help")
    await world.deliver()
    await world.unblocks(bo)
    assert bo.kinds() == [*before, "closing"]


async def test_a_prompt_that_was_held_when_they_went_comes_when_they_are_back(
    world: World, pair: Pair
) -> None:
    """While there is something to write for it still."""
    _, bo = pair
    bo.blocks = True
    await world.next_opening()
    assert bo.kinds().count("prompt") == 1
    await world.unblocks(bo)
    assert bo.kinds().count("prompt") == 2
    await seal(bo, "for today")
    await world.later(DAY)


async def test_a_day_that_lapsed_meanwhile_is_told(world: World, pair: Pair) -> None:
    """Nobody has seen what they wrote: they hear so, and what promised otherwise promises nothing."""
    _, bo = pair
    await seal(bo, "bo's words")
    await world.next_opening()
    bo.blocks = True
    await world.next_opening()
    await world.later(15 * DAY)
    assert (await world.rounds())[0].state == "lapsed"
    await world.unblocks(bo)
    assert "lapsed" in bo.kinds()
    assert "over" in bo.last("stays_sealed").text
    assert Verb.TAKE_BACK not in bo.asks()
