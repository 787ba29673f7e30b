"""A bot at home for a journey: the real bot over real HTTP, two people with phones, a stepped clock."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import overheard
import pytest

from bot.content import Content
from bot.home.house import Home, at_home

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = "Europe/Dublin"

nothing_private_is_logged = overheard.nothing_private_is_logged

MakeHome = Callable[..., Awaitable[Home]]


@pytest.fixture
async def make_home(tmp_path: Path, content: Content, server: str | None) -> AsyncIterator[MakeHome]:
    """Make homes that end with the test; the database is in `tmp_path / "data"`.

    Whatever the bot has asked of Telegram must have fitted the official table.
    """
    made: list[Home] = []
    async with AsyncExitStack() as stack:

        async def make(start: datetime = START, **options: Any) -> Home:
            given: dict[str, Any] = {"zone": ZONE, "data": tmp_path / "data", "content": content}
            given |= {"database": server or ""} | options
            made.append(await stack.enter_async_context(at_home(start, **given)))
            return made[-1]

        yield make
    assert not [finding for home in made for finding in home.world.inspection.findings]


@pytest.fixture
async def home(make_home: MakeHome) -> Home:
    """Make one home, with all the prompts."""
    return await make_home()


@pytest.fixture(scope="session")
def depths(content: Content) -> dict[str, int]:
    """Tell every prompt's depth."""
    return {card.id: card.depth for card in content.cards()}
