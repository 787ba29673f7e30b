"""Ten minutes together over HTTP: each is asked alone, and a small thing comes once both have said yes."""

from dataclasses import dataclass

import pytest
from forging import forges
from memory import stored
from people import MakeHome, Person, couple, later, next_round, screen, settled

from bot.content import Content
from bot.home.house import Home
from bot.practice.round import Nearby
from bot.screens.callbacks import Verb, encode

HERE, APART = Nearby.HERE.value, Nearby.APART.value
CAME = "You both said yes."
THINGS = "SELECT thing FROM rounds WHERE thing IS NOT NULL ORDER BY ordinal"


@dataclass(frozen=True)
class Revealed:
    """Two, and a round of theirs that both have sealed."""

    noa: Person
    sam: Person
    round: int


async def revealed(home: Home) -> Revealed:
    """Make a couple, and reveal their second round."""
    noa, sam = await couple(home)
    await next_round(home, noa, sam)
    return await both_seal(home, noa, sam)


async def both_seal(home: Home, noa: Person, sam: Person) -> Revealed:
    """Reveal the round that is open."""
    for partner in (noa, sam):
        await partner.seals("The kettle sang.")
    ((round_,),) = stored(home, "SELECT id FROM rounds ORDER BY ordinal DESC LIMIT 1")
    for partner in (noa, sam):
        await partner.hears()
    return Revealed(noa, sam, round_)


async def asks(partner: Person) -> None:
    """Ask for ten minutes from the page of the day."""
    partner.writes("/today")
    await partner.presses(Verb.TOGETHER, on=await partner.sees("This round is open to both of you"))
    await partner.sees("Ten minutes together")


async def says_yes(partner: Person, where: str = HERE) -> None:
    """Ask, and say yes."""
    await asks(partner)
    await partner.presses(Verb.TOGETHER_YES, where)
    await settled(partner.home)


async def test_it_comes_to_both_once_both_have_said_yes(home: Home, content: Content) -> None:
    """The first yes reaches nobody; with the second the same thing stands in both chats, and stays."""
    two = await revealed(home)
    await says_yes(two.noa)
    assert two.noa.was_told("That stays between you and me")
    assert await two.sam.hears() == []
    await says_yes(two.sam)
    ((thing,),) = stored(home, THINGS)
    words = content.words("en").things[thing]
    assert words.where != "apart"
    for partner in (two.noa, two.sam):
        assert words.text in (await partner.finds(CAME)).text
    assert not any(Verb.TOGETHER_NOT.value in data for data in _buttons(two.noa))
    await two.noa.hears()
    two.noa.writes("/today")
    assert words.text in await two.noa.press_answer(Verb.TOGETHER)
    assert stored(home, THINGS) == [(thing,)]


def _buttons(partner: Person) -> list[str]:
    return [str(b.value) for m in partner.phone.from_bot for row in m.buttons for b in row]


async def test_one_yes_from_afar_brings_one_for_afar(home: Home, content: Content) -> None:
    """Whatever the other said."""
    two = await revealed(home)
    await says_yes(two.noa, APART)
    await says_yes(two.sam)
    ((thing,),) = stored(home, THINGS)
    assert content.words("en").things[thing].where != "near"
    assert "each from where you are" in (await two.sam.finds(CAME)).text


async def test_a_yes_taken_back_counts_no_more(home: Home) -> None:
    """And nobody hears of it."""
    two = await revealed(home)
    await says_yes(two.noa)
    await two.noa.presses(Verb.TOGETHER_NOT)
    await two.noa.finds("That's fine. Nothing comes")
    await says_yes(two.sam)
    assert stored(home, THINGS) == []
    assert not two.noa.was_told(CAME)
    assert not two.sam.was_told(CAME)


async def test_a_yes_holds_until_the_end_of_its_day(home: Home) -> None:
    """The other's yes brings nothing of an old one; a new one can be said."""
    two = await revealed(home)
    await says_yes(two.noa)
    await asks(two.sam)
    await later(home, hours=14)
    await two.sam.presses(Verb.TOGETHER_YES, HERE)
    await two.sam.finds("That stays between you and me")
    await settled(home)
    assert stored(home, THINGS) == []
    await says_yes(two.noa)
    assert len(stored(home, THINGS)) == 1


