"""What every run begins with: a place in memory for what tests write, and the index of places.

A test's database waits for the disk at every commit, as it should; on a disk that is much of the run. Where
there is room in memory and nobody has said otherwise by TMPDIR, temporary files stand there.
"""

import os
import shutil
import tempfile
from pathlib import Path

from bot import places

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of a name of its own is made in it)
ROOM = 2 * 1024**3  # bytes that must be free


def pytest_configure() -> None:
    """Write to memory where there is room; whatever a test starts does as well."""
    there = "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if there and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_sessionstart() -> None:
    """Make the index where there is none yet."""
    places.prepare()
