"""A wish to stop is met in a talk, in each language."""

import pytest
from couple_person import Person
from couple_world import MINUTE, World

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
STOPS = (
    ("en", "stop it"),
    ("en", "I don't want to talk anymore"),
    ("es", "para"),
    ("es", "ya no quiero hablar"),
    ("es", "dejalo"),
    ("fr", "ca suffit"),
    ("fr", "jveux plus parler"),
    ("de", "halt"),
    ("de", "das reicht"),
    ("de", "ich will nich mehr"),
    ("pt-br", "para"),
    ("pt-br", "nao quero mais falar"),
    ("ru", "стой"),
    ("ar", "وقف"),
    ("ar", "ما بدي احكي"),
)
HEARD = (
    ("de", "hat er das gehört?"),
    ("es", "me oyo?"),
    ("fr", "il a entendu?"),
    ("pt-br", "ele ouviu?"),
)


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def begins(world: World, pair: Pair, command: str) -> None:
    """Bring the two into a talk, in which the first is to write."""
    ana, bo = pair
    await world.later(31 * MINUTE)
    await says(ana, command)
    await ana.presses(Verb.TALK_CALM, "4")
    await world.deliver()
    if command == "/dialogue":
        await ana.presses(Verb.TALK_WHERE, 0)
        await world.deliver()
    for verb, *about in ((Verb.TALK_YES,), (Verb.TALK_CALM, "4")):
        await bo.presses(verb, *about)
        await world.deliver()


@pytest.mark.parametrize("command", ["/dialogue", "/repair"])
@pytest.mark.parametrize(("language", "text"), STOPS)
async def test_a_stop_is_no_turn_of_a_talk(
    world: World, pair: Pair, command: str, language: str, text: str
) -> None:
    """It is told how to rest or to end it, and the step stands below with its buttons."""
    ana, _ = pair
    await begins(world, pair, command)
    await world.change(ana, language=language)
    ana.look_away()
    await says(ana, text)
    assert ana.kinds()[0] == "courtesy"
    assert "talk_draft" not in ana.kinds()
    assert Verb.TALK_STOP in ana.asks()


@pytest.mark.parametrize(("language", "text"), HEARD)
async def test_whether_the_other_has_heard_is_no_turn(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """It's asked of the bot."""
    ana, _ = pair
    await begins(world, pair, "/dialogue")
    await world.change(ana, language=language)
    ana.look_away()
    await says(ana, text)
    assert "talk_draft" not in ana.kinds()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "too tired"), ("de", "zu müde"), ("fr", "trop fatiguee")]
)
async def test_why_it_is_not_today_is_no_word_of_the_card(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """It's what the button that was pressed says already."""
    ana, _ = pair
    await world.change(ana, language=language)
    await ana.presses(Verb.NOT_TODAY)
    await world.deliver()
    await says(ana, text)
    assert "draft" not in ana.kinds()
