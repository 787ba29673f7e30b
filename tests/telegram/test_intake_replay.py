"""A process that is gone between any two steps loses no update and lets none take effect twice."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.ext import TypeHandler

from bot.clock import SystemClock
from bot.telegram.application import PtbApplication
from bot.telegram.client import Answer, BotApi
from bot.telegram.intake import Apologise, Intake


class Killed(BaseException):
    """The process is gone."""


class Life:
    """Counts the steps of a process and ends it after some."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    async def step(self) -> None:
        """Take a step, unless it was the last."""
        self.left -= 1
        if self.left < 0:
            raise Killed


class Telegram:
    """Keeps updates until a higher offset confirms them."""

    def __init__(self, ids: list[int]) -> None:
        self.waiting = ids
        self.life = Life(0)

    async def call(self, _method: str, payload: Mapping[str, Any], **_more: Any) -> Answer:
        """Confirm what is below the offset and give at most three of the rest."""
        await self.life.step()
        if payload["offset"] is not None:
            self.waiting = [number for number in self.waiting if number >= payload["offset"]]
        batch = [{"update_id": number} for number in self.waiting[:3]]
        await self.life.step()
        if not batch:
            raise Killed
        return Answer(200, ok=True, result=batch, description="", retry_after=None, migrated=False)


class Disk:
    """What is committed: known ids, and how often each update took effect."""

    def __init__(self) -> None:
        self.known: frozenset[int] = frozenset()
        self.effects: tuple[int, ...] = ()
        self.changes = 0
        self.life = Life(0)

    @asynccontextmanager
    async def unit(self, now: datetime, *, prompt: bool = False) -> AsyncIterator[Any]:
        """Keep a unit's work at its end, in one instant."""
        del now, prompt
        unit = Unit(self)
        await self.life.step()
        yield unit
        await self.life.step()
        self.known, self.effects = unit.known, unit.effects
        await self.life.step()


class Unit:
    """Work that is not committed yet."""

    def __init__(self, disk: Disk) -> None:
        self.known, self.effects, self.life = disk.known, disk.effects, disk.life
        self.updates = self

    async def record_all(self, updates: Mapping[int, int | None]) -> set[int]:
        """Note updates."""
        await self.life.step()
        new = set(updates) - self.known
        self.known |= new
        return new

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what an exception leaves behind."""
        before = self.known, self.effects
        await self.life.step()
        try:
            yield
        except Exception:
            self.known, self.effects = before
            raise
        await self.life.step()


class Machine:
    """Lets an update take effect; every fifth fails halfway, as a handler would."""

    bot = None

    def __init__(self) -> None:
        self.handlers = {0: [TypeHandler(Update, self.handle)]}

    async def handle(self, update: Update, context: Any) -> None:
        """Handle an update."""
        unit = context.unit
        await unit.life.step()
        unit.effects += (update.update_id,)
        await unit.life.step()
        if update.update_id % 5 == 0:
            raise LookupError


def intake_of(disk: Disk, telegram: Telegram, apologise: Apologise) -> Intake:
    """Make the intake of one process, with stand-ins for all that is around it."""
    return Intake(
        disk,
        cast("BotApi", telegram),
        cast("PtbApplication", Machine()),
        clock=SystemClock(),
        apologise=apologise,
        allowed=[],
    )


def live(runner: asyncio.Runner, telegram: Telegram, disk: Disk, steps: int) -> None:
    """Let one process live for so many steps."""
    telegram.life = disk.life = Life(steps)
    told = SimpleNamespace()

    async def apologise(unit: Any, _update: object) -> None:
        await unit.life.step()
        told.last = unit

    intake = intake_of(disk, telegram, apologise)
    with suppress(Killed):
        runner.run(intake.run())
        raise AssertionError("nothing here ends by itself")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(1, 10**9), unique=True, min_size=1, max_size=12),
    st.lists(st.integers(0, 40), max_size=30),
)
def test_killed_anywhere_every_update_takes_effect_once(ids: list[int], lives: list[int]) -> None:
    """Any number of short lives, then one that is long enough: each effect once, in order; failures none."""
    telegram, disk = Telegram(sorted(ids)), Disk()
    with asyncio.Runner() as runner:
        for steps in lives:
            live(runner, telegram, disk, steps)
            assert len(set(disk.effects)) == len(disk.effects)
        live(runner, telegram, disk, 10_000)
    assert telegram.waiting == []
    assert list(disk.effects) == [number for number in sorted(ids) if number % 5]
    assert disk.known == frozenset(ids)


def test_every_single_step_may_be_the_last() -> None:
    """A first life of each length, one after the other."""
    with asyncio.Runner() as runner:
        for steps in range(120):
            telegram, disk = Telegram([1, 2, 3, 4, 5, 6, 7]), Disk()
            live(runner, telegram, disk, steps)
            live(runner, telegram, disk, 10_000)
            assert disk.effects == (1, 2, 3, 4, 6, 7)


async def test_a_cancellation_that_storage_hides_is_heeded() -> None:
    """A clean-up that fails on the way out must not make a stop be slept through."""

    class Hiding(Disk):
        @asynccontextmanager
        async def unit(self, now: datetime, *, prompt: bool = False) -> AsyncIterator[Any]:
            del now, prompt
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise OSError("undone") from None
            yield

    telegram = Telegram([1])
    telegram.life = Life(100)

    async def apologise(_unit: object, _update: object) -> None:
        raise AssertionError

    intake = intake_of(Hiding(), telegram, apologise)
    task = asyncio.ensure_future(intake.run())
    await asyncio.sleep(0.01)
    task.cancel()
    async with asyncio.timeout(1):
        await asyncio.wait([task])
    assert task.cancelled()