async def test_it_comes_in_nobodys_quiet_hours(home: Home) -> None:
    """The yes of one late at night brings the other nothing, then or in the morning."""
    two = await revealed(home)
    await screen(two.sam, (Verb.SCREEN, "quiet"), (Verb.QUIET, 0))
    await says_yes(two.noa)
    await later(home, hours=1.5)
    await says_yes(two.sam)
    assert two.sam.was_told("and neither of you is in quiet hours")
    assert stored(home, THINGS) == []
    await later(home, hours=12)
    assert not two.noa.was_told(CAME)


async def test_whoever_rests_by_then_gets_nothing(home: Home) -> None:
    """A rest begun after a yes is a rest from this, too; once it's over, the yes counts again."""
    two = await revealed(home)
    await says_yes(two.noa)
    two.noa.writes("/pause")
    await settled(home)
    await says_yes(two.sam)
    assert stored(home, THINGS) == []
    two.noa.writes("/resume")
    await settled(home)
    two.noa.writes("/today")
    await settled(home)
    assert CAME in await two.noa.press_answer(Verb.TOGETHER)
    assert await two.sam.finds(CAME)


async def test_a_closed_round_offers_it_and_the_first_does_not(home: Home) -> None:
    """Under the closing words; the first day is full enough."""
    noa, sam = await couple(home)
    for offered in (False, True):
        two = await both_seal(home, noa, sam)
        for me in (noa, sam):
            await me.presses(Verb.OWN_WORDS)
            await settled(home)
            me.writes("I can hear that kettle.")
            await settled(home)
            await me.presses(Verb.SEND, two.round)
            await settled(home)
        for me in (noa, sam):
            await me.presses(Verb.HEARD, two.round)
            await settled(home)
        assert any(data.startswith(f"{Verb.TOGETHER.value}:") for data in _buttons(noa)) is offered
        noa.writes("/today")
        await settled(home)
        assert any(data.startswith(f"{Verb.TOGETHER.value}:") for data in _buttons(noa)) is offered
        await next_round(home, noa, sam)


async def test_what_came_does_not_come_again_and_knows_the_themes(home: Home, content: Content) -> None:
    """Day after day another; and none of a theme that only one has opened."""
    noa, sam = await couple(home)
    await screen(noa, (Verb.SCREEN, "themes"), (Verb.THEME, "touch"))
    for _ in range(4):
        await next_round(home, noa, sam)
        two = await both_seal(home, noa, sam)
        await says_yes(two.noa)
        await says_yes(two.sam)
    came = [thing for (thing,) in stored(home, THINGS)]
    assert len(set(came)) == 4
    assert not any(content.words("en").things[thing].theme for thing in came)


async def test_it_ends_with_the_day_and_with_the_couple(make_home: MakeHome) -> None:
    """An old yes brings nothing tomorrow, and nothing once one has left; both are told kindly."""
    home = await make_home()
    two = await revealed(home)
    await says_yes(two.noa)
    await asks(two.sam)
    old = two.sam.phone.last
    await next_round(home, two.noa, two.sam)
    new = await both_seal(home, two.noa, two.sam)
    assert "has ended" in await new.sam.press_answer(Verb.TOGETHER_YES, two.round, on=old)
    await says_yes(new.sam)
    assert stored(home, THINGS) == []
    new.noa.writes("/leave")
    await new.noa.presses(Verb.LEAVE, on=await new.noa.sees("Leave"))
    await settled(home)
    await new.noa.hears()
    await forges(new.noa, new.noa.phone.last, encode(Verb.TOGETHER_YES, new.round, HERE))
    assert stored(home, THINGS) == []


@pytest.mark.parametrize("where", ["", "home", "HERE"])
async def test_a_forged_yes_is_none(home: Home, where: str) -> None:
    """One that names no place, or before the reveal."""
    two = await revealed(home)
    await asks(two.noa)
    await forges(two.noa, two.noa.phone.last, encode(Verb.TOGETHER_YES, two.round, where))
    await next_round(home, two.noa, two.sam)
    ((round_,),) = stored(home, "SELECT id FROM rounds ORDER BY ordinal DESC LIMIT 1")
    await forges(two.noa, two.noa.phone.last, encode(Verb.TOGETHER_YES, round_, HERE))
    assert stored(home, "SELECT count(*) FROM turns WHERE together IS NOT NULL") == [(0,)]
