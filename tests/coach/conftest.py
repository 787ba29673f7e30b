"""The English coach, made once: it holds no text that it has read."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.coach.coach import Coach
from bot.coach.danger import Danger

ENGLISH = Path(__file__).parents[2] / "prompts" / "en"


def english(name: str) -> dict[str, Any]:
    """Return a parsed English file."""
    return tomllib.loads((ENGLISH / name).read_text("utf-8"))


@pytest.fixture(scope="session")
def coach() -> Coach:
    """Return the coach with the English file."""
    return Coach.from_data(english("coach.toml"))


@pytest.fixture(scope="session")
def danger() -> Danger:
    """Return the danger patterns of the English file."""
    return Danger.from_data(english("danger.toml"))
