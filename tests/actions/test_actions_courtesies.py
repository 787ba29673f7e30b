"""Thanks and greetings get a short answer where nothing asks for words; where something does, they go by the law."""

import pytest
from couple_person import Person
from couple_world import World, each, respond, reveal

from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def says(person: Person, text: str) -> str:
    """Write; give what stands last in the chat."""
    await person.writes(text)
    await person.world.deliver()
    return person.texts()[-1]


async def over(world: World, pair: Pair) -> None:
    """Complete the open round."""
    await reveal(world)
    for me, other in each(*pair):
        await respond(me, "I hear you")
        await other.presses(Heard.YES)
        await world.deliver()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("thank you!", "You're welcome."),
        ("good night", "Good night. Sleep well."),
        ("\U0001f44d", "Good. The next one comes on Tuesday at 09:00."),
    ],
)
async def test_a_short_human_answer(world: World, pair: Pair, text: str, answer: str) -> None:
    """Nothing is kept, and nobody needs to read that."""
    await over(world, pair)
    assert await says(pair[0], text) == answer


async def test_what_says_more_is_told_that_it_is_not_kept(world: World, pair: Pair) -> None:
    """A sentence may have been meant for somebody."""
    await over(world, pair)
    assert "kept nothing of that" in await says(pair[0], "thank you for the soup, Bo")


async def test_thanks_go_where_words_are_asked_for(world: World, pair: Pair) -> None:
    """A response can be two words long, and is quoted before it goes."""
    ana, _ = pair
    await reveal(world)
    assert "thank you" in await says(ana, "thank you")
    assert ana.kinds()[-1] == "response_draft"


async def test_whoever_rests_is_answered_too(world: World, pair: Pair) -> None:
    """Without a time at which nothing comes."""
    await over(world, pair)
    ana, _ = pair
    await ana.writes("/pause")
    assert await says(ana, "ok") == "Good."


async def test_somebody_alone_is_answered_and_first_told_what_has_happened(world: World, pair: Pair) -> None:
    """That the couple has ended is never held back by a pleasantry, and offers nothing new."""
    ana, bo = pair
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.deliver()
    told = bo.texts()[-1]
    assert "come to an end" in told
    assert "/invite" not in told
    assert await says(bo, "thank you") == "You're welcome."


CANCELLED = {
    Verb.OTHER_HOUR.value: "the hour stays as it is",
    Verb.CITY.value: "I won't ask about your city",
    Verb.OTHER_QUIET.value: "your quiet hours stay as they are",
    Verb.NAME.value: "your name stays as it is",
    Verb.JOURNAL_SEARCH.value: "no search then",
    Verb.SOLO.value: "that's it for practice",
}


@pytest.mark.parametrize("asked", CANCELLED)
async def test_cancel_names_what_it_has_cancelled(world: World, pair: Pair, asked: str) -> None:
    """Whatever question waits; a second time there is nothing to stop."""
    ana, _ = pair
    await ana.presses_data(1, asked)
    await world.deliver()
    assert CANCELLED[asked] in await says(ana, "/cancel")
    assert "nothing to stop" in await says(ana, "/cancel")


async def test_cancel_leaves_waiting_words_and_says_so(world: World, pair: Pair) -> None:
    """They are not dropped by a word that does not name them."""
    ana, _ = pair
    await ana.writes("what I wrote")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await says(ana, "and one more thing")
    assert ana.kinds()[-1] == "kept_ask"
    assert "Your words above still wait" in await says(ana, "/cancel")
    await ana.presses(Verb.NOWHERE)
    await world.deliver()
    assert "nothing to stop" in await says(ana, "/cancel")
