"""Right after what is for oneself alone, words are asked about, whatever was chosen there."""

from collections import Counter

import pytest
from couple_person import Person
from couple_world import MINUTE, World, reveal

from bot.actions import named
from bot.messages import TRACELESS, MessageKind
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb
from storage.outbox import SILENT

Pair = tuple[Person, Person]
K = MessageKind
NO_CALL = frozenset({K.CALLBACK, K.PUT_AWAY, K.SHOWN_OVER, K.PRACTICE_OVER, *SILENT}) - {K.HEARD_NOTED}


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def press(person: Person, ask: Verb | Heard, *about: int | str) -> None:
    """Press the newest button that asks for this, and let all that follows arrive."""
    await person.presses(ask, *about)
    await person.world.deliver()


def test_each_kind_of_message_is_decided_once() -> None:
    """Of whatever is added it has to be said what words right after it are for."""
    decided = Counter(
        kind
        for kinds in (
            {*named.NAMING} - named.OF_ONESELF,
            named.ASKING - {*named.NAMING},
            named.OF_ONESELF,
            named.PRIVATE - named.CHOICES,
            named.CHOICES,
            named.LOOKED_AT - named.PRIVATE - named.OF_ONESELF,
            named.PASSING,
            TRACELESS,
            NO_CALL,
        )
        for kind in kinds
    )
    assert {kind: decided[kind] for kind in K if decided[kind] != 1} == {}


@pytest.mark.parametrize(
    ("command", "presses"),
    [
        ("/leave", [(Verb.STAY,)]),
        ("/forget", [(Verb.STAY,)]),
        ("/settings", [(Verb.SCREEN, "depth"), (Verb.DEPTH, 2)]),
        ("/settings", [(Verb.SCREEN, "quick"), (Verb.BUSY, 1)]),
        ("/settings", [(Verb.SCREEN, "themes"), (Verb.THEME,)]),
        ("/export", []),
    ],
)
async def test_words_after_a_private_press_are_asked_about(
    pair: Pair, command: str, presses: list[tuple[Verb, int | str]]
) -> None:
    """The draft that stands keeps what it had, also where a pleasantry came in between."""
    ana, _ = pair
    await says(ana, "the kettle was on")
    await says(ana, command)
    for asks in presses:
        await press(ana, *asks)
    await says(ana, "thanks")
    assert await says(ana, "that's for my therapist alone") == "kept_ask"
    assert ana.last("draft").quoted == ["the kettle was on"]


async def test_words_under_the_settings_are_asked_about_until_something_is_switched(pair: Pair) -> None:
    """Who has just switched goes on with the day; who has switched nothing may still speak of it."""
    ana, _ = pair
    await says(ana, "/settings")
    assert await says(ana, "why is that so far down") == "kept_ask"
    await press(ana, Verb.NOWHERE)
    await says(ana, "/settings")
    await press(ana, Verb.SWITCH, "protect")
    assert await says(ana, "we sang in the car") == "draft"


async def test_words_after_not_now_are_asked_about(world: World, pair: Pair) -> None:
    """The other hears that it isn't just now, and nothing else."""
    ana, bo = pair
    await reveal(world)
    await says(ana, "/repair")
    calm = ana.last("talk_calm")
    await ana.presses_data(calm.id, calm.buttons[4][1])
    await world.deliver()
    await press(bo, Verb.TALK_NO)
    assert await says(bo, "I'm too angry at her") == "kept_ask"
    assert await says(ana, "always the same") == "kept_ask"


async def test_words_under_ones_own_mark_are_asked_about(world: World, pair: Pair) -> None:
    """Whoever marks a round of the journal as heavy may say why to nobody."""
    ana, _ = pair
    await reveal(world)
    await says(ana, "/journal")
    await press(ana, Verb.ENTRY)
    await press(ana, Verb.HEAVY)
    assert await says(ana, "it was heavy because of my dad") == "kept_ask"


async def test_a_while_later_words_are_of_the_day_again(world: World, pair: Pair) -> None:
    """And at once where something has named what they are for."""
    ana, _ = pair
    await says(ana, "/leave")
    await press(ana, Verb.STAY)
    world.now += 16 * MINUTE
    assert await says(ana, "we sang in the car") == "draft"
    await says(ana, "/leave")
    await press(ana, Verb.STAY)
    await says(ana, "/today")
    assert await says(ana, "and you drove") == "draft"
