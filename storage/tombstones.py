"""Who has been forgotten: a file beside the key file, so that an old backup can't bring anybody back.

A line is a partner's id under a keyed hash, and the day. Without the key file it names nobody; a partner's
id is never used again, so whoever comes back later is not meant by it. A line is on the disk before the
forgetting is committed. The database notes the last line that has taken effect in it: where that is
not the file's last, as in a database put back from a backup, whoever is marked is forgotten at the next open.
"""

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage import files
from storage.errors import told
from storage.keyring import Keyring


class Tombstones:
    """The marks of forgotten partners."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    @property
    def path(self) -> Path:
        """Where they stand."""
        return self._keyring.path.with_name(self._keyring.path.name + ".forgotten")

    def mark(self, partner: int) -> str:
        """Hash a partner's id under the key file's secret."""
        return hmac.new(self._keyring.marks, f"partner:{partner}".encode(), hashlib.sha256).hexdigest()

    def read(self) -> dict[str, datetime]:
        """Read all marks and their days, oldest first."""
        lines = (line.split(" ") for line in self._whole().decode("ascii").splitlines())
        return {mark: datetime.fromisoformat(day).replace(tzinfo=UTC) for mark, day in lines}

    def last(self) -> str:
        """Tell the newest mark, an empty one where there is none."""
        return next(reversed(self.read()), "")

    def add(self, partners: Sequence[int], now: datetime) -> bytes | None:
        """Mark partners as forgotten; give the lines that were added, for `take_back`. Raises StorageError.

        Where all are marked already the file is left alone, for a bot that is running may be writing to it
        while a backup is tried out; there is nothing to take back then.
        """
        known = self.read()
        marks = [mark for mark in map(self.mark, partners) if mark not in known]
        if not marks:
            return None
        lines = "".join(f"{mark} {now.date().isoformat()}\n" for mark in marks).encode("ascii")
        with told(self.path), self._alone():
            length = len(self._whole())
            try:
                self._append(length, lines)
            except OSError:
                if self.path.exists():
                    os.truncate(self.path, length)
                raise
        return lines

    def take_back(self, lines: bytes) -> None:
        """Take lines away again: that forgetting was rolled back. What another process has added since stays."""
        with told(self.path), self._alone():
            whole = self._whole()
            start = whole.rfind(lines)
            if start >= 0:
                self._append(start, whole[start + len(lines) :])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process on this machine write meanwhile."""
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _append(self, length: int, lines: bytes) -> None:
        with open(self.path, "r+b", opener=_private) as file:
            file.truncate(length)  # half a line is of a forgetting that was never committed
            file.seek(length)
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        files.give_away(self.path, like=self.path.parent)
        files.sync(self.path.parent)

    def _whole(self) -> bytes:
        with told(self.path):
            content = self.path.read_bytes() if self.path.exists() else b""
        return content[: content.rfind(b"\n") + 1]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, files.PRIVATE_FILE)
