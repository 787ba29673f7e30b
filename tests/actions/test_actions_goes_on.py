"""A press for something else ends nothing that was begun since: practice, a letter, an answer of another round."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import World, reveal, seal

from bot.practice.round import Tap
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
Way = Callable[[World, Person, Person], Awaitable[Verb]]
TAPPED = "quick-sleep-as-a-fabric"


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def press(person: Person, ask: Verb | Heard, *about: int | str) -> None:
    """Press the newest button that asks for this, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


async def expected(world: World, person: Person) -> str:
    """Tell what somebody's next words are for."""
    [(what,)] = await world.rows("SELECT expecting FROM partners WHERE id = :id", id=person.id)
    return str(what)


async def answers(world: World, ana: Person, bo: Person) -> Verb:
    """Bo has drafted an answer."""
    del ana
    await reveal(world)
    await says(bo, "you were alone on the stairs")
    return Verb.SEND


async def leaves_there(world: World, ana: Person, bo: Person) -> Verb:
    """Bo was answered, and could say more."""
    await reveal(world)
    await says(ana, "you were alone on the stairs")
    await press(ana, Verb.SEND)
    await press(bo, Heard.PARTLY)
    return Verb.LEAVE_THERE


async def taps(world: World, ana: Person, bo: Person) -> Verb:
    """Quick words have come to Bo."""
    del ana, bo
    await world.rows("UPDATE rounds SET prompt = :card", card=TAPPED)
    await reveal(world)
    return Verb.TAP


async def seals_a_letter(world: World, ana: Person, bo: Person) -> Verb:
    """Bo has written a letter, and chosen its day."""
    del world, ana
    await bo.writes("/capsule")
    await says(bo, "by then the pears are ripe")
    await press(bo, Verb.CAPSULE_DAY)
    return Verb.CAPSULE_SEAL


async def lets_a_letter_go(world: World, ana: Person, bo: Person) -> Verb:
    """Bo's letter is sealed."""
    await press(bo, await seals_a_letter(world, ana, bo))
    return Verb.CAPSULE_OUT


async def chooses_quiet_hours(world: World, ana: Person, bo: Person) -> Verb:
    """Bo is looking at the settings."""
    del world, ana
    await says(bo, "/settings")
    await press(bo, Verb.SCREEN, "quiet")
    return Verb.QUIET


WAYS = (leaves_there, taps, seals_a_letter, lets_a_letter_go, chooses_quiet_hours)


@pytest.mark.parametrize("way", WAYS)
async def test_practice_goes_on_under_what_was_pressed_above_it(world: World, pair: Pair, way: Way) -> None:
    """Its next words are practice still, or asked about under what asks for a press."""
    ana, bo = pair
    verb = await way(world, ana, bo)
    assert await says(bo, "/practice") == "solo"
    await press(bo, verb, *([Tap.NEW.value] if verb is Verb.TAP else []))
    assert await expected(world, bo) == "solo"
    assert await says(bo, "that sounds lonely") in ("solo_answers", "kept_ask")
    assert "draft" not in bo.kinds()[-2:]


async def test_another_letter_goes_on_where_a_sealed_one_is_destroyed(world: World, pair: Pair) -> None:
    """The one that was begun takes the next words."""
    ana, bo = pair
    await press(bo, await seals_a_letter(world, ana, bo))
    await bo.writes("/capsule")
    await says(bo, "the pond will be full")
    [(sealed,)] = await world.rows("SELECT id FROM capsules WHERE sealed_at IS NOT NULL")
    await press(bo, Verb.CAPSULE_OUT, sealed)
    assert await expected(world, bo) == "capsule"


async def test_an_answer_that_was_begun_goes_on_under_a_seal_of_today(world: World, pair: Pair) -> None:
    """It is of the day before."""
    ana, bo = pair
    await reveal(world)
    await world.next_opening()
    await says(bo, "today it rained")
    await press(bo, Verb.OWN_WORDS)
    assert await expected(world, bo) == "response"
    await press(bo, Verb.SEAL)
    assert await expected(world, bo) == "response"
    await seal(ana, "the same here")


async def test_what_is_sent_is_expected_no_more(world: World, pair: Pair) -> None:
    """Nor is a letter that has been sealed."""
    ana, bo = pair
    await press(bo, await answers(world, ana, bo))
    assert await expected(world, bo) == "nothing"
    await press(bo, await seals_a_letter(world, ana, bo))
    assert await expected(world, bo) == "nothing"
