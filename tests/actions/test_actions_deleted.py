"""What somebody has deleted goes from their own chat, too, and nothing asks about it any more."""

import pytest
from couple_person import Person
from couple_world import DAY, World, base36, respond, reveal, seal

from bot.practice.round import Round
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
LONG = "a wobbly window " * 190  # too long for an entry of one message


async def press(person: Person, ask: Verb, *about: int | str) -> None:
    """Press, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


async def opens(person: Person, round_: Round) -> None:
    """Open a round in one's journal."""
    await person.presses_data(1, f"je:{base36(round_.id)}")
    await person.world.deliver()


async def deletes(person: Person, round_: Round) -> None:
    """Delete one's words of a round."""
    await opens(person, round_)
    await press(person, Verb.DELETE_ASK)
    await press(person, Verb.DELETE)


@pytest.mark.parametrize("words", ["a wobbly window", LONG])
@pytest.mark.parametrize("wanted", [True, False])
async def test_no_quotation_of_it_stands_in_their_chat(
    world: World, pair: Pair, words: str, *, wanted: bool
) -> None:
    """Not in an entry that is open, nor where it was sealed or sent, nor shown for ten minutes."""
    ana, bo = pair
    await world.change(ana, put_away=wanted)
    await reveal(world, words, "a kettle")
    await respond(ana, "a wobbly window of yours")
    day = await world.round()
    await opens(ana, day)
    if wanted:
        await press(ana, Verb.SHOW_MINE)
    await deletes(ana, day)
    assert not any("a wobbly window" in text for text in ana.texts())
    assert "a kettle" in "".join("".join(m.quoted) for m in ana.shown.values() if "journal" in m.kind)
    assert any("a wobbly window" in text for text in bo.texts())
    assert ana.last("journal_deleted")


async def test_what_is_too_old_to_be_deleted_is_written_over(world: World, pair: Pair) -> None:
    """Telegram deletes for two days."""
    ana, _ = pair
    await reveal(world, "a wobbly window", "a kettle")
    day = await world.round()
    await world.later(3 * DAY)
    await deletes(ana, day)
    assert not any("a wobbly window" in text for text in ana.texts())
    assert "put_away_here" in ana.kinds()


async def test_a_page_does_not_ask_about_what_is_deleted(world: World, pair: Pair) -> None:
    """Of the other's words only while there are any; of one's own not at all, and they are on no page any more."""
    ana, bo = pair
    await reveal(world)
    day = await world.round()
    await opens(ana, day)
    await press(ana, Verb.PAGE_CHOICE)
    assert Verb.PAGE_YES in ana.asks()
    await press(ana, Verb.PAGE_MARK)
    await deletes(bo, day)
    await opens(ana, day)
    ana.look_away()
    await ana.presses_data(1, f"pg:{base36(day.id)}")
    await world.deliver()
    assert Verb.PAGE_YES not in ana.asks()
    assert "And what" not in ana.last("page_choice").text
    await deletes(ana, day)
    await press(ana, Verb.PAGE_MARK)
    assert ana.kinds()[-1] == "refusal"
    assert await world.rows("SELECT count(*) FROM turns WHERE on_page = 1 OR page_yes = 1") == [(0,)]


async def test_a_late_days_seal_that_is_deleted_promises_nothing(world: World, pair: Pair) -> None:
    """What said that it was sealed says so no more."""
    ana, _ = pair
    await seal(ana, "a wobbly window")
    day = await world.round()
    await world.next_opening()
    await deletes(ana, day)
    assert "yours alone again" in ana.last("stays_sealed").text
    assert not {Verb.TAKE_BACK, Verb.KEEP_TO_ONESELF} & {*ana.asks()}
