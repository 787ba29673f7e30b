"""In the middle of a round somebody changes their language: what is theirs to do comes again in it, and is named."""

import pytest
from couple_person import Person
from couple_world import World, reveal

from bot.content import Content
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def speaks(world: World, person: Person, language: str) -> None:
    """Choose a language in the settings."""
    await person.writes("/settings")
    await world.deliver()
    await person.presses(Verb.SCREEN, "language")
    await world.deliver()
    await person.presses(Verb.LANGUAGE, language)
    await world.deliver()


@pytest.mark.parametrize("begun", ["/practice", "/capsule"])
async def test_what_was_begun_is_put_aside_where_the_card_comes_again(
    world: World, pair: Pair, begun: str
) -> None:
    """So that words for it don't become words for the day without a sentence that says so."""
    ana, _ = pair
    await ana.writes(begun)
    await world.deliver()
    await speaks(world, ana, "de")
    assert [kind for kind in ana.kinds() if kind != "commands"][-2:] == ["put_aside", "today"]


async def test_what_the_other_has_written_can_be_answered_in_it(world: World, pair: Pair) -> None:
    """The way there comes again."""
    ana, _ = pair
    await reveal(world)
    await speaks(world, ana, "de")
    assert "Schreib einfach" in ana.last("today").text


async def test_a_card_that_the_language_lacks_says_so(world: World, pair: Pair, content: Content) -> None:
    """No card comes in two languages without a word; the next ones are in it."""
    ana, _ = pair
    spoken = content.library("de").spoken
    lacks = (await world.round()).prompt not in spoken
    await speaks(world, ana, "de")
    assert ("noch nicht auf Deutsch" in ana.last("today").text) is lacks
    await world.next_opening()
    assert (await world.round()).prompt in spoken
    await ana.writes("/today")
    await world.deliver()
    assert "noch nicht auf Deutsch" not in ana.last("today").text
