"""Several words that wait are parted, whatever has become of their round; and nothing is asked of what is over."""

import pytest
from couple_person import Person
from couple_world import World, reveal, seal

from bot.actions.part import leave
from bot.messages import MessageKind
from bot.practice.round import Slot
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
PARTS = ("a grey morning", "a wobbly door", "a late tram")


@pytest.fixture
async def ana(world: World, pair: Pair) -> Person:
    """Let Ana have sealed, and written three things since, of which each was asked about."""
    ana, _ = pair
    await seal(ana, "a wobbly window")
    for part in PARTS:
        await ana.writes(part)
        await world.deliver()
    return ana


async def written(world: World, ana: Person) -> list[str]:
    """Tell what is written in the round, and hold that nothing else waits."""
    (round_,) = await world.rounds()
    async with world.unit() as work:
        return [piece.text for piece in (await work.words.own(ana.id, round_.id, Slot.REFLECTION)).pieces]


def asked(ana: Person) -> list[list[str]]:
    """Tell what each question that stands there quotes."""
    return [shown.quoted for shown in ana.shown.values() if shown.kind == "kept_ask"]


def data_of(ana: Person, verb: Verb, quoted: str) -> tuple[int, str]:
    """Find a button of the question that quotes this."""
    shown = next(s for s in ana.shown.values() if s.kind == "kept_ask" and s.quoted == [quoted])
    return shown.id, next(data for _, data in shown.buttons if data.split(":")[0] == verb.value)


async def test_each_part_finds_its_own_place(world: World, ana: Person) -> None:
    """In any order, also once the first has taken the seal back."""
    await ana.presses(Verb.ONE_BY_ONE)
    await world.deliver()
    assert asked(ana) == [[part] for part in PARTS]
    await ana.presses_data(*data_of(ana, Verb.PLACE, PARTS[2]))
    await ana.presses_data(*data_of(ana, Verb.NOWHERE, PARTS[0]))
    await ana.presses_data(*data_of(ana, Verb.PLACE, PARTS[1]))
    await world.deliver()
    assert await written(world, ana) == ["a wobbly window", PARTS[2], PARTS[1]]
    async with world.unit() as work:
        assert not await work.kept.of(ana.id)


async def test_one_alone_has_nothing_to_part(world: World, pair: Pair) -> None:
    """There is no such button."""
    ana, _ = pair
    await seal(ana, "a wobbly window")
    await ana.writes(PARTS[0])
    await world.deliver()
    assert not any(data.startswith(Verb.ONE_BY_ONE) for _, data in ana.last("kept_ask").buttons)


async def test_more_than_fit_on_a_screen_stay_together_from_the_sixth_on(world: World, ana: Person) -> None:
    """And can be parted again."""
    more = ("four ducks", "five loaves", "six bells", "seven rings")
    for part in more:
        await ana.writes(part)
    await world.deliver()
    await ana.presses(Verb.ONE_BY_ONE)
    await world.deliver()
    assert ["\n".join(quoted) for quoted in asked(ana)] == [*PARTS, *more[:2], "\n".join(more[2:])]
    await ana.presses(Verb.ONE_BY_ONE)
    await world.deliver()
    assert asked(ana)[-2:] == [[more[2]], [more[3]]]


async def test_what_was_taken_back_meanwhile_takes_them_all_the_same(world: World, ana: Person) -> None:
    """The seal was opened by its own button, not by the question's."""
    await ana.presses(Verb.TAKE_BACK)
    await ana.presses(Verb.PLACE)
    await world.deliver()
    assert await written(world, ana) == ["a wobbly window", *PARTS]


async def test_what_was_sealed_meanwhile_is_not_opened_unasked(world: World, pair: Pair) -> None:
    """It is asked whether the words are to be added."""
    ana, _ = pair
    await ana.writes("a wobbly window")
    await world.deliver()
    await ana.writes("/card Which road shall we take?")
    await world.deliver()
    await ana.presses(Verb.CARD_COME)
    await world.deliver()
    await ana.writes(PARTS[0])
    await world.deliver()
    assert asked(ana) == [[PARTS[0]]]
    question = data_of(ana, Verb.PLACE, PARTS[0])
    for _ in range(2):  # that they wait beside it is said first
        await ana.presses(Verb.SEAL)
        await world.deliver()
    await ana.presses_data(*question)
    await world.deliver()
    assert asked(ana) == [[PARTS[0]]]
    assert (await world.round()).turn(ana.id).sealed


@pytest.mark.parametrize("who", [0, 1])
async def test_where_the_couple_has_ended_they_are_let_go_and_it_is_said(
    world: World, pair: Pair, ana: Person, who: int
) -> None:
    """Whoever of the two left: no question stands there that has no answer."""
    async with world.unit() as work:
        couple = await work.couples.of(ana.id)
        assert couple is not None
        await leave(work, await work.partners.get(pair[who].id), couple.id)
    await world.deliver()
    assert not asked(ana)
    assert "so I've kept nothing of it" in ana.last("kept_placed").text
    async with world.unit() as work:
        assert not await work.kept.of(ana.id)


async def test_who_keeps_talking_is_not_told_the_same_over_and_over(world: World, pair: Pair) -> None:
    """First what is so, then where words are kept, and then as little as can be."""
    ana, _ = pair
    await reveal(world)
    async with world.unit() as work:
        couple = await work.couples.of(ana.id)
        assert couple is not None
        await leave(work, await work.partners.get(ana.id), couple.id)
    await world.deliver()
    for text in ("the flat is so quiet", "I keep hearing the door", "his cup is still here", "it rains"):
        await ana.writes(text)
        await world.deliver()
    *_, first, second, third, fourth = ana.texts()
    assert first != second != third == fourth
    assert "/safety" in second
    assert len(third) < min(len(first), len(second))
    assert all(row.message.kind is MessageKind.PLAIN for _, row, _ in ana.calls[-4:])


async def test_a_question_offers_what_is_open_since_the_reveal(world: World, pair: Pair) -> None:
    """What was to be added to sealed words can't be any more; it asks for no further words by that."""
    ana, bo = pair
    await seal(ana, "I felt small at dinner")
    await ana.writes("oh and the kids too")
    await world.deliver()
    asked = ana.last("kept_ask").id
    assert ana.places(asked) == ["addition"]
    await seal(bo, "the soup was good")
    assert ana.places(asked) == ["response"]
    assert "oh and the kids too" in ana.shown[asked].text
    assert "sealed" not in ana.shown[asked].text
    await ana.writes("you liked the soup")
    await world.deliver()
    assert ana.kinds()[-1] == "response_draft"
    assert ana.last("response_draft").quoted == ["you liked the soup"]
    await ana.presses(Verb.PLACE, "response")
    await world.deliver()
    assert "oh and the kids too" in ana.last("response_draft").text
