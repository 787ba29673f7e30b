"""Run a checkout's bot and count its visits to the database's thread: `against_visits.py FILE ARGUMENTS...`.

Run in the checkout's folder. The count stands in FILE, eight bytes, for whoever reads it meanwhile.
"""

import mmap
import runpy
import struct
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

ENGINES = (("storage.engine", "Worker", "visit"), ("aiosqlite", "Connection", "_execute"))
"""Where a checkout hands work to the thread: the first of these that it has."""


def counted(method: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    """Count the calls of a method."""

    @wraps(method)
    def counting(*args: Any, **kwargs: Any) -> Any:
        count()
        return method(*args, **kwargs)

    return counting


def main(file: str, *arguments: str) -> None:
    """Count, and run `python -m bot` with these arguments."""
    with open(file, "r+b") as opened:  # noqa: PTH123 (mmap wants a descriptor)
        shared = mmap.mmap(opened.fileno(), 8)
    total = 0

    def count() -> None:
        nonlocal total
        total += 1
        shared[:8] = struct.pack("<q", total)

    sys.path.insert(0, "")
    for module, kind, name in ENGINES:
        try:
            holder = getattr(__import__(module, fromlist=[kind]), kind)
        except (ImportError, AttributeError):
            continue
        setattr(holder, name, counted(getattr(holder, name), count))
        break
    sys.argv[1:] = arguments
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


main(*sys.argv[1:])
