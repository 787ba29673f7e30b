"""What the clock opens, and what it leaves alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, each, reveal, seal

from bot.actions import open_rounds
from bot.practice.couple import Couple
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def the_couple(world: World) -> Couple:
    """Load the couple."""
    async with world.unit() as work:
        return await work.couples.get(world.couple)


async def planned(world: World, **changes: Any) -> None:
    """Plan the couple's opening anew, behind everybody's back."""
    async with world.unit() as work:
        await work.couples.save(replace(await work.couples.get(world.couple), **changes))


async def try_to_open(world: World) -> None:
    """Ask for the couple's next round, due or not."""
    async with world.unit() as work:
        assert not await open_rounds.open_due(work, [world.couple], world.services.house)


@pytest.mark.parametrize("why", ["not yet", "no opening is planned", "the couple has parted"])
async def test_what_is_not_due_is_not_opened(world: World, pair: Pair, why: str) -> None:
    """Whoever asks for it: between looking and opening, a couple may have parted."""
    ana, bo = pair
    if why == "no opening is planned":
        await planned(world, next_opening=None)
    elif why == "the couple has parted":
        await bo.writes("/leave")
        await world.deliver()
        await bo.presses(Verb.LEAVE)
        world.now += DAY
    before = await the_couple(world)
    ana.look_away()
    await try_to_open(world)
    await world.deliver()
    assert len(await world.rounds()) == 1
    assert await the_couple(world) == before
    assert "prompt" not in ana.kinds()


async def test_a_date_that_has_a_round_gets_no_second_one(world: World, pair: Pair) -> None:
    """A clock that was put back brings the same opening again: nobody hears of it, and the next is planned."""
    ana, bo = pair
    couple = await the_couple(world)
    await planned(world, last_date=couple.last_date - DAY, next_opening=world.now)
    ana.look_away()
    bo.look_away()
    await try_to_open(world)
    await world.deliver()
    assert len(await world.rounds()) == 1
    assert ana.kinds() + bo.kinds() == []
    due = await world.due()
    assert due is not None
    assert due > world.now


async def test_what_a_wrong_clock_planned_is_planned_anew(world: World, pair: Pair) -> None:
    """An opening a year ahead comes back to the next one of the rhythm; a right plan stays as it is."""
    right = await the_couple(world)
    async with world.unit() as work:
        assert await open_rounds.bring_back(work, 9) == 0
    year = timedelta(days=365)
    await planned(world, next_opening=world.now + year, last_opening=world.now + year)
    async with world.unit() as work:
        assert await open_rounds.bring_back(work, 9) == 1
    assert (await the_couple(world)).next_opening == right.next_opening
    await world.next_opening()
    assert len(await world.rounds()) == 2
    assert pair[0].kinds()[-1] == "prompt"


async def test_an_opening_that_is_hours_late_is_skipped(world: World, pair: Pair) -> None:
    """The bot was down at the hour: nothing comes at night, and the next one comes on time."""
    await reveal(world)
    due = await world.due()
    assert due is not None
    await world.later(due - world.now + 7 * HOUR)
    assert len(await world.rounds()) == 1
    await world.next_opening()
    assert len(await world.rounds()) == 2
    assert all(person.kinds()[-1] == "prompt" for person in pair)


async def test_a_way_is_told_once_and_not_on_the_first_day(world: World, pair: Pair) -> None:
    """The first day brings enough to read; its way is told when it comes again, as any other is."""
    ana, bo = pair
    content = world.services.content
    ways = {card.id: card.way for card in content.cards()}
    ways_told = content.words("en").ways.items()
    teaching = {
        way: {text.split(".")[0] for text in (told.text, told.text_tell, told.text_guess) if text}
        for way, told in ways_told
    }
    met: list[str] = []
    for number in range(20):
        prompt = (await world.round()).prompt
        for me, other in each(ana, bo):
            text = me.last("prompt").text
            told = [
                way
                for way, firsts in teaching.items()
                if any(words.replace("{other}", other.name) in text for words in firsts)
            ]
            assert told == ([ways[prompt]] if number and ways[prompt] not in met else [])
        met += [ways[prompt]] if number else []
        for person in pair:  # days that lapse would bring quick prompts alone
            await seal(person, "a few words")
        await world.next_opening()
    assert ways[(await world.rounds())[0].prompt] in met, "no way is left out for having come first"
    assert len(set(met)) < len(met)
