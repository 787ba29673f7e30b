"""What can go wrong with memory: each docstring is the line that the operator reads."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DatabasePlace = Path | str
"""Where a database is: a file, or a server's address without the password."""

UNSHARED = ("SQLITE_IOERR_SHM", "SQLITE_IOERR_LOCK", "SQLITE_IOERR_UNLOCK", "SQLITE_IOERR_RDLOCK")


class StorageError(Exception):
    """Memory cannot be used; each kind says in one line what is wrong and what to do.

    The line is the kind's docstring with its facts filled in. Facts are paths, numbers and names of
    columns: never a word of anybody's.
    """

    def __init__(self, path: DatabasePlace, **facts: object) -> None:
        line = " ".join((type(self).__doc__ or "").split())
        # a fact too: newer SQLites tell what is damaged in several lines
        told_facts = {
            name: " ".join(fact.split()) if isinstance(fact, str) else fact for name, fact in facts.items()
        }
        super().__init__(line.format(path=path, **told_facts))
        self.path = path
        self.facts = facts

    def instead(self, old: DatabasePlace, new: DatabasePlace) -> "StorageError":
        """Say the same of another file: of the one that was copied, for instance."""
        facts = {name: new if fact == old else fact for name, fact in self.facts.items()}
        return type(self)(new if self.path == old else self.path, **facts)


class OldEngine(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} needs SQLite {known} or newer, and this Python has {found}: use another Python."""


class ForeignFile(StorageError):  # noqa: N818 (these names are read as sentences; the base says "error")
    """{path} is not a database of Attune's: move it away, or set ATTUNE_DATA to another folder."""


class NewerSchema(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} was written by a newer Attune (schema {found}, this one knows {known}): run the newer one."""


class Damaged(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is damaged ({what}): restore the latest backup."""


class AlreadyRunning(StorageError):  # noqa: N818 (it says what is wrong)
    """Another Attune is using {path}: stop it first, or set ATTUNE_DATA to another folder."""


class KeyLost(StorageError):  # noqa: N818 (it says what is wrong)
    """{database} can be read only with its key file, and {path} is not there: put it back."""


