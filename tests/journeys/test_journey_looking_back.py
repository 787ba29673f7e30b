"""Looking back: a round of a month ago comes up again, to both alike, unless one of them finds it heavy."""

import pytest
from people import Person, couple, later, screen, settled

from bot.home.house import Home
from bot.practice import look_back
from bot.screens.callbacks import Verb

WEEK = range(1, 7)  # Tuesday to Sunday: what is left is Monday


@pytest.fixture(autouse=True)
def _no_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the lot fall on every round."""
    monkeypatch.setattr(look_back, "BLANKS", 0)


async def a_month_old(home: Home) -> tuple[Person, Person]:
    """Make a couple who practise on Mondays and have shown each other what they wrote four weeks ago."""
    noa, sam = await couple(home)
    await screen(noa, (Verb.SCREEN, "days"), *((Verb.DAY, day) for day in WEEK))
    await noa.seals("noa-words")
    await sam.seals("sam-words")
    await later(home, days=27)
    for who in (noa, sam):
        await who.hears()
        assert not who.was_told("A month ago")
    return noa, sam


async def opens(who: Person, words: str = "Your journal") -> None:
    """Open the only round in the journal that has words."""
    who.writes("/journal")
    await who.presses(Verb.ENTRY, on=await who.sees(words))
    await settled(who.home)


async def test_a_round_comes_up_again_after_a_month_and_not_again_in_the_next(home: Home) -> None:
    """Both hear of it before the prompt, with no word of what was written; a button leads to the journal."""
    noa, sam = await a_month_old(home)
    await later(home, days=2)
    for who in (noa, sam):
        told = [text for text in await who.hears() if text]
        back = next(
            number for number, text in enumerate(told) if text.startswith("A month ago, on 2 March 2026")
        )
        assert told[back + 1].startswith("Today ·")
        assert "-words" not in "".join(told)
        await who.presses(Verb.ENTRY)
        read = "\n".join(await who.hears())
        assert "noa-words" in read
        assert "sam-words" in read
    await later(home, days=29)
    for who in (noa, sam):
        assert not any("ago" in text.split(",")[0] for text in await who.hears())


async def test_what_one_finds_heavy_comes_up_for_neither(home: Home) -> None:
    """Marked in one's own journal, and told to nobody."""
    noa, sam = await a_month_old(home)
    await opens(sam)
    await sam.presses(Verb.HEAVY)
    await sam.finds("It's heavy for you")
    await later(home, days=9)
    for who in (noa, sam):
        assert not who.was_told("A month ago")
    await opens(noa)
    assert "○ Heavy for me" in noa.phone.last.labels


async def test_what_one_has_deleted_comes_up_for_neither(home: Home) -> None:
    """A round whose words don't stand any more is left alone."""
    noa, sam = await a_month_old(home)
    await opens(sam)
    await sam.presses(Verb.DELETE_ASK)
    await sam.presses(Verb.DELETE, on=await sam.sees("Delete what you wrote"))
    await later(home, days=9)
    for who in (noa, sam):
        assert not who.was_told("A month ago")


async def test_rather_not_leaves_it_be(home: Home) -> None:
    """It goes from the chat of whoever says so, and is heavy in their journal; the other reads on."""
    noa, sam = await a_month_old(home)
    await later(home, days=2)
    await noa.presses(Verb.NOT_AGAIN)
    await noa.finds("I won't bring that one up again")
    assert not noa.was_told("A month ago")
    await noa.hears()
    await opens(noa)
    assert "✓ Heavy for me" in noa.phone.last.labels
    assert sam.was_told("A month ago")
    await sam.presses(Verb.ENTRY)
    assert "noa-words" in "\n".join(await sam.hears())
