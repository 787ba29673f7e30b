"""A bot at home for attacks through nothing but the chat: the real bot over real HTTP, phones, a stepped clock."""

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

nothing_private_is_logged = overheard.nothing_private_is_logged

MakeHome = Callable[..., Awaitable[Home]]


@pytest.fixture
async def make_home(tmp_path: Path, content: Content, server: str | None) -> AsyncIterator[MakeHome]:
    """Make homes that end with the test; the database is in `tmp_path / "data"`."""
    async with AsyncExitStack() as stack:

        async def make(**options: Any) -> Home:
            given: dict[str, Any] = {
                "zone": "Europe/Dublin",
                "data": tmp_path / "data",
                "content": content,
                "database": server or "",
            } | options
            return await stack.enter_async_context(at_home(START, **given))

        yield make


@pytest.fixture
async def home(make_home: MakeHome) -> Home:
    """Make one home."""
    return await make_home()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless it is asked for by its marker."""
    if "long" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="takes minutes: run it with -m long"))
