"""Words that wait are asked about, whatever becomes of the question: none waits its day without being offered."""

import pytest
from couple_person import Person
from couple_world import World, reveal, seal

from bot.actions.rest import lose, welcome_back
from bot.messages import MessageKind
from bot.practice.destination import DestinationKind
from bot.practice.round import Slot
from bot.screens.callbacks import Verb

PARTS = ("a grey morning", "a wobbly door", "a late tram")


@pytest.fixture
async def ana(pair: tuple[Person, Person]) -> Person:
    """Let Ana have sealed: what she writes from now on is asked about."""
    ana, _ = pair
    await seal(ana, "a wobbly window")
    return ana


async def test_words_that_meet_a_prompt_on_its_way_are_asked_about(
    world: World, pair: tuple[Person, Person]
) -> None:
    """The bot was stopped, and doesn't know whether it came before them: an answer from yesterday is still open."""
    ana, bo = pair
    await reveal(world)
    await ana.presses(Verb.OWN_WORDS)
    await bo.presses(Verb.OWN_WORDS)
    await world.deliver()
    due = await world.due()
    assert due is not None
    world.now = due
    await world.beat()
    while await world.take_off() and not _comes(world, ana):
        await world.land()
    world.arrive_unknown()
    await world.crash()
    await ana.writes(PARTS[0])
    await world.deliver()
    asked = ana.last("kept_ask")
    assert asked.quoted == [PARTS[0]]
    places = [data.split(":")[1] for _, data in asked.buttons if data.startswith(Verb.PLACE)]
    assert places == [DestinationKind.REFLECTION, DestinationKind.RESPONSE]


def _comes(world: World, person: Person) -> bool:
    return any(
        row.message.kind is MessageKind.PROMPT and row.message.chat == person.chat for row, _ in world.flying
    )


async def place_all(ana: Person) -> list[str]:
    """Say what the words are for that the newest question quotes; tell what has been added to the round."""
    await ana.presses(Verb.PLACE)
    await ana.world.deliver()
    (round_,) = await ana.world.rounds()
    async with ana.world.unit() as work:
        assert not await work.kept.of(ana.id)
        return [piece.text for piece in (await work.words.own(ana.id, round_.id, Slot.REFLECTION)).pieces][1:]


async def test_parts_that_come_before_the_question_has_left_are_in_one_question(
    world: World, ana: Person
) -> None:
    """In their order, and a place takes all of them."""
    for part in PARTS:
        await ana.writes(part)
    await world.deliver()
    assert ana.kinds().count("kept_ask") == 1
    assert "\n".join(ana.last("kept_ask").quoted).splitlines() == [*PARTS]
    assert await place_all(ana) == [*PARTS]


async def test_of_a_long_part_and_short_ones_each_is_quoted(world: World, ana: Person) -> None:
    """Nobody can say what words are for that they don't see."""
    for text in (long := "and all the way home " * 150, *PARTS):
        await ana.writes(text)
        await world.deliver()
    first, *others = ana.last("kept_ask").quoted
    assert others == [*PARTS]
    assert long.startswith(first.removesuffix(" …"))


async def test_a_question_that_comes_back_from_its_way_leaves_no_word_out(world: World, ana: Person) -> None:
    """It is withdrawn where a newer one waits, which quotes its words, too."""
    await ana.writes(PARTS[0])
    while not any(row.message.kind is MessageKind.KEPT_ASK for row, _ in world.flying):
        await world.land()
        await world.take_off()
    await ana.writes(PARTS[1])
    await ana.writes(PARTS[2])
    world.flying.clear()
    await world.crash()
    await world.deliver()
    assert "\n".join(ana.last("kept_ask").quoted).splitlines() == [*PARTS]
    assert await place_all(ana) == [*PARTS]


async def test_what_a_standing_question_quotes_is_not_asked_twice(world: World, ana: Person) -> None:
    """Words that come later, for something else, have a question of their own."""
    for part in PARTS[:2]:
        await ana.replies(ana.last("sealed").id, part)
        await world.deliver()
    assert [asked.quoted for asked in ana.shown.values() if asked.kind == "kept_ask"] == [
        [PARTS[0]],
        [PARTS[1]],
    ]


async def test_a_question_that_takes_the_place_of_one_in_the_chat_is_not_lost(
    world: World, ana: Person
) -> None:
    """Where words come before it has left, the next one quotes all that both did, and stands there alone."""
    sealed = ana.last("sealed").id
    await ana.writes(PARTS[0])
    await world.deliver()
    await ana.writes(PARTS[1])
    await ana.replies(sealed, PARTS[2])
    await world.deliver()
    assert ana.kinds().count("kept_ask") == 1
    assert await place_all(ana) == [*PARTS]


async def test_what_was_placed_is_still_said_when_more_is_asked_about(world: World, ana: Person) -> None:
    """A question goes with the words that it quotes, and no other's note does."""
    await ana.writes(PARTS[0])
    await world.deliver()
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    sealed = ana.last("sealed").id
    await ana.replies(sealed, PARTS[1])
    await ana.replies(sealed, PARTS[2])
    await world.deliver()
    assert ana.kinds()[-2:] == ["kept_placed", "kept_ask"]


async def test_a_place_pressed_before_the_question_is_known_to_have_arrived_takes_the_words(
    world: World, ana: Person
) -> None:
    """The answer of Telegram is still on its way to us."""
    await ana.writes(PARTS[0])
    while not any(row.message.kind is MessageKind.KEPT_ASK for row, _ in world.flying):
        await world.land()
        await world.take_off()
    world.arrive_unknown()
    assert await place_all(ana) == [PARTS[0]]


async def test_who_comes_back_is_asked_about_what_waited(world: World, ana: Person) -> None:
    """What was queued for somebody who had blocked the bot is withdrawn, and so was the question."""
    await ana.writes(PARTS[0])
    async with world.unit() as work:
        await lose(work, ana.id)
    async with world.unit() as work:
        await welcome_back(work, await work.partners.get(ana.id))
    await world.deliver()
    assert ana.last("kept_ask").quoted == [PARTS[0]]
    assert await place_all(ana) == [PARTS[0]]
