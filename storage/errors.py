"""What can go wrong with memory: each docstring is the line that the operator reads."""

from pathlib import Path


class StorageError(Exception):
    """Memory cannot be used; each kind says in one line what is wrong and what to do.

    The line is the kind's docstring with its facts filled in. Facts are paths, numbers and names of
    columns: never a word of anybody's.
    """

    def __init__(self, path: Path, **facts: object) -> None:
        line = " ".join((type(self).__doc__ or "").split())
        super().__init__(line.format(path=path, **facts))
        self.path = path


class ForeignFile(StorageError):  # noqa: N818 (these names are read as sentences; the base says "error")
    """{path} is not a database of Attune's: move it away, or set ATTUNE_DATA to another folder."""


class NewerSchema(StorageError):  # noqa: N818
    """{path} was written by a newer Attune (schema {found}, this one knows {known}): run the newer one."""


class Damaged(StorageError):  # noqa: N818
    """{path} is damaged ({what}): restore the latest backup."""


class AlreadyRunning(StorageError):  # noqa: N818
    """Another Attune is using {path}: stop it first, or set ATTUNE_DATA to another folder."""


class KeyLost(StorageError):  # noqa: N818
    """{database} can be read only with its key file, and {path} is not there: put it back."""


class WrongKey(StorageError):  # noqa: N818
    """{path} is not the key file of {database}: set ATTUNE_KEY_FILE to the one that is."""


class KeyDamaged(StorageError):  # noqa: N818
    """{path} is not a whole key file: put back the copy that you keep of it."""


class KeyExposed(StorageError):  # noqa: N818
    """{path} can be read by others on this machine: run chmod 600 on it."""


class DiskFull(StorageError):  # noqa: N818
    """The disk of {path} is full: make room; nothing was lost, and what was under way is undone."""


class DiskReadOnly(StorageError):  # noqa: N818
    """{path} cannot be written to: make its folder and its files writable for this user."""


class DiskTrouble(StorageError):  # noqa: N818
    """The disk of {path} does not answer as it should ({what}): look at the machine's logs."""


class Busy(StorageError):  # noqa: N818
    """Another program is writing to {path}: close it."""


class TargetExists(StorageError):  # noqa: N818
    """{path} exists already: name a new file, nothing is overwritten."""


class Undone(StorageError):  # noqa: N818
    """A unit of work on {path} was interrupted, so nothing of it was kept: do it again."""
