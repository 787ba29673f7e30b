"""A look back at the week: on the chosen day, in place of a card, with what both have seen and one question."""

from memory import stored
from people import Person, couple, later, next_round, screen, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

BACK = "Your week, looked back on"
SUNDAY = 6  # they meet on a Monday
KEPT = "You held the lantern while I looked."


async def chooses(who: Person, day: int = SUNDAY) -> str:
    """Choose the day on which the two look back; give the screen as it is then."""
    return await screen(who, (Verb.SCREEN, "days"), Verb.WEEK, (Verb.WEEK_DAY, day))


async def revealed_in_the_week(home: Home) -> tuple[Person, Person]:
    """Make a couple who look back on Sundays and have revealed Tuesday's round; Noa kept a sentence, and told."""
    noa, sam = await couple(home)
    await chooses(noa)
    await next_round(home, noa, sam)
    await noa.seals("The heron stood still.")
    await sam.seals(KEPT)
    await noa.presses(Verb.HIGHLIGHT_ASK)
    await settled(home)
    await noa.presses(Verb.HIGHLIGHT_TELL)
    await settled(home)
    return noa, sam


async def test_it_comes_on_its_day_in_place_of_a_card(home: Home) -> None:
    """What they wrote about, the sentence that stayed, one question; sealed and revealed as ever; no other card."""
    noa, sam = await revealed_in_the_week(home)
    await later(home, days=4)
    for who in (noa, sam):
        assert not who.was_told(BACK)
        await who.hears()
    await later(home, days=1)
    for who, whose in (
        (noa, "This one of Sam's stayed with you:"),
        (sam, "This one of yours stayed with Noa:"),
    ):
        told = [text for text in await who.hears() if text]
        at = next(number for number, text in enumerate(told) if text.startswith(BACK))
        assert f"{whose}\n{KEPT}" in told[at]
        assert told[at + 1].startswith("Today · your week")
        assert "heron" not in told[at]
    assert stored(home, "SELECT prompt FROM rounds ORDER BY ordinal DESC LIMIT 1")[0][0].startswith(
        "week-back-"
    )
    await noa.seals("I'd keep the weir.")
    await sam.seals("I'd keep the bridge.")
    assert noa.was_told("I'd keep the bridge.")
    await later(home, days=2)
    assert not stored(home, "SELECT prompt FROM rounds ORDER BY ordinal DESC LIMIT 1")[0][0].startswith(
        "week-back-"
    )


async def test_with_nothing_revealed_an_ordinary_card_comes(home: Home) -> None:
    """Their week had no words that both have seen."""
    noa, sam = await couple(home)
    await chooses(noa)
    await noa.drafts("for myself")
    await later(home, days=7)
    for who in (noa, sam):
        assert not who.was_told(BACK)
    assert stored(home, "SELECT count(*) FROM rounds WHERE prompt LIKE 'week-back-%'") == [(0,)]
    assert stored(home, "SELECT count(*) FROM rounds") >= [(6,)]


async def test_a_mark_that_was_not_told_is_not_in_it(home: Home) -> None:
    """A sentence is one's own until its author was told."""
    noa, sam = await couple(home)
    await chooses(noa)
    await next_round(home, noa, sam)
    await noa.seals("The heron stood still.")
    await sam.seals(KEPT)
    await noa.presses(Verb.HIGHLIGHT_ASK)
    await later(home, days=6)
    for who in (noa, sam):
        assert who.was_told(BACK)
    assert not any(BACK in text and KEPT in text for text in [*noa.texts(), *sam.texts()])


async def test_the_other_hears_of_the_day_once_and_can_choose_none(home: Home) -> None:
    """Several presses are one message; no look back comes then."""
    noa, sam = await couple(home)
    await chooses(noa, 2)
    assert "On Sunday you two look back" in await chooses(noa)
    await later(home, minutes=5)
    heard = [text for text in sam.texts() if "look back at your week" in text]
    assert len(heard) == 1
    assert "On Sunday" in heard[0]
    assert "On which day?" in await chooses(sam)
    assert stored(home, "SELECT week_day FROM couples") == [(None,)]


async def test_a_rest_brings_none(home: Home) -> None:
    """As on any day."""
    noa, sam = await revealed_in_the_week(home)
    sam.writes("/pause")
    await later(home, days=7)
    for who in (noa, sam):
        assert not who.was_told(BACK)
