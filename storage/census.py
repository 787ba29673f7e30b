"""A census: how many couples and waiting messages there are. Numbers, and nobody's."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.errors import read_whole
from storage.instants import from_micros, to_micros
from storage.verification import read

_COUPLES = """
SELECT COUNT(*) FILTER (WHERE next_opening IS NOT NULL) AS active,
    COUNT(*) FILTER (WHERE next_opening IS NULL) AS resting
FROM couples WHERE parted_at IS NULL"""
_OPENING = "SELECT MIN(next_opening) AS first FROM couples WHERE parted_at IS NULL AND next_opening <= :now"
_WAITING = """
WITH waiting AS (
    SELECT chat_id, due_at FROM outbox WHERE state = 'queued' AND due_at <= :now
    UNION ALL SELECT chat_id, due_at FROM outbox WHERE state = 'leased'
)
SELECT COUNT(*) AS waiting, MIN(due_at) AS first FROM waiting
WHERE chat_id NOT IN (SELECT chat_id FROM holds WHERE until > :now)"""


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
    with read_whole(path), closing(read(path)) as connection:
        connection.row_factory = sqlite3.Row
        return counted(lambda sql, values: connection.execute(sql, values).fetchone(), now)


def counted(ask: Callable[[str, Mapping[str, int]], Mapping[str, Any]], now: datetime) -> Census:
    """Count, by what `ask` answers to a statement: its one row."""
    values = {"now": to_micros(now)}
    couples, opening, waiting = (ask(sql, values) for sql in (_COUPLES, _OPENING, _WAITING))
    return Census(
        active=couples["active"],
        resting=couples["resting"],
        overdue=_since(opening["first"], now),
        waiting=waiting["waiting"],
        oldest=_since(waiting["first"], now),
    )


def _since(micros: int | None, now: datetime) -> timedelta:
    return timedelta(0) if micros is None else now - from_micros(micros)
