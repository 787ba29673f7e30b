"""Words that are for nothing any more leave the chat, where their writer wants their own words to leave it."""

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, MINUTE, World, respond, reveal, seal

from bot.practice.round import Slot
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


@pytest.fixture
async def ana(world: World, pair: Pair) -> Person:
    """Give somebody whose words leave the chat."""
    await world.change(pair[0], put_away=True)
    return pair[0]


async def unplaced(ana: Person, *texts: str) -> list[int]:
    """Seal, and write on without saying what for."""
    await seal(ana, "a wobbly window")
    sources = [await ana.writes(text) for text in texts]
    await ana.world.deliver()
    return sources


@pytest.mark.parametrize("wanted", [True, False])
async def test_words_that_found_no_place_in_a_day_are_let_go(
    world: World, ana: Person, *, wanted: bool
) -> None:
    """Their question says so and offers nothing; they and their quotation leave where that is wanted."""
    await world.change(ana, put_away=wanted)
    sources = await unplaced(ana, "a grey morning", "a late tram")
    asked = ana.last("kept_ask").id
    await world.later(DAY - HOUR - MINUTE)
    assert "a grey morning" in "".join(ana.texts())
    await world.later(MINUTE)
    assert "a day has passed" in ana.shown[asked].text.lower()
    assert ana.shown[asked].buttons == []
    assert not any("a grey morning" in text or "a late tram" in text for text in ana.texts())
    assert (ana.deleted >= {*sources}) is wanted
    assert await world.rows("SELECT count(*) FROM kept") == [(0,)]


async def test_younger_words_are_asked_about_anew(world: World, ana: Person) -> None:
    """Nobody loses what has come later, and the question quotes these alone."""
    (old,) = await unplaced(ana, "a grey morning")
    await world.later(20 * HOUR)
    await ana.writes("a late tram")
    await world.deliver()
    await world.later(4 * HOUR)
    assert ana.last("kept_ask").quoted == ["a late tram"]
    assert not any("a grey morning" in text for text in ana.texts())
    assert old in ana.deleted
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert ana.last("draft").quoted == ["a wobbly window", "a late tram"]


async def test_what_was_placed_stays_where_it_is(world: World, ana: Person) -> None:
    """A day later, too."""
    (source,) = await unplaced(ana, "a grey morning")
    await ana.presses(Verb.PLACE)
    await world.deliver()
    await world.later(2 * DAY)
    assert source not in ana.deleted
    day = (await world.rounds())[0]
    async with world.unit() as work:
        words = await work.words.own(ana.id, day.id, Slot.REFLECTION)
    assert [piece.text for piece in words.pieces] == ["a wobbly window", "a grey morning"]


async def test_what_was_begun_anew_on_one_day_leaves_with_the_next_ones_seal(
    world: World, ana: Person
) -> None:
    """And what was taken out; a draft that waits stays where it is."""
    angry = await ana.writes("an angry word")
    await world.deliver()
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    taken, kept = await ana.writes("a second thought"), await ana.writes("a third")
    await world.deliver()
    await ana.presses(Verb.TAKE_OUT)
    await world.deliver()
    await ana.presses(Verb.TAKE_OUT_PART, 0)
    await world.deliver()
    await world.next_opening()
    await seal(ana, "for today")
    assert {angry, taken} <= ana.deleted
    assert kept not in ana.deleted
    assert any("a third" in text for text in ana.texts())


async def test_what_is_too_old_to_leave_is_told(world: World, ana: Person) -> None:
    """Telegram deletes for two days."""
    angry = await ana.writes("an angry word")
    await world.deliver()
    await ana.presses(Verb.START_OVER)
    await world.deliver()
    await world.next_opening()
    await world.later(2 * DAY)
    ana.refuses = {angry}
    await seal(ana, "for today")
    assert "still_here" in ana.kinds()


async def test_an_answer_that_can_no_longer_be_sent_leaves_with_the_next_seal(
    world: World, pair: Pair, ana: Person
) -> None:
    """It stays in the journal, and as long as it can be sent it stays in the chat, too."""
    _, bo = pair
    await reveal(world)
    day = await world.round()
    unsent = await ana.writes("you stood there alone")
    await world.deliver()
    await world.next_opening()
    await seal(ana, "for today")
    assert unsent not in ana.deleted
    await seal(bo, "bo's, for today")
    await world.next_opening()
    await seal(ana, "for the day after")
    assert unsent in ana.deleted
    assert not any("you stood there alone" in text for text in ana.texts())
    async with world.unit() as work:
        assert (await work.words.own(ana.id, day.id, Slot.RESPONSE)).pieces


async def test_a_rewritten_answer_leaves_when_it_is_sent(world: World, ana: Person) -> None:
    """All that was written for it."""
    await reveal(world)
    first = await ana.writes("you were silly")
    await world.deliver()
    await ana.presses(Verb.REWRITE)
    await world.deliver()
    await respond(ana, "you stood there alone")
    assert first in ana.deleted
