"""Copying a database in one reading: whatever is written meanwhile is not in the copy."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from storage import files, inspection, verification
from storage.errors import TargetExists, told

PAGES = 512  # copied at a time: 2 MiB

Progress = Callable[[int, int], None]  # pages (or bytes) done, and in all; called in another thread


def copy(source: Path, target: Path, tell: Callable[[int, int, int], None] | None = None) -> None:
    """Copy a database to a new file, as it is at one instant, whether it is in use or not.

    `tell` is given SQLite's status, the pages that remain, and all pages. Raises StorageError.
    """
    inspection.look_at_header(source)
    if target.exists():
        raise TargetExists(target)

    def fill(beside: Path) -> None:
        with closing(verification.read(source)) as live, closing(sqlite3.connect(beside)) as copy:
            # One reading from the first page to the last: whatever is written meanwhile is not in it, and
            # does not make the copy begin anew.
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM notes")
            live.backup(copy, pages=PAGES, progress=tell)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it

    with told(target):
        files.make_folder(target.parent)
        files.put_in_place(target, fill)
