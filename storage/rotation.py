"""A folder of backups: named by their instant, the oldest discarded when there are enough newer ones."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import told

FORM = "attune-%Y%m%dT%H%M%SZ.db"
NAME = re.compile(r"attune-[0-9]{8}T[0-9]{6}Z\.db")


@dataclass(frozen=True, order=True)
class BackupFile:
    """A backup in the folder."""

    made_at: datetime
    file: Path


def name_for(now: datetime) -> str:
    """Name a backup that is made now."""
    return now.astimezone(UTC).strftime(FORM)


def all_in(folder: Path) -> list[BackupFile]:
    """Find the backups in a folder, the oldest first; other files are nobody's business. Raises StorageError."""
    with told(folder):
        names = [file for file in folder.iterdir() if NAME.fullmatch(file.name)] if folder.exists() else []
    return sorted(BackupFile(datetime.strptime(file.name, FORM).replace(tzinfo=UTC), file) for file in names)


def newest(folder: Path) -> BackupFile | None:
    """Find the newest backup in a folder. Raises StorageError."""
    found = all_in(folder)
    return found[-1] if found else None


def discard(folder: Path, keep: int) -> list[BackupFile]:
    """Delete all but the newest `keep` backups, and tell which. Raises StorageError."""
    surplus = all_in(folder)[:-keep]
    for backup in surplus:
        with told(backup.file):
            backup.file.unlink(missing_ok=True)
    return surplus
