"""What every test of an action begins with: a world, and two who are a couple with an open round."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from couple_person import Person
from couple_world import World, world

from bot.content import Content


@pytest.fixture(name="world")
async def a_world(tmp_path: Path, content: Content, server: str | None) -> AsyncIterator[World]:
    """Open a world."""
    async with world(tmp_path, content, server) as made:
        yield made


@pytest.fixture
async def pair(world: World) -> tuple[Person, Person]:
    """Make Ana and Bo a couple; both have their first prompt."""
    made = await world.meet("Ana", "Bo")
    await world.deliver()
    return made
