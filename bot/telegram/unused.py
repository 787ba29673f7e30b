"""httpx stays out until somebody uses it: python-telegram-bot imports it for a request layer that is not ours.

That import alone, with the command line that comes along, was a sixth of the start and an eighth of the memory.
While python-telegram-bot is imported, httpx's names stand for nothing in its annotations; whoever looks one up
later gets the real httpx.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

NAME = "httpx"


class Absent(ModuleType):
    """Stands for httpx until it is used."""

    importing = True

    def __getattr__(self, name: str) -> Any:
        """Look a name up: in the real httpx, once python-telegram-bot is imported."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Any if self.importing else getattr(importlib.import_module(NAME), name)


@contextmanager
def left_out() -> Iterator[None]:
    """Leave httpx out of what is imported inside, unless somebody has imported it already."""
    if NAME in sys.modules:
        yield
        return
    absent = sys.modules[NAME] = Absent(NAME)
    try:
        yield
    finally:
        absent.importing = False
        if sys.modules.get(NAME) is absent:
            del sys.modules[NAME]
