"""The English coach, made once: it holds no text that it has read."""

import pytest
from english_files import english_coach, english_danger

from bot.coach.coach import Coach
from bot.coach.danger import Danger


@pytest.fixture(scope="session")
def coach() -> Coach:
    """Return the coach with the English file."""
    return english_coach(with_model=False)


@pytest.fixture(scope="session")
def danger() -> Danger:
    """Return the danger patterns of the English file."""
    return english_danger(with_model=False)
