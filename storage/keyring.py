"""The operator's keys: a small private file, kept away from the database whose keys it wraps.

Its generations are numbered, and the newest wraps. A new one can be added while the bot runs; the old
ones stay, for the rows that are not rewrapped yet and for the backups made before. A further secret in it
marks who has been forgotten, see `tombstones`.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from storage import files
from storage.errors import (
    KeyBorrowed,
    KeyDamaged,
    KeyExposed,
    KeyLost,
    KeyUnprotected,
    StorageError,
    told,
)

KEY_BYTES = 32
FORMAT = 1


class Keyring:
    """The operator's keys, by generation."""

    def __init__(self, path: Path, keys: dict[int, bytes], marks: bytes) -> None:
        self.path = path
        self.marks = marks
        self._keys = keys

    @classmethod
    def ready(cls, path: Path, folder: Path) -> "Keyring":
        """Load the key file, or make it where the data folder holds no database yet.

        Raises KeyLost where there is a database but no key file, and as `load`.
        """
        if path.exists():
            return cls.load(path)
        database = folder / files.DATABASE
        if database.exists():
            raise KeyLost(path, database=database)
        return cls.create(path)

    @classmethod
    def create(cls, path: Path) -> "Keyring":
        """Make a key file with its first generation, where it can be private. Raises StorageError."""
        made = cls(path, {1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))
        files.make_folder(path.parent)
        with told(path):
            if not files.keeps_permissions(path.parent):
                raise KeyUnprotected(path)
        made._write()
        return made

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read a key file. Raises KeyExposed, KeyUnprotected, KeyBorrowed, KeyDamaged, NoAccess."""
        return cls(path, *_read(path))

    @property
    def current(self) -> int:
        """The generation that wraps."""
        return max(self._keys)

    def key(self, generation: int) -> bytes | None:
        """Find a generation's key."""
        return self._keys.get(generation)

    def add_generation(self) -> int:
        """Add a key, which wraps from now on; tell its number. Raises as `load`.

        What the older ones wrap is wrapped anew by `Database.rewrap`, also in a bot that is running:
        it reads the file again.
        """
        self.reload()
        added = self.current + 1
        self._keys[added] = secrets.token_bytes(KEY_BYTES)
        self._write()
        return added

    def reload(self) -> None:
        """Read the file again, in which another process may have added a generation. Raises as `load`."""
        self._keys, self.marks = _read(self.path)

    def _write(self) -> None:
        keys = {str(number): base64.b64encode(key).decode() for number, key in self._keys.items()}
        content = {"format": FORMAT, "keys": keys, "marks": base64.b64encode(self.marks).decode()}
        text = json.dumps(content, indent=1) + "\n"
        with told(self.path):
            files.put_in_place(self.path, lambda beside: _fill(beside, text))


def _fill(path: Path, text: str) -> None:
    path.write_text(text, encoding="ascii")


def _read(path: Path) -> tuple[dict[int, bytes], bytes]:
    with told(path):
        content, mode = path.read_bytes(), path.stat().st_mode
        if not os.access(path.parent, os.W_OK):  # who has been forgotten is noted beside it
            raise KeyBorrowed(path)
        if mode & files.OTHERS:
            raise _exposed(path)
    try:
        match json.loads(content):
            case {"format": 1, "keys": dict(keys), "marks": str(marks)} if keys:
                return {int(number): _key(text) for number, text in keys.items()}, _key(marks)
    except (ValueError, TypeError):
        raise KeyDamaged(path) from None  # the cause would quote what the file holds
    raise KeyDamaged(path)


def _exposed(path: Path) -> StorageError:
    """Say what can be done about a key that others can read."""
    if not os.access(path, os.W_OK) or os.geteuid() not in {0, path.stat().st_uid}:
        return KeyBorrowed(path)
    return KeyExposed(path) if files.keeps_permissions(path.parent) else KeyUnprotected(path)


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return key
