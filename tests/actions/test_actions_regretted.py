"""What was sealed, or let come, and is regretted: whatever else was written since, the way to take it back is shown."""

import pytest
from couple_person import Person
from couple_world import DAY, World, seal

from bot.screens.callbacks import Verb, asks_for

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def press(person: Person, ask: Verb, *about: int | str) -> None:
    """Press the newest button that asks for this, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


async def a_letter(ana: Person) -> Verb:
    """Ana seals a letter; tell what takes it back."""
    await says(ana, "/capsule")
    await says(ana, "by then we live apart")
    await press(ana, Verb.CAPSULE_DAY)
    await press(ana, Verb.CAPSULE_SEAL)
    return Verb.CAPSULE_BACK


async def a_card(ana: Person) -> Verb:
    """Ana lets a card of her own come; tell what takes it back."""
    await says(ana, "/card What do you miss about the mill?")
    await press(ana, Verb.CARD_COME)
    return Verb.CARD_BACK


async def words(ana: Person) -> Verb:
    """Ana seals today's words; tell what takes them back."""
    await seal(ana, "we sang in the car")
    await ana.world.deliver()
    return Verb.TAKE_BACK


CASES = [
    *((begins, "take it back") for begins in (a_letter, a_card, words)),
    *((begins, "/cancel") for begins in (a_letter, a_card)),
]


@pytest.mark.parametrize(("begins", "wish"), CASES)
async def test_a_wish_to_take_back_shows_the_way_under_a_question(
    pair: Pair, begins: object, wish: str
) -> None:
    """Other words came in between, and wait for their place."""
    ana, _ = pair
    assert callable(begins)
    back = await begins(ana)
    assert await says(ana, "it was a grey day at the mill") == "kept_ask"
    asked = ana.last("kept_ask").quoted
    ana.look_away()
    assert await says(ana, wish) == "courtesy"
    assert "The buttons just above do" in ana.texts()[-1]
    assert "Nothing else was going on" not in "".join(ana.texts())
    await press(ana, back)
    async with ana.world.unit() as work:
        assert [piece.text for piece in await work.kept.of(ana.id)] == asked


async def test_cancel_stops_nothing_where_nothing_was_sealed(world: World, pair: Pair) -> None:
    """Nor is a letter of days ago meant."""
    ana, _ = pair
    assert await says(ana, "/cancel") == "cancelled"
    await a_letter(ana)
    world.now += DAY
    assert await says(ana, "/cancel") == "cancelled"


async def test_nothing_untrue_is_said_of_what_is_sealed(pair: Pair) -> None:
    """It goes as soon as the other seals, with no further press; also where something else was said since."""
    ana, _ = pair
    await words(ana)
    assert await says(ana, "thanks") == "courtesy"
    assert await says(ana, "take that back") == "courtesy"
    assert not any("nothing goes before you press" in text for text in ana.texts())
    assert Verb.TAKE_BACK in ana.asks()


@pytest.mark.parametrize("text", ["oh no please", "that was a mistake I think"])
async def test_any_words_under_a_seal_have_the_way_back_beside_them(
    world: World, pair: Pair, text: str
) -> None:
    """However somebody says that they regret it."""
    ana, bo = pair
    await seal(ana, "he shouts when he drinks")
    assert await says(ana, text) == "kept_ask"
    data = next(data for _, data in ana.last("kept_ask").buttons if asks_for(data, Verb.TAKE_BACK))
    await ana.presses_data(ana.last("kept_ask").id, data)
    await world.deliver()
    assert not (await world.round()).turn(ana.id).sealed
    await seal(bo, "a quiet evening")
    assert all("he shouts" not in shown for shown in bo.texts())