class WrongKey(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is not the key file of {database}: set ATTUNE_KEY_FILE to the one that is."""


class KeyDamaged(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is not a whole key file: put back the copy that you keep of it."""


class KeyExposed(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} can be read by others on this machine: run chmod 600 on it."""


class KeyUnprotected(StorageError):  # noqa: N818 (it says what is wrong)
    """The disk of {path} keeps no permissions: set ATTUNE_KEY_FILE to a path on one that does."""


class KeyBorrowed(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is mounted read-only or another user's: copy it, with mode 600, to a folder of this user's own."""


class IsFolder(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is a folder: name a file."""


class MountedAlone(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is mounted by itself and cannot be replaced: mount its folder."""


class NetworkDisk(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is on a disk without locks or shared memory (NFS, SMB ...): set ATTUNE_DATA to a local one."""


class DiskFull(StorageError):  # noqa: N818 (it says what is wrong)
    """The disk of {path} is full: make room; nothing was lost, and what was under way is undone."""


class NotThere(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is not there: name a file that is."""


class NoAccess(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} cannot be read and written: look at its owner, its permissions and its disk."""


class DiskTrouble(StorageError):  # noqa: N818 (it says what is wrong)
    """The disk of {path} does not answer as it should ({what}): look at the machine's own log."""


class Busy(StorageError):  # noqa: N818 (it says what is wrong)
    """Another program is writing to {path}: close it."""


class TargetExists(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} exists already: name a new file, nothing is overwritten."""


class DriverMissing(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} needs PostgreSQL's driver, psycopg, and it is not installed: run uv sync --extra postgres."""


class WrongAddress(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is not an address of a PostgreSQL database: postgresql://user@host:5432/attune is one."""


class NoEntry(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} cannot be reached, or lets nobody in by that name ({what}): look at ATTUNE_DATABASE and the server."""


class OldServer(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} needs PostgreSQL {known} or newer, and is {found}: use a newer server."""


class ForeignDatabase(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} holds another program's tables: name an empty database in ATTUNE_DATABASE."""


class OnlyRead(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} can only be read, as a standby can: name the primary in ATTUNE_DATABASE."""


class StatementsAlone(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is behind a pooler that keeps no transaction together: set its mode to transaction, or to session."""


class HouseThere(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} holds a house already: name an empty database, nothing is overwritten."""


class Unfinished(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} holds a part of a house that is moved into it: run the move again, or empty it."""


class OldSchema(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} is of an older Attune (schema {found}, this one knows {known}): start this one on it once, then move."""


class MovedAmiss(StorageError):  # noqa: N818 (it says what is wrong)
    """What was moved differs from what was there ({path}): move again; it is not served before."""


class NoRights(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} does not let us make or use our tables: let this user own the database."""


class ServerFull(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} takes no more connections: raise its max_connections, or close others."""


class ServerAway(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} does not answer: what was under way is undone, nothing was lost, and it is tried again."""


class Unsure(StorageError):  # noqa: N818 (it says what is wrong)
    """{path} went away during a commit and is not back: what was under way may have been kept, or undone."""


class UnsureForRoom(Unsure):
    """The disk of {path} is full: make room, start the server again; what was under way may be kept, or undone."""


class Undone(StorageError):  # noqa: N818 (it says what is wrong)
    """A unit of work on {path} was interrupted, so nothing of it was kept: do it again."""


class Overtaken(Undone):
    """Another process does by now what this one did on {path}: nothing of it was kept."""


@contextmanager
def told(path: DatabasePlace) -> Iterator[None]:
    """Tell a failure of the disk, or of SQLite about its file, in our words.

    SQLite's other errors are faults of ours and pass as they are; none of them names a value.
    """
    try:
        yield
    except sqlite3.Error as error:
        mendable = _of_sqlite(error, path)
        if mendable is None:
            raise
        raise mendable from error
    except OSError as error:
        raise _of_system(error, path) from error


@contextmanager
def read_whole(path: DatabasePlace) -> Iterator[None]:
    """Tell also what makes no sense, where a file is read that anything may have happened to."""
    try:
        with told(path):
            yield
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise Damaged(path, what="it holds what cannot be read") from error


def _of_sqlite(error: sqlite3.Error, path: DatabasePlace) -> StorageError | None:
    name = getattr(error, "sqlite_errorname", "")
    base = name.removeprefix("SQLITE_").split("_")[0]  # an extended code is its base code and more
    if name.startswith(UNSHARED):
        return NetworkDisk(path)
    if base == "IOERR":
        return DiskTrouble(path, what=name)
    if base in {"CORRUPT", "NOTADB"}:
        return Damaged(path, what=str(error))
    return _BY_CODE[base](path) if base in _BY_CODE else None


def _of_system(error: OSError, path: DatabasePlace) -> StorageError:
    kind = _BY_NUMBER.get(error.errno or 0)
    return kind(path) if kind else DiskTrouble(path, what=os.strerror(error.errno or 0))


_BY_CODE: dict[str, type[StorageError]] = {
    "FULL": DiskFull,
    "READONLY": NoAccess,
    "CANTOPEN": NoAccess,
    "PERM": NoAccess,
    "BUSY": Busy,
    "LOCKED": Busy,
}
_BY_NUMBER: dict[int, type[StorageError]] = {
    errno.ENOENT: NotThere,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EACCES: NoAccess,
    errno.EPERM: NoAccess,
    errno.EROFS: NoAccess,
    errno.EISDIR: IsFolder,
    errno.EBUSY: MountedAlone,
    errno.ENOLCK: NetworkDisk,
    errno.EOPNOTSUPP: NetworkDisk,
    errno.ENOSYS: NetworkDisk,
}
