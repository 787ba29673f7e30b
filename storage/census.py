"""A census: how many couples and waiting messages there are. Numbers, and nobody's."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.errors import read_whole
from storage.instants import from_micros, to_micros
from storage.verification import read

_COUPLES = """
SELECT COUNT(*) FILTER (WHERE next_opening IS NOT NULL), COUNT(*) FILTER (WHERE next_opening IS NULL)
FROM couples WHERE parted_at IS NULL"""
_OPENING = "SELECT MIN(next_opening) FROM couples WHERE parted_at IS NULL AND next_opening <= ?"
_WAITING = """
WITH waiting AS (
    SELECT chat_id, due_at FROM outbox WHERE state = 'queued' AND due_at <= :now
    UNION ALL SELECT chat_id, due_at FROM outbox WHERE state = 'leased'
)
SELECT COUNT(*), MIN(due_at) FROM waiting WHERE chat_id NOT IN (SELECT chat_id FROM holds WHERE until > :now)"""


@dataclass(frozen=True)
class Census:
    """What there is at an instant."""

    active: int  # couples with a next opening
    resting: int
    overdue: timedelta  # of the opening that is latest; none where all is on time
    waiting: int  # messages that may leave and have not
    oldest: timedelta  # how long the first of them waits


def census(path: Path, now: datetime) -> Census:
    """Count, through a connection of its own that can't write. Raises StorageError."""
    micros = to_micros(now)
    with read_whole(path), closing(read(path)) as connection:
        active, resting = connection.execute(_COUPLES).fetchone()
        opening = connection.execute(_OPENING, (micros,)).fetchone()[0]
        waiting, first = connection.execute(_WAITING, {"now": micros}).fetchone()
    return Census(active, resting, _since(opening, now), waiting, _since(first, now))


def _since(micros: int | None, now: datetime) -> timedelta:
    return timedelta(0) if micros is None else now - from_micros(micros)
