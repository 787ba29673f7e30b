"""Copying a database while it is in use, and putting a copy back.

A backup is one file, as it was at one instant. It is as private as the database, and needs the key file,
which is not in it. Putting it back forgets whoever has been forgotten since it was made.
"""

import asyncio
import contextlib
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from storage import files, inspection
from storage.copying import Progress, copy
from storage.database import Database
from storage.errors import Damaged, NewerSchema, StorageError, told
from storage.keyring import Keyring

CHUNK = 1 << 21  # bytes, read at a time
STAGING = "restoring"


class _StoppedError(Exception):
    """Nobody waits for the copy any more."""


async def back_up(folder: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy the database of a data folder to a new file, whether a bot is using it or not.

    Neither waits for the other; a cancelled copy leaves nothing. Raises StorageError.
    """
    stop = threading.Event()

    def tell(_status: int, remaining: int, total: int) -> None:
        if stop.is_set():
            raise _StoppedError
        if progress:
            progress(total - remaining, total)

    copying = asyncio.get_running_loop().run_in_executor(None, copy, folder / files.DATABASE, target, tell)
    try:
        await asyncio.shield(copying)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.gather(copying, return_exceptions=True)
        raise


async def restore(source: Path, folder: Path, keyring: Keyring, progress: Progress | None = None) -> None:
    """Put a backup in the place of a data folder's database, once all of it has been checked.

    `progress` is told of the copying; the check that follows has no measure. Raises StorageError, and then
    nothing has changed: a backup that is foreign, damaged, newer than this code or under another key is
    refused, and so is a folder that a bot is using.
    """
    inspection.look_at_header(source)
    files.make_folder(folder)
    lock = files.hold(folder)
    staging = folder / STAGING
    try:
        _check_replaceable(folder / files.DATABASE)
        await _stage(source, staging, keyring, progress)
        await asyncio.to_thread(_replace, staging / files.DATABASE, folder / files.DATABASE)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        lock.release()


def _check_replaceable(path: Path) -> None:
    """Refuse to replace what is not ours; a damaged database is what backups are for."""
    if path.exists():
        with contextlib.suppress(Damaged, NewerSchema):
            inspection.look_at_header(path)


async def _stage(source: Path, staging: Path, keyring: Keyring, progress: Progress | None) -> None:
    """Copy a backup aside and open it there, which checks it, migrates it, and forgets whoever is marked."""
    path = staging / files.DATABASE
    try:
        await asyncio.to_thread(_copy_aside, source, path, progress)
        database = await Database.open(staging, keyring)
        try:
            wrong = await database.verify()
        finally:
            await database.close()
        if wrong:
            raise Damaged(source, what=wrong[0])
    except StorageError as error:
        raise error.instead(path, source) from error


def _copy_aside(source: Path, path: Path, progress: Progress | None) -> None:
    with told(path):
        shutil.rmtree(path.parent, ignore_errors=True)
        files.make_folder(path.parent)
        files.make_private(path)
        total, done = source.stat().st_size, 0
        with source.open("rb") as old, path.open("wb") as new:
            while chunk := old.read(CHUNK):
                done += new.write(chunk)
                if progress:
                    progress(done, total)


def _replace(fresh: Path, path: Path) -> None:
    # What the old database still has in its log goes into it first: were we cut short between the two
    # steps that follow, it would be whole.
    with told(path):
        if path.exists():
            with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(path)) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for side in files.beside(path):
            side.unlink(missing_ok=True)
        files.sync(fresh)
        files.give_away(fresh, like=path if path.exists() else path.parent)
        fresh.replace(path)
        files.sync(path.parent)
