"""Points 14 and 16 for the weeks: a tap is one's own, and so is a yes to both lines until the other has said it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from people import MakeHome, Person, later, screen, settled
from two_lives import Seen, fork, seen, without_ids
from weeks import answers_week, wants_pulse

from bot.screens.callbacks import Verb

Act = Callable[[Person], Awaitable[None]]
BOTH = "Both your lines"
NOTHING = "nothing to look at together"
WEEKS = 4
A_WHILE = timedelta(minutes=10)  # in which all that one of them does has its place


async def nothing(_: Person) -> None:
    """Do nothing at all."""


async def taps(sam: Person) -> None:
    """Want to be asked, and tap what a hard week is."""
    await wants_pulse(sam)


async def looks(who: Person) -> None:
    """Open the line, and both lines, as far as there is a way."""
    who.writes("/growth")
    await settled(who.home)
    if any(str(b.value).startswith(f"{Verb.BOTH.value}") for row in who.phone.last.buttons for b in row):
        await who.presses(Verb.BOTH, on=who.phone.last)
        await settled(who.home)


async def agrees(who: Person) -> None:
    """Say yes to both lines."""
    await looks(who)
    await who.presses(Verb.BOTH_YES, on=who.phone.last)
    await settled(who.home)


async def wavers(who: Person) -> None:
    """Say yes, and take it back."""
    await agrees(who)
    await who.presses(Verb.BOTH_NOT, on=who.phone.last)
    await settled(who.home)


async def both_want(noa: Person, sam: Person) -> None:
    """Let both be asked, and tap two weeks: lines of their own are there."""
    for who in (noa, sam):
        await wants_pulse(who)
    for _ in range(2):
        await later(noa.home, days=7)
        for who in (noa, sam):
            await answers_week(who, 3, 3, 3)


async def _live(make_home: MakeHome, root: Path, sams: Act, noas: Act, *, both_tap: bool) -> list[list[Seen]]:
    """Live on twice, once with Sam doing nothing; give what Noa sees in each."""
    made, chats = await fork(make_home, root, both_want), []
    for name, act in (("quiet", nothing), ("busy", sams)):
        async with made.life(name) as (home, noa, sam):
            begun = home.clock.now()
            await act(sam)
            await later(home, seconds=(begun + A_WHILE - home.clock.now()).total_seconds())
            await noas(noa)
            for _ in range(WEEKS):
                await later(home, days=7)
                await answers_week(noa, 4, 4, 5)
                if both_tap:
                    await answers_week(sam, 1, 2, 1)
            await looks(noa)
            await noa.hears()
            chats.append(without_ids(seen(noa, 0)))
    return chats


async def switches_off(sam: Person) -> None:
    """End the question, and look at one's own line."""
    await screen(sam, (Verb.SCREEN, "pulse"), Verb.PULSE_SWITCH)
    await looks(sam)


@pytest.mark.parametrize("act", [switches_off, wavers, agrees], ids=["off", "wavers", "agrees"])
@pytest.mark.parametrize("noas", [nothing, looks], ids=["lives", "looks"])
async def test_safety_14_what_one_taps_or_says_is_seen_by_nobody_else(
    make_home: MakeHome, tmp_path: Path, act: Act, noas: Act
) -> None:
    """Whoever has not agreed sees the same, byte for byte, whatever the other does with their weeks."""
    quiet, busy = await _live(make_home, tmp_path, act, noas, both_tap=False)
    assert quiet == busy
    assert BOTH not in str(busy)


@pytest.mark.parametrize("act", [wavers, switches_off], ids=["wavers", "off"])
async def test_safety_16_a_no_to_both_lines_looks_like_no_answer(
    make_home: MakeHome, tmp_path: Path, act: Act
) -> None:
    """Whoever said yes sees the same, whether the other said no, took a yes back, or nothing; tapped or not."""
    quiet, busy = await _live(make_home, tmp_path, act, agrees, both_tap=False)
    assert quiet == busy
    assert NOTHING in str(busy)


async def test_safety_16_a_yes_without_weeks_looks_like_no_yes(make_home: MakeHome, tmp_path: Path) -> None:
    """Whoever said yes can't tell a yes of the other's from none before both have answered three weeks."""
    quiet, busy = await _live(make_home, tmp_path, agrees, agrees, both_tap=False)
    assert quiet == busy


async def test_safety_16_two_yeses_to_both_lines_show(make_home: MakeHome, tmp_path: Path) -> None:
    """The comparison is no empty one."""
    quiet, busy = await _live(make_home, tmp_path, agrees, agrees, both_tap=True)
    assert BOTH not in str(quiet)
    assert BOTH in str(busy)
