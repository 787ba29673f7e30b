"""Point 16, over HTTP: a no to a theme, and to a wish, looks like no answer, byte for byte."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from people import MakeHome, Person, later, screen
from two_lives import fork, seen

from bot.home.house import Home
from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]
THEMES = (Verb.SCREEN, "themes")


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def open_others(sam: Person) -> None:
    """Open what Noa has not."""
    await screen(sam, THEMES, (Verb.THEME, "desire"), (Verb.THEME, "faith"), (Verb.THEME, "children"))


async def close_what_both_had(sam: Person) -> None:
    """Close what both had opened."""
    await screen(sam, THEMES, (Verb.THEME, "touch"))


async def waver(sam: Person) -> None:
    """Open and close what Noa has opened alone, while she does not look."""
    await screen(sam, THEMES, (Verb.THEME, "faith"), (Verb.THEME, "faith"))


async def choose_quick(sam: Person) -> None:
    """Prefer quick prompts always, and call a day busy that is not tomorrow."""
    if not sam.was_told("A quick card"):
        await screen(sam, (Verb.SCREEN, "quick"), (Verb.SWITCH, "quick"), (Verb.BUSY, 6))


async def say_no(sam: Person) -> None:
    """Say no to Noa's wish."""
    if sam.was_told("would like more of this theme"):
        await sam.presses(Verb.WISH_NOT)
        await sam.hears()


async def prepare(noa: Person, sam: Person) -> None:
    """Let both open one theme, and Noa another."""
    await screen(noa, THEMES, (Verb.THEME, "touch"), (Verb.THEME, "money"))
    await screen(sam, THEMES, (Verb.THEME, "touch"))


async def noa_looks(noa: Person, home: Home, act: Act, sam: Person) -> None:
    """Let Noa look at all there is and wish for a theme, and Sam act before each of it."""
    await act(sam)
    await screen(noa, THEMES)
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0), (Verb.WISH, "touch"))
    if act is say_no:
        await act(sam)
    await screen(noa, THEMES)
    await screen(noa, THEMES, (Verb.THEME, "touch"), (Verb.THEME, "touch"))
    await screen(noa, THEMES, (Verb.WISH_PAGE, 0))
    await screen(noa, (Verb.SCREEN, "quick"))
    noa.writes("/today")
    await noa.hears()
    await later(home, hours=2)


ACTS = {
    "others": open_others,
    "closes": close_what_both_had,
    "no": say_no,
    "wavers": waver,
    "quick": choose_quick,
}


@pytest.mark.parametrize("what", sorted(ACTS))
async def test_safety_16_a_no_looks_like_no_answer(make_home: MakeHome, tmp_path: Path, what: str) -> None:
    """In the one the other does nothing, in the other says no: no word, button or time tells them apart."""
    made, chats = await fork(make_home, tmp_path, prepare), []
    for name, act in (("quiet", nothing), ("busy", ACTS[what])):
        async with made.life(name) as (home, noa, sam):
            await noa_looks(noa, home, act, sam)
            chats.append(seen(noa, 0))
            assert noa.was_told("You've both opened: Touch and closeness.")
            assert noa.was_told("pass your wish on: Touch and closeness")
    assert chats[0] == chats[1]


async def test_safety_16_the_two_worlds_part_with_a_yes(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one: a second yes shows."""
    made, chats = await fork(make_home, tmp_path, prepare), []
    for name in ("quiet", "busy"):
        async with made.life(name) as (_, noa, sam):
            if name == "busy":
                await screen(sam, THEMES, (Verb.THEME, "money"))
            await screen(noa, THEMES)
            chats.append(noa.phone.last.text)
    assert chats[0] != chats[1]
    assert "Money" in chats[1].split("You've both opened")[1]
