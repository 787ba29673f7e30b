"""What one has written can be put right part by part, and nothing is cleared without being asked for."""

import pytest
from couple_person import Person
from couple_world import World, reveal, seal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
STORY = "and then we walked all the way home in the rain"  # too long to be meant as a press


async def written(world: World, person: Person, *texts: str) -> None:
    """Write parts."""
    for text in texts:
        await person.writes(text)
    await world.deliver()


async def test_one_part_is_taken_out(world: World, pair: Pair) -> None:
    """The question goes away, and what is left is quoted and can be sealed."""
    ana, bo = pair
    await written(world, ana, "one", "two", "three")
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    asked = ana.last("take_out_ask")
    assert [label for label, _ in asked.buttons] == ["one", "two", "three"]
    await ana.presses_data(asked.id, asked.buttons[1][1])
    await world.deliver()
    assert ana.last("draft").quoted == ["one", "three"]
    await ana.presses(Verb.SEAL)
    await seal(bo, "mine")
    assert [q for m in bo.shown.values() if m.kind == "reveal_words" for q in m.quoted] == ["one\nthree"]


async def test_a_question_about_an_older_version_takes_out_nothing(world: World, pair: Pair) -> None:
    """Words that came meanwhile are quoted again instead."""
    ana, _ = pair
    await written(world, ana, "one", "two")
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    await written(world, ana, STORY)
    asked = ana.last("take_out_ask")
    await ana.presses_data(asked.id, asked.buttons[0][1])
    await world.deliver()
    assert ana.kinds()[-2:] == ["refusal", "draft"]
    assert ana.last("draft").quoted == ["one", "two", STORY]


async def test_one_part_has_no_such_button(world: World, pair: Pair) -> None:
    """There is nothing to choose from; starting over asks nothing either."""
    ana, _ = pair
    await written(world, ana, "one")
    assert Verb.TAKE_OUT not in ana.asks()
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    assert ana.kinds()[-1] == "started_over"


async def test_starting_over_asks_once_where_there_are_several(world: World, pair: Pair) -> None:
    """Nothing goes until it is said again."""
    ana, _ = pair
    await written(world, ana, "one", "two")
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    await written(world, ana, STORY)
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert ana.last("draft").quoted == ["one", "two", STORY]
    await ana.presses(Verb.START_OVER_SURELY)
    await world.deliver()
    assert ana.kinds()[-2:] == ["refusal", "draft"], "it was asked before the third came"
    assert "start_over_ask" not in ana.kinds()
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    await ana.presses(Verb.START_OVER_SURELY)
    await world.deliver()
    assert await world.rows("SELECT count(*) FROM pieces") == [(0,)]


async def test_a_question_before_a_seal_clears_nothing_later(world: World, pair: Pair) -> None:
    """It stands there still; after the words were taken back as they were it may be answered."""
    ana, _ = pair
    await written(world, ana, "one", "two")
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    for _ in range(2):  # that it isn't answered is said first
        await ana.presses(Verb.SEAL)
        await world.deliver()
    await ana.presses(Verb.START_OVER_SURELY)
    await world.deliver()
    assert ana.kinds()[-1] == "refusal"
    assert await world.rows("SELECT count(*) FROM pieces") == [(2,)]


async def test_a_response_is_put_right_too(world: World, pair: Pair) -> None:
    """Of two parts one goes; after it was sent none does."""
    ana, bo = pair
    await reveal(world)
    await written(world, bo, "first", "second")
    await bo.presses(Verb.TAKE_OUT)
    await world.deliver()
    asked = bo.last("take_out_ask")
    await bo.presses_data(asked.id, asked.buttons[0][1])
    await world.deliver()
    assert bo.last("response_draft").quoted == ["second"]
    await bo.presses(Verb.SEND)
    await world.deliver()
    await bo.presses_data(asked.id, asked.buttons[1][1])
    await world.deliver()
    assert bo.kinds()[-1] == "refusal"
    assert ana.last("response_words").quoted == ["second"]


async def test_who_writes_a_line_at_a_time_loses_none(world: World, pair: Pair) -> None:
    """Forty lines are one draft, and the newest can be taken out."""
    ana, _ = pair
    await written(world, ana, *(f"line {number} of it" for number in range(40)))
    assert ana.last("draft").quoted == [f"line {number} of it" for number in range(40)]
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    asked = ana.last("take_out_ask")
    assert [label for label, _ in asked.buttons] == [f"line {number} of it" for number in range(10, 40)]
    await ana.presses_data(asked.id, asked.buttons[-2][1])
    await world.deliver()
    assert ana.last("draft").quoted[-2:] == ["line 37 of it", "line 39 of it"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the first one", ["my mum called", "we sang"]),
        ("take out the bit about my mum", ["a late tram", "we sang"]),
        ("the last one", ["a late tram", "my mum called"]),
    ],
)
async def test_which_part_shall_go_can_be_said_in_words(
    world: World, pair: Pair, text: str, left: list[str]
) -> None:
    """What names one of them alone takes it out, and becomes no words itself."""
    ana, _ = pair
    await written(world, ana, "a late tram", "my mum called", "we sang")
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    await written(world, ana, text)
    assert ana.last("draft").quoted == left
    assert "take_out_ask" not in ana.kinds()


async def test_words_that_name_no_part_are_asked_about(world: World, pair: Pair) -> None:
    """Nothing is taken out by a guess."""
    ana, _ = pair
    await written(world, ana, "a late tram", "my mum called", "the tram again")
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    await written(world, ana, "the tram")
    assert ana.kinds()[-1] == "kept_ask"
    assert await world.rows("SELECT count(*) FROM pieces") == [(3,)]


async def test_a_tap_is_changed_in_words(world: World, pair: Pair) -> None:
    """Another answer takes its place; what is no answer of the card stands beside it, as any other words."""
    ana, _ = pair
    await world.rows("UPDATE rounds SET prompt = :id", id="quick-word-for-you")
    first, second, *_ = world.services.content.prompt("quick-word-for-you", "en").choices
    await ana.writes("/today")
    await world.deliver()
    await written(world, ana, "the first")
    assert ana.last("draft").quoted == [first]
    await written(world, ana, "no, the second")
    assert ana.last("draft").quoted == [second]
    await written(world, ana, f"no, {first}")
    assert ana.last("draft").quoted == [first]
    await written(world, ana, "the second time we met it rained")
    assert ana.last("draft").quoted == [first, "the second time we met it rained"]
