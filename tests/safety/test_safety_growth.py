"""Points 14 and 16 for the weeks: a tap is one's own, and so is a yes to both lines until the other has said it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from people import MakeHome, Person, later, screen, settled
from two_lives import Fork, Seen, fork, seen, without_ids
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


class Lives:
    """Lives of one couple after two weeks: what Noa sees in them. One in which Sam does nothing is lived once."""

    _forks: ClassVar[list[Fork]] = []
    _quiet: ClassVar[dict[tuple[Act, bool], list[Seen]]] = {}

    def __init__(self, make_home: MakeHome, fork_in: Path, name: str) -> None:
        self.make_home = make_home
        self.fork_in = fork_in
        self.name = name

    async def both(self, sams: Act, noas: Act, *, both_tap: bool) -> tuple[list[Seen], list[Seen]]:
        """Give what Noa sees while Sam does nothing, and while Sam acts."""
        if (noas, both_tap) not in self._quiet:
            self._quiet[noas, both_tap] = await self._live("quiet", nothing, noas, both_tap=both_tap)
        return self._quiet[noas, both_tap], await self._live("busy", sams, noas, both_tap=both_tap)

    async def _live(self, name: str, sams: Act, noas: Act, *, both_tap: bool) -> list[Seen]:
        if not self._forks:
            self._forks.append(await fork(self.make_home, self.fork_in, both_want))
        made = replace(self._forks[0], make_home=self.make_home)
        async with made.life(f"{self.name}-{name}") as (home, noa, sam):
            begun = home.clock.now()
            await sams(sam)
            await later(home, seconds=(begun + A_WHILE - home.clock.now()).total_seconds())
            await noas(noa)
            for _ in range(WEEKS):
                await later(home, days=7)
                await answers_week(noa, 4, 4, 5)
                if both_tap:
                    await answers_week(sam, 1, 2, 1)
            await looks(noa)
            await noa.hears()
            return without_ids(seen(noa, 0))


@pytest.fixture
def lives(make_home: MakeHome, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Lives:
    """Live on from where both have tapped for two weeks."""
    return Lives(make_home, tmp_path_factory.mktemp("lives"), tmp_path.name)


async def switches_off(sam: Person) -> None:
    """End the question, and look at one's own line."""
    await screen(sam, (Verb.SCREEN, "pulse"), Verb.PULSE_SWITCH)
    await looks(sam)


@pytest.mark.parametrize("act", [switches_off, wavers, agrees], ids=["off", "wavers", "agrees"])
@pytest.mark.parametrize("noas", [nothing, looks], ids=["lives", "looks"])
async def test_safety_14_what_one_taps_or_says_is_seen_by_nobody_else(
    lives: Lives, act: Act, noas: Act
) -> None:
    """Whoever has not agreed sees the same, byte for byte, whatever the other does with their weeks."""
    quiet, busy = await lives.both(act, noas, both_tap=False)
    assert quiet == busy
    assert BOTH not in str(busy)


@pytest.mark.parametrize("act", [wavers, switches_off], ids=["wavers", "off"])
async def test_safety_16_a_no_to_both_lines_looks_like_no_answer(lives: Lives, act: Act) -> None:
    """Whoever said yes sees the same, whether the other said no, took a yes back, or nothing; tapped or not."""
    quiet, busy = await lives.both(act, agrees, both_tap=False)
    assert quiet == busy
    assert NOTHING in str(busy)


async def test_safety_16_a_yes_without_weeks_looks_like_no_yes(lives: Lives) -> None:
    """Whoever said yes can't tell a yes of the other's from none before both have answered three weeks."""
    quiet, busy = await lives.both(agrees, agrees, both_tap=False)
    assert quiet == busy


async def test_safety_16_two_yeses_to_both_lines_show(lives: Lives) -> None:
    """The comparison is no empty one."""
    quiet, busy = await lives.both(agrees, agrees, both_tap=True)
    assert BOTH not in str(quiet)
    assert BOTH in str(busy)
