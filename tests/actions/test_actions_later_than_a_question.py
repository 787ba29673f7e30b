"""What is written well after a question what words are for goes where it would go without it, or waits with them."""

import pytest
from couple_person import Person
from couple_world import MINUTE, World, reveal

from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
ASKED = "how do I make the card come earlier"  # of the bot, it seems


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def test_todays_words_are_no_part_of_what_was_asked_about(world: World, pair: Pair) -> None:
    """The question stays as it was, above them, and both can be placed."""
    ana, _ = pair
    assert await says(ana, ASKED) == "kept_ask"
    await world.later(2 * MINUTE)
    assert await says(ana, "I felt small at dinner") == "draft"
    assert ana.last("draft").quoted == ["I felt small at dinner"]
    assert ana.last("kept_ask").quoted == [ASKED]
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    assert ana.last("draft").quoted == ["I felt small at dinner"]


async def test_more_of_the_same_breath_waits_with_it(world: World, pair: Pair) -> None:
    """Each line asks anew, so that a minute is counted from the last."""
    ana, _ = pair
    await says(ana, ASKED)
    for text in ("the evening one", "it's so late"):
        await world.later(MINUTE / 2)
        assert await says(ana, text) == "kept_ask"
    assert ana.last("kept_ask").quoted == [ASKED, "the evening one", "it's so late"]


async def test_an_answer_finds_its_place(world: World, pair: Pair) -> None:
    """Though a question stands over it since the reveal."""
    ana, _ = pair
    await reveal(world)
    assert await says(ana, ASKED) == "kept_ask"
    await world.later(2 * MINUTE)
    assert await says(ana, "you were tired and I went on") == "response_draft"


@pytest.mark.parametrize("command", ["/safety", "/growth", "/leave"])
async def test_what_is_told_under_what_is_for_oneself_stays_asked_about(
    world: World, pair: Pair, command: str
) -> None:
    """A question that was asked there ends nothing of that."""
    ana, _ = pair
    await says(ana, command)
    assert await says(ana, "a grey morning at the lake") == "kept_ask"
    await world.later(2 * MINUTE)
    assert await says(ana, "and the fog came in") == "kept_ask"
    assert "draft" not in ana.kinds()


async def test_a_yes_and_a_hello_are_no_words_then(world: World, pair: Pair) -> None:
    """They tell nothing by themselves, and begin no answer."""
    ana, _ = pair
    await says(ana, ASKED)
    for text in ("ok", "hello", "no"):
        await world.later(2 * MINUTE)
        await says(ana, text)
    assert "draft" not in ana.kinds()


async def test_more_waits_with_what_was_asked_last_alone(world: World, pair: Pair) -> None:
    """What an earlier question quotes stays there, and stands under no other."""
    ana, _ = pair
    await says(ana, ASKED)
    await world.later(2 * MINUTE)
    assert await says(ana, "I felt small at dinner") == "draft"
    await world.later(2 * MINUTE)
    other = "how do I make it come later"
    assert await says(ana, other) == "kept_ask"
    assert ana.last("kept_ask").quoted == [other]
    assert await says(ana, "my mum thinks you're lazy") == "kept_ask"
    assert ana.last("kept_ask").quoted == [other, "my mum thinks you're lazy"]
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    assert await world.rows("SELECT count(*) FROM kept") == [(1,)]
