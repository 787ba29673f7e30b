"""Whatever has ended: nothing in a chat promises what won't be, and every button that stands there answers kindly."""

from collections.abc import Awaitable, Callable

import pytest
from couple_person import Person
from couple_world import DAY, HOUR, World, reveal, seal
from labels import label

from bot.practice.round import Round
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
Event = Callable[[World, Person, Person, Round], Awaitable[None]]
PROMISES = (
    *("once you've both sealed", "stay sealed and safe", "open when both of you are ready"),
    *("Until you've both sealed", "You can change it until then", "about this round:"),
)
UNKIND = ("Traceback", "error", "None")


async def press(person: Person, ask: Verb, *about: int | str) -> None:
    """Press, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


async def looks(person: Person, day: Round) -> None:
    """Look at /today and at the earlier day, so that all of it stands in the chat."""
    await person.writes("/today")
    await person.world.deliver()
    if Verb.EARLIER_CARD in person.asks():
        await press(person, Verb.EARLIER_CARD, day.id)


async def leaves(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Ana leaves."""
    await ana.writes("/leave")
    await world.deliver()
    await press(ana, Verb.LEAVE)
    assert day
    assert bo.last("other_left")


async def is_left(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Bo leaves."""
    await leaves(world, bo, ana, day)


async def is_forgotten(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Ana is forgotten."""
    await ana.writes("/forget")
    await world.deliver()
    await press(ana, Verb.FORGET)
    assert day
    assert bo.last("other_left")


async def other_is_forgotten(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Bo is forgotten."""
    await is_forgotten(world, bo, ana, day)


async def is_revealed_late(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Bo seals the earlier day."""
    await world.later(HOUR)
    await looks(bo, day)
    await press(bo, Verb.WRITE_FOR, day.id)
    await seal(bo, "a kettle")
    assert ana.last("reveal_words").quoted == ["a kettle"]


async def is_revealed_while_blocked(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Bo seals the earlier day while nothing reaches Ana."""
    ana.blocks = True
    await looks(bo, day)
    await press(bo, Verb.WRITE_FOR, day.id)
    await seal(bo, "a kettle")
    await world.unblocks(ana)
    assert ana.last("reveal_words").quoted == ["a kettle"]


async def keeps_it(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Ana keeps it to herself."""
    await press(ana, Verb.KEEP_TO_ONESELF, day.id)
    assert world
    assert bo


async def takes_it_back(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Ana takes it back and begins anew."""
    await press(ana, Verb.TAKE_BACK, day.id)
    await press(ana, Verb.START_OVER, day.id)
    assert world
    assert bo


async def lapses(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Two weeks pass."""
    for person in (ana, bo):
        await world.change(person, resting=True)
    await world.later(16 * DAY)
    assert day.id == (await world.rounds())[0].id
    assert (await world.rounds())[0].state == "lapsed"


async def lapses_while_blocked(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Two weeks pass, while nothing reaches Ana."""
    ana.blocks = True
    await ana.writes("/help")
    await world.deliver()
    await lapses(world, ana, bo, day)
    await world.unblocks(ana)


async def deletes_it(world: World, ana: Person, bo: Person, day: Round) -> None:
    """Ana deletes it."""
    await ana.writes("/journal")
    await world.deliver()
    await press(ana, Verb.ENTRY, day.id)
    await press(ana, Verb.DELETE_ASK)
    await press(ana, Verb.DELETE)
    assert bo


EVENTS: list[Event] = [
    leaves, is_left, is_forgotten, other_is_forgotten, is_revealed_late, is_revealed_while_blocked, keeps_it,
    takes_it_back, lapses, lapses_while_blocked, deletes_it,
]  # fmt: skip


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
async def test_after_an_earlier_seal_nothing_promises_more_than_is_so(
    world: World, pair: Pair, event: Event, *, wanted: bool
) -> None:
    """A note of the seal, of the day's end, of /today and of *Earlier ones* say what has become of the words."""
    ana, bo = pair
    await world.change(ana, put_away=wanted)
    await seal(ana, "a wobbly window")
    day = await world.round()
    await looks(ana, day)
    await world.next_opening()
    await world.later(HOUR)
    await looks(ana, day)
    await event(world, ana, bo, day)
    said = [text for text in ana.texts() if any(promise in text for promise in PROMISES)]
    assert not said, said
    for person in pair:
        await presses_all(person)


@pytest.mark.parametrize("event", [leaves, is_left, is_forgotten, other_is_forgotten])
async def test_what_was_not_sent_says_so_when_a_couple_ends(world: World, pair: Pair, event: Event) -> None:
    """An answer, a draft, and what nobody has placed."""
    ana, bo = pair
    await reveal(world)
    await ana.writes("you stood there alone")
    await world.deliver()
    await world.next_opening()
    day = await world.round()
    await ana.writes("a wobbly window")
    await world.deliver()
    await event(world, ana, bo, day)
    said = [text for text in ana.texts() if any(promise in text for promise in PROMISES)]
    assert not said, said
    assert not {Verb.SEAL, Verb.SEND, Verb.REWRITE, Verb.START_OVER} & {*ana.asks()}
    for person in pair:
        await presses_all(person)


async def test_what_the_other_forgets_is_found_in_ones_own_chat_still(world: World, pair: Pair) -> None:
    """Whoever stays can have their own words leave the chat."""
    ana, bo = pair
    await seal(ana, "a wobbly window")
    note = ana.last("sealed")
    clear = next(data for label, data in note.buttons if label.startswith("Clear"))
    await is_forgotten(world, bo, ana, await world.round())
    await ana.presses_data(note.id, clear)
    await world.deliver()
    assert not any("a wobbly window" in text for text in ana.texts())


async def presses_all(person: Person) -> None:
    """Press each button that stands in a chat: something is said to each, or something changes."""
    for number, data in [(m.id, data) for m in person.shown.values() for _, data in m.buttons if data]:
        before = len(person.calls)
        await person.presses_data(number, data)
        await person.world.deliver()
        told = [call for _, _, call in person.calls[before:]]
        assert told, data
        texts = [str(call.payload.get("text", "")) for call in told]
        assert not any(word in text for text in texts for word in UNKIND), texts


async def test_an_answer_after_the_couple_has_ended_goes_nowhere(world: World, pair: Pair) -> None:
    """Its button is gone, and a phone that still shows it is told."""
    ana, bo = pair
    await reveal(world)
    await ana.writes("you stood there alone")
    await world.deliver()
    send = next(
        (m.id, data) for m in ana.shown.values() for words, data in m.buttons if words == label("send")
    )
    await leaves(world, bo, ana, await world.round())
    await ana.presses_data(*send)
    await world.deliver()
    assert "response_words" not in bo.kinds()
    assert ana.kinds()[-1] == "refusal"
