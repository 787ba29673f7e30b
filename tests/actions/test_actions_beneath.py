"""What goes on beneath something else: a letter, a question, practice."""

from datetime import date

import pytest
from couple_person import Person
from couple_world import MINUTE, World, seal

from bot.practice.calendar import months_later
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def press(person: Person, ask: Verb) -> None:
    """Press the newest button that asks for this, and let all that follows arrive."""
    await person.presses(ask)
    await person.world.deliver()


async def test_a_letter_keeps_its_day_while_it_grows(world: World, pair: Pair) -> None:
    """A part more, a part that is changed, a look at something else: it is still for that day."""
    ana, _ = pair
    await ana.writes("/capsule")
    part = await ana.writes("by then the pears are ripe")
    await world.deliver()
    await press(ana, Verb.CAPSULE_DAY)
    day = ana.last("capsule_draft").text.split("\n")[-1]
    assert Verb.CAPSULE_SEAL in ana.asks()
    await says(ana, "and the pond is full")
    await ana.edits(part, "by then the plums are ripe")
    await world.deliver()
    await says(ana, "/today")
    await says(ana, "/capsule")
    asks = [data for _, data in ana.last("capsule_draft").buttons]
    assert any(data.startswith(Verb.CAPSULE_SEAL.value) for data in asks)
    assert day in ana.last("capsule_draft").text
    await press(ana, Verb.CAPSULE_SEAL)
    opens = await world.rows("SELECT opens_on FROM capsules")
    assert [date.fromisoformat(str(found)) for (found,) in opens] == [months_later(world.now.date(), 1)]


async def test_a_day_that_has_passed_is_chosen_anew(world: World, pair: Pair) -> None:
    """A letter that nobody sealed asks for its day again."""
    ana, _ = pair
    await ana.writes("/capsule")
    await ana.writes("by then the pears are ripe")
    await world.deliver()
    await press(ana, Verb.CAPSULE_OTHER_DAY)
    await says(ana, "in two days")
    assert Verb.CAPSULE_SEAL in ana.asks()
    for _ in range(3):
        await world.next_opening()
    await says(ana, "/capsule")
    asks = [data for _, data in ana.last("capsule_draft").buttons]
    assert not any(data.startswith(Verb.CAPSULE_SEAL.value) for data in asks)


async def test_words_under_the_friends_offer_are_no_try(pair: Pair) -> None:
    """Practice stops there, which is said; and the offer is answered by a press."""
    ana, _ = pair
    await says(ana, "/practice")
    await press(ana, Verb.FRIEND)
    assert ana.kinds()[-2:] == ["put_aside", "friend_offer"]
    assert await says(ana, "we shouted about the bins again") == "kept_ask"
    assert "press one of the buttons" in ana.last("kept_ask").text
    await press(ana, Verb.NOWHERE)
    assert await says(ana, "/practice") == "solo"
    await press(ana, Verb.FRIEND)
    assert await says(ana, "yes") == "courtesy"


async def test_while_a_repair_is_asked_for_words_are_asked_about(pair: Pair) -> None:
    """They may be for the letter that was begun before, or for what was asked for just now."""
    ana, _ = pair
    await ana.writes("/capsule")
    await ana.writes("by then the pears are ripe")
    await says(ana, "/repair")
    asked = ana.last("talk_calm")
    await ana.presses_data(asked.id, asked.buttons[4][1])  # quite calm
    await ana.world.deliver()
    assert ana.kinds()[-1] == "talk_waits"
    assert await says(ana, "it was about the bins") == "kept_ask"
    places = [data for _, data in ana.last("kept_ask").buttons]
    assert any("capsule" in data for data in places)


async def test_the_next_words_are_the_card_that_was_asked_for(world: World, pair: Pair) -> None:
    """`/card` alone asks for them; what follows the card is the round's again."""
    ana, _ = pair
    assert await says(ana, "/card") == "card_ask"
    assert await says(ana, "What did you sing as a child? And who taught you that?") == "card_draft"
    await press(ana, Verb.CARD_COME)
    world.now += 16 * MINUTE
    assert await says(ana, "we sang in the car") == "draft"
    assert ana.last("draft").quoted == ["we sang in the car"]


async def test_what_can_be_no_card_is_asked_about(pair: Pair) -> None:
    """It may be for the round, or be made a card after all."""
    ana, _ = pair
    await says(ana, "/card")
    assert await says(ana, "and then we walked on. " * 20) == "kept_ask"
    assert any("card" in data for _, data in ana.last("kept_ask").buttons)
    await press(ana, Verb.NOWHERE)
    assert await says(ana, "/cancel") == "cancelled"
    assert "no card then" in ana.last("cancelled").text


async def test_a_card_that_is_asked_for_is_put_aside_like_any_question(pair: Pair) -> None:
    """And taken up again by its button."""
    ana, bo = pair
    await seal(ana, "we sang in the car")
    await says(ana, "/card")
    await seal(bo, "you drove")
    assert "Your card can wait." in ana.last("put_aside").text
    await press(ana, Verb.TAKE_UP)
    assert ana.kinds()[-1] == "card_ask"
    assert await says(ana, "What did you sing as a child?") == "card_draft"


@pytest.mark.parametrize("more", [0, 1])
async def test_an_answer_reaches_the_question_under_what_waits(world: World, pair: Pair, more: int) -> None:
    """After a recording that can be no city, and after words that are none."""
    ana, _ = pair
    await ana.presses_data(1, Verb.CITY.value)
    await world.deliver()
    await ana.sends("voice", "v1")
    await world.deliver()
    assert ana.kinds()[-1] == "kept_ask"
    for _ in range(more):
        assert await says(ana, "and I miss the sea") == "kept_ask"
        assert not any("city" in data for _, data in ana.last("kept_ask").buttons)  # it can be no recording
    assert await says(ana, "Galway") in {"zone_set", "rhythm_set"}
    async with world.unit() as work:
        assert (await work.partners.get(ana.id)).city == "Galway, Ireland"
        assert len(await work.kept.of(ana.id)) == 1 + more


@pytest.mark.parametrize("text", ["never mind", "Nevermind.", "no thanks"])
async def test_a_card_that_is_let_be_is_no_card(pair: Pair, text: str) -> None:
    """And what is written next is no card either."""
    ana, _ = pair
    await says(ana, "/card")
    await says(ana, text)
    assert ana.kinds()[-1] == "cancelled"
    await says(ana, "a grey morning")
    assert ana.kinds()[-1] == "draft"


@pytest.mark.parametrize("text", ["ok", "thanks"])
async def test_a_courtesy_in_place_of_a_card_is_asked_again(pair: Pair, text: str) -> None:
    """The next words are the card still."""
    ana, _ = pair
    await says(ana, "/card")
    await says(ana, text)
    assert ana.kinds()[-1] == "refusal"
    await says(ana, "Which road shall we take?")
    assert ana.kinds()[-1] == "card_draft"


@pytest.mark.parametrize(
    ("text", "at"), [("evening", "19:00"), ("in the morning", "07:00"), ("19:00", "19:00")]
)
async def test_a_half_of_the_day_answers_which_of_two_hours(pair: Pair, text: str, at: str) -> None:
    """It was asked exactly that."""
    ana, _ = pair
    await ana.presses_data(1, "oh")
    await ana.world.deliver()
    await says(ana, "7")
    assert ana.kinds()[-1] == "hour_choices"
    await says(ana, text)
    assert any(f"Good: {at}" in said for said in ana.texts()), ana.texts()[-3:]
