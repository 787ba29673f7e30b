"""The English files of the coach, as they are delivered."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.coach.coach import Coach
from bot.coach.danger import Danger
from bot.coach.model import Model

FOLDER = Path(__file__).parents[2] / "prompts" / "en"


def english(name: str) -> dict[str, Any]:
    """Read one of them."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def english_model(name: str) -> Model:
    """Read one of the models."""
    return Model.from_text((FOLDER / name).read_text("utf-8"))


@cache
def english_coach(*, with_model: bool = True) -> Coach:
    """Read the coach, once for all the tests of a process: it holds no text that it has read."""
    return Coach.from_data(english("coach.toml"), english_model("coach.model") if with_model else None)


@cache
def english_danger(*, with_model: bool = True) -> Danger:
    """Read the danger patterns, once for all the tests of a process."""
    return Danger.from_data(english("danger.toml"), english_model("danger.model") if with_model else None)
