"""Fixtures of the sandbox's tests."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from sandbox_tools import Asker, Seconds

from bot.sandbox import Phone, Server, SteerableClock, World, serve


@pytest.fixture
def clock() -> SteerableClock:
    """Return a clock that stands still."""
    return SteerableClock()


@pytest.fixture
def seconds() -> Seconds:
    """Return monotonic time that stands still."""
    return Seconds()


@pytest.fixture
def world(clock: SteerableClock, seconds: Seconds) -> World:
    """Return a fresh world under both clocks."""
    return World(clock=clock, monotonic=seconds, sleep=seconds.sleep)


@pytest.fixture
def phone(world: World) -> Phone:
    """Return the phone of someone who has written to the bot."""
    phone = world.phone(first_name="Ada", username="ada_l")
    phone.send_text("/start")
    return phone


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Server]:
    """Return the running sandbox."""
    async with serve(world) as server:
        yield server


@pytest.fixture
async def ask(telegram: Server) -> AsyncIterator[Asker]:
    """Return raw requests to the sandbox."""
    async with ClientSession() as session:
        yield Asker(telegram, session)
