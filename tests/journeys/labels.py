"""What buttons say in English, by their keys: a bettered label breaks no test."""

from functools import cache

from prompts.render import read_buttons
from prompts.source import FALLBACK, ROOT


@cache
def _labels() -> dict[str, str]:
    return read_buttons(ROOT / FALLBACK, ROOT, [])


def label(key: str) -> str:
    """Give the label of a button. Raises KeyError where there is none of that key."""
    return _labels()[key]


def labels(*keys: str) -> list[str]:
    """Give the labels of several buttons, in order. Raises KeyError where there is none of a key."""
    return [label(key) for key in keys]
