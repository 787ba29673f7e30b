"""What every test of memory begins with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from storage_house import House

from storage.database import Database


@pytest.fixture
def house(tmp_path: Path, server: str | None) -> House:
    """Keep a data folder, or a database on a server, and a key file."""
    return House(tmp_path, server)


@pytest.fixture
async def database(house: House) -> AsyncIterator[Database]:
    """Open a database."""
    async with house.open() as opened:
        yield opened
