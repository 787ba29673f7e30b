"""The English files that the coach reads, parsed."""

import tomllib
from pathlib import Path
from typing import Any

ENGLISH = Path(__file__).parents[2] / "prompts" / "en"


def english(name: str) -> dict[str, Any]:
    """Return a parsed English file."""
    return tomllib.loads((ENGLISH / name).read_text("utf-8"))
