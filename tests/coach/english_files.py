"""The English files of the coach, as they are delivered."""

import tomllib
from pathlib import Path
from typing import Any

from bot.coach.model import Model

FOLDER = Path(__file__).parents[2] / "prompts" / "en"


def english(name: str) -> dict[str, Any]:
    """Read one of them."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def english_model(name: str) -> Model:
    """Read one of the models."""
    return Model.from_text((FOLDER / name).read_text("utf-8"))
