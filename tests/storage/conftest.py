"""What every test of memory begins with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from storage_house import House

from storage.database import Database


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Keep a data folder and a key file."""
    return House(tmp_path)


@pytest.fixture
async def database(house: House) -> AsyncIterator[Database]:
    """Open a database."""
    async with house.open() as opened:
        yield opened
