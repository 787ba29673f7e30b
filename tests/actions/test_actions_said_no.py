"""A no that is typed to whether all shall end is one, in each language; a yes ends nothing."""

import pytest
from couple_person import Person
from couple_world import World

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


@pytest.mark.parametrize("command", ["/leave", "/forget"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no, wait"),
        ("en", "nvm"),
        ("es", "no no espera"),
        ("fr", "non, attends"),
        ("de", "Nein, warte!"),
        ("pt-br", "não, espera"),
        ("ru", "нет, подожди"),
        ("ar", "لا استنى"),
    ],
)
async def test_a_no_stays(world: World, pair: Pair, command: str, language: str, text: str) -> None:
    """It's said so, the question goes, and what is said after it is offered to the other unasked by nothing."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, command)
    assert await says(ana, text) == "cancelled"
    assert not {Verb.LEAVE, Verb.FORGET} & {*ana.asks()}
    assert await says(ana, "xyzzy") == "kept_ask"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "yes sure"), ("es", "sí, seguro"), ("ru", "да, точно"), ("fr", "oui")]
)
async def test_a_yes_takes_its_button(world: World, pair: Pair, language: str, text: str) -> None:
    """Nor does it wait to be placed with the other's words, also where something does."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "/leave")
    assert await says(ana, text) == "courtesy"
    assert Verb.LEAVE in ana.asks()
    async with world.unit() as work:
        assert not await work.kept.of(ana.id)


async def test_a_no_is_heard_under_a_question_what_words_are_for(pair: Pair) -> None:
    """What waits there stays as it was."""
    ana, _ = pair
    await says(ana, "/leave")
    assert await says(ana, "I can't go on like this with you") == "kept_ask"
    quoted = ana.last("kept_ask").quoted
    assert await says(ana, "no, wait") == "cancelled"
    assert Verb.LEAVE not in ana.asks()
    assert ana.last("kept_ask").quoted == quoted
