"""The English files of the coach, as they are delivered."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "prompts" / "en"


def english(name: str) -> dict[str, Any]:
    """Read one of them."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))
