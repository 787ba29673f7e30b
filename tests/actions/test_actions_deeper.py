"""Deeper prompts are offered to each alone: after ten rounds, once a month, never after a no."""

from dataclasses import replace

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, base36

from bot.practice import deeper
from bot.practice.partner import Partner
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def has_kept(world: World, rounds: int) -> None:
    """Let the two have kept so many rounds."""
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        await work.couples.save(replace(couple, kept=rounds))


async def stored(person: Person) -> Partner:
    """Load a partner as they are stored."""
    async with person.world.unit() as work:
        return await work.partners.get(person.id)


async def offers(world: World, person: Person, days: int = 1) -> int:
    """Let days pass, the bot asleep but for the last of them, and count what somebody is offered then."""
    before = sum(row.message.kind == "deeper_offer" for _, row, _ in person.calls)
    world.now += (days - 1) * DAY
    await world.beat()  # what it has slept through is skipped
    await world.next_opening()
    return sum(row.message.kind == "deeper_offer" for _, row, _ in person.calls) - before


async def test_nobody_is_asked_before_ten_rounds(world: World, pair: Pair) -> None:
    """Nine are too few; the tenth brings it to both, each in their own chat, after the prompt."""
    ana, bo = pair
    await has_kept(world, deeper.KEPT - 1)
    assert await offers(world, ana) == 0
    await has_kept(world, deeper.KEPT)
    assert await offers(world, ana) == 1
    for person in (ana, bo):
        kinds = person.kinds()
        assert kinds.index("deeper_offer") > len(kinds) - kinds[::-1].index("prompt") - 1
    assert "Your depth is 1 of 3 so far" in ana.last("deeper_offer").text


async def test_whoever_does_not_answer_is_asked_once_a_month(world: World, pair: Pair) -> None:
    """Not before thirty days have passed."""
    ana, _ = pair
    await has_kept(world, deeper.KEPT)
    assert await offers(world, ana) == 1
    assert await offers(world, ana, 29) == 0
    assert await offers(world, ana, 2) == 1


async def test_after_a_no_nobody_is_asked_again(world: World, pair: Pair) -> None:
    """The offer changes in place; in settings it is there as ever."""
    ana, _ = pair
    await has_kept(world, deeper.KEPT)
    await offers(world, ana)
    await ana.presses(Verb.DEEPER, 0)
    await world.deliver()
    assert "I won't ask again" in ana.texts()[-1]
    assert "deeper_offer" not in ana.kinds()
    assert await offers(world, ana, 65) == 0
    await ana.presses_data(1, "dep:2")
    assert (await stored(ana)).depth == 2


async def test_a_yes_is_one_step_and_ones_own(world: World, pair: Pair) -> None:
    """A month later comes the last step, and then nothing more."""
    ana, bo = pair
    await has_kept(world, deeper.KEPT)
    await offers(world, ana)
    await ana.presses(Verb.DEEPER)
    await world.deliver()
    assert "Your depth is 2 of 3 now" in ana.texts()[-1]
    assert ((await stored(ana)).depth, (await stored(bo)).depth) == (2, 1)
    assert await offers(world, ana, 32) == 1
    await ana.presses(Verb.DEEPER)
    await world.deliver()
    assert (await stored(ana)).depth == 3
    assert await offers(world, ana, 32) == 0


async def test_whoever_chooses_less_has_said_no(world: World, pair: Pair) -> None:
    """By the settings: nobody argues with it a month later."""
    ana, _ = pair
    await has_kept(world, deeper.KEPT)
    await ana.presses_data(1, "dep:3")
    await ana.presses_data(1, "dep:1")
    assert await offers(world, ana, 3) == 0


async def test_a_worn_or_forged_button_makes_nothing_less(world: World, pair: Pair) -> None:
    """A yes to two after three was chosen leaves three; a depth that there is not is refused."""
    ana, _ = pair
    await ana.presses_data(1, "dep:3")
    await ana.presses_data(1, "deep:2")
    assert (await stored(ana)).depth == 3
    await ana.presses_data(1, f"deep:{base36(9)}")
    await world.deliver()
    assert (await stored(ana)).depth == 3
    assert ana.texts()[-1].startswith("That button doesn't do anything")


async def test_with_a_slower_rhythm_nothing_else_is_offered(world: World, pair: Pair) -> None:
    """Three days without a reveal are no moment to go deeper."""
    ana, _ = pair
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        await work.couples.save(replace(couple, kept=deeper.KEPT, lapses=2))
    assert await offers(world, ana) == 0
    assert "slower_offer" in ana.kinds()
    assert await offers(world, ana) == 1


@pytest.mark.parametrize("answer", [0, 2, None])
async def test_what_one_answers_shows_nowhere_in_the_others_chat(
    world: World, pair: Pair, answer: int | None
) -> None:
    """Yes, no and silence: what reaches the other is the same, for two months on."""
    ana, bo = pair
    await has_kept(world, deeper.KEPT)
    await offers(world, ana)
    if answer is not None:
        await bo.presses_data(1, f"deep:{answer}")
        await world.deliver()
    await ana.presses_data(1, "deep:0")
    ana.look_away()
    for command in ("/today", "/settings"):
        await ana.writes(command)
    await ana.presses_data(1, "scr:depth")
    await world.later(HOUR)
    assert [bool("2 of 3" in text) for text in ana.texts()] == [False] * len(ana.texts())
    assert await offers(world, ana, 40) == 0
    assert ana.kinds()[-1] == "prompt"
    async with world.unit() as work:
        depths = {(await work.partners.get(person.id)).depth for person in (ana, bo)}
    assert min(depths) == 1


async def test_words_beside_an_offer_are_for_the_prompt_and_a_bare_yes_is_not(
    world: World, pair: Pair
) -> None:
    """The offer came with the prompt: a few words are a reflection, and a yes is told where to press."""
    ana, _ = pair
    await has_kept(world, deeper.KEPT)
    assert await offers(world, ana) == 1
    await ana.writes("yes")
    await world.deliver()
    assert ana.texts()[-1] == "To answer that, press one of the buttons there."
    await ana.writes("a window")
    await world.deliver()
    assert ana.last("draft").quoted == ["a window"]
