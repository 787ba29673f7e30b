"""The English coach, made once: it holds no text that it has read."""

import pytest
from english_files import english

from bot.coach.coach import Coach
from bot.coach.danger import Danger


@pytest.fixture(scope="session")
def coach() -> Coach:
    """Return the coach with the English file."""
    return Coach.from_data(english("coach.toml"))


@pytest.fixture(scope="session")
def danger() -> Danger:
    """Return the danger patterns of the English file."""
    return Danger.from_data(english("danger.toml"))
