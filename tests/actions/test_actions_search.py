"""Looking for words in one's own journal, and looking again."""

import pytest
from couple_person import Person
from couple_world import MINUTE, World, reveal

from bot.practice.sought import holds
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]


async def looks_for(ana: Person, wanted: str) -> str:
    """Write a search, and give what was found."""
    await ana.writes(wanted)
    await ana.world.deliver()
    return ana.texts()[-1]


@pytest.fixture
async def ana(world: World, pair: Pair) -> Person:
    """Let Ana have written, and ask for a search."""
    ana, _ = pair
    await reveal(world, "the doctor rang on Thursday", "a kettle")
    await world.next_opening()
    await ana.writes("/journal")
    await world.deliver()
    await ana.presses(Verb.JOURNAL_SEARCH)
    await world.deliver()
    return ana


async def test_a_second_word_looks_again(world: World, ana: Person) -> None:
    """Found or not; after a quarter of an hour, or another message, words are for the day again."""
    assert "found nothing" in await looks_for(ana, "kettle")
    assert "I found these" in await looks_for(ana, "thursday")
    assert "I found these" in await looks_for(ana, "doctor")
    assert "draft" not in ana.kinds()
    await world.later(16 * MINUTE)
    await looks_for(ana, "quiet")
    assert ana.kinds()[-1] == "draft"


async def test_a_story_is_no_search(ana: Person) -> None:
    """It is asked what it is for."""
    await looks_for(ana, "thursday")
    await looks_for(ana, "I was in the kitchen all morning and nobody rang.")
    assert ana.kinds()[-1] == "kept_ask"


async def test_a_search_that_found_something_is_not_put_aside(world: World, ana: Person) -> None:
    """Whatever is opened after it is simply next."""
    await looks_for(ana, "thursday")
    await ana.presses(Verb.ENTRY)
    await world.deliver()
    await ana.writes("/practice")
    await world.deliver()
    assert "put_aside" not in ana.kinds()
    await looks_for(ana, "quiet")
    assert "journal" not in ana.kinds()[-2:]


@pytest.mark.parametrize("wanted", ["doctor thursday", "Thursday doctor", "rang THE", "on"])
async def test_all_words_count_in_any_order(ana: Person, wanted: str) -> None:
    """Also where they stand apart."""
    assert ("I found these" in await looks_for(ana, wanted)) is True


@pytest.mark.parametrize(
    ("wanted", "found"), [("doctor monday", False), ("árbour HAR", True), ("", True), ("a b", True)]
)
def test_a_text_holds_every_word(wanted: str, *, found: bool) -> None:
    """Without accents, in any case; one that is missing is enough not to be found."""
    assert holds("Hárbour, by the doctor", wanted) is found
