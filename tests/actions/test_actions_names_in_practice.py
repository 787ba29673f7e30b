"""Words in practice that call the other by name are asked about: they may be for them, and are never lost."""

import pytest
from couple_person import Person
from couple_world import World, reveal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write; give what stands last in the chat."""
    await person.writes(text)
    await person.world.deliver()
    return person.texts()[-1]


@pytest.mark.parametrize(
    "text", ["tell Bo I'm sorry for this morning", "I miss you bo, come home soon", "Bo\u2019s coat is here"]
)
async def test_what_names_the_other_is_no_answer_to_a_moment(world: World, pair: Pair, text: str) -> None:
    """It goes to the round where its writer says so, and practice goes on."""
    ana, _ = pair
    await says(ana, "/practice")
    assert text in await says(ana, text)
    assert ana.places(max(ana.shown)) == ["reflection", "practice"]
    await ana.presses(Verb.PLACE, "reflection")
    await world.deliver()
    assert ana.kinds()[-1] == "draft"
    assert text in ana.texts()[-1]


async def test_what_was_for_practice_after_all_is_met_there(world: World, pair: Pair) -> None:
    """Also where more came meanwhile."""
    ana, _ = pair
    await says(ana, "/practice")
    await says(ana, "Bo would have been lost there")
    await says(ana, "you felt lost")
    await ana.presses(Verb.PLACE, "practice")
    await world.deliver()
    assert ana.kinds()[-2:] == ["solo_felt", "solo_answers"]


async def test_a_letter_takes_it_where_nothing_is_open(world: World, pair: Pair) -> None:
    """Nothing that is for the other is thrown away."""
    ana, bo = pair
    await world.rows("UPDATE rounds SET state = 'closed'")
    await says(ana, "/practice")
    await says(ana, "I love you Bo")
    assert ana.places(max(ana.shown)) == ["capsule", "practice"]
    await ana.presses(Verb.PLACE, "capsule")
    await world.deliver()
    assert ana.kinds()[-1] == "capsule_draft"
    assert not any("I love you" in text for text in bo.texts())


async def test_a_name_that_is_a_word_is_known_by_its_capital(world: World) -> None:
    """Practice stays practice for who says "will"."""
    ana, _ = await world.meet("Ana", "Will")
    await world.deliver()
    await says(ana, "/practice")
    await says(ana, "it will pass, you felt alone")
    assert ana.kinds()[-1] == "solo_answers"
    assert "dinner is ready Will" in await says(ana, "dinner is ready Will")
    assert ana.kinds()[-1] == "kept_ask"


async def test_words_without_a_name_are_practice(world: World, pair: Pair) -> None:
    """So is a reply to the moment, whomever it names."""
    ana, _ = pair
    await reveal(world)
    await says(ana, "/practice")
    await says(ana, "you felt alone")
    assert ana.kinds()[-1] == "solo_answers"
    await ana.replies(max(ana.shown), "Bo would say that you felt alone")
    await world.deliver()
    assert ana.kinds()[-1] == "solo_answers"
