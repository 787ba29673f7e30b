"""What memory keeps on disk, and writing it so that others can't read it and a crash can't halve it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from storage.errors import AlreadyRunning, OldEngine, told

DATABASE = "attune.db"
LOCK = "attune.lock"
SIDE_FILES = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
OTHERS = 0o077  # the permission bits of everybody but the owner
ENGINE = (3, 36, 0)  # RETURNING came with 3.35, a database as bytes (by which a new one is made) with this
PROBE = "attune.probe"


def make_folder(folder: Path) -> None:
    """Make a folder that is only this user's; one that exists stays as it is. Raises StorageError."""
    with told(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        for made in reversed(missing):
            give_away(made, like=made.parent)


def make_private(path: Path) -> None:
    """Make an empty file that is only this user's; SQLite gives its side files the same mode."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def give_away(path: Path, like: Path) -> None:
    """Give what root has made, where it works here, to the owner of something else: the bot may run as them."""
    if os.geteuid() == 0:
        owner = like.stat()
        with suppress(PermissionError):  # a root that may not: some disks and containers have one
            os.chown(path, owner.st_uid, owner.st_gid)


def put_in_place(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a private file beside `path`, and put it in place at once, whole."""
    fresh = path.with_name(f"{path.name}.new")
    remove(fresh)
    make_private(fresh)
    try:
        fill(fresh)
        sync(fresh)
        give_away(fresh, like=path if path.exists() else path.parent)
        fresh.replace(path)
        sync(path.parent)
    finally:
        remove(fresh)


def keeps_permissions(folder: Path) -> bool:
    """Tell whether a file made here as private is so: not on a memory card's or a Windows disk."""
    probe = folder / PROBE
    remove(probe)
    make_private(probe)
    try:
        return not probe.stat().st_mode & OTHERS
    finally:
        remove(probe)


def remove(database: Path) -> None:
    """Remove a file with whatever SQLite left beside it."""
    for path in (database, *beside(database)):
        path.unlink(missing_ok=True)


def beside(database: Path) -> list[Path]:
    """Name the files that SQLite keeps beside a database."""
    return [database.with_name(database.name + end) for end in SIDE_FILES]


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_engine(folder: Path, found: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Refuse an SQLite that lacks what statements here are written with. Raises OldEngine."""
    if found < ENGINE:
        raise OldEngine(folder, known=".".join(map(str, ENGINE)), found=".".join(map(str, found)))


def hold(folder: Path) -> FileLock:
    """Take a data folder for this process; the lock ends with it, however it ends.

    Raises AlreadyRunning, NoAccess.
    """
    lock = FileLock(folder / LOCK, timeout=0, mode=PRIVATE_FILE, thread_local=False, preserve_lock_file=True)
    with told(folder):
        try:
            lock.acquire()
        except Timeout as error:
            raise AlreadyRunning(folder) from error
        give_away(folder / LOCK, like=folder)
    return lock
