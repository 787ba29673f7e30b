"""Instants as whole microseconds since 1970 in UTC: exact, sortable, and the same in any engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, overload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@overload
def to_micros(moment: datetime) -> int: ...
@overload
def to_micros(moment: datetime | None) -> int | None: ...
def to_micros(moment: datetime | None) -> int | None:
    """Count an aware instant's microseconds. Raises TypeError for a naive one."""
    return None if moment is None else (moment - EPOCH) // _TICK


@overload
def from_micros(micros: int) -> datetime: ...
@overload
def from_micros(micros: int | None) -> datetime | None: ...
def from_micros(micros: int | None) -> datetime | None:
    """Turn microseconds into an instant in UTC."""
    return None if micros is None else EPOCH + micros * _TICK


def moment_of(rows: Sequence[Mapping[str, Any]], column: str) -> datetime | None:
    """Return the instant in a column of the first row; None where there is no row."""
    return from_micros(rows[0][column]) if rows else None
