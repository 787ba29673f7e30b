"""What PostgreSQL says, in our words: by its five-letter codes (appendix A of its manual), which no language changes.

Its messages may quote values, so none of them is passed on, but for why a connection failed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from storage.errors import (
    Damaged,
    DatabasePlace,
    DiskFull,
    NoRights,
    OnlyRead,
    ServerAway,
    ServerFull,
    StorageError,
    Undone,
)

_BY_CODE: dict[str, type[StorageError]] = {
    "25006": OnlyRead,  # of a standby, or of a primary that was stepped down
    "25P03": ServerAway,  # a transaction of ours stood still for too long, and the server has ended it
    "25P02": Undone,  # a statement before this one has failed, and somebody has caught that
    "40001": Undone,
    "40P01": Undone,  # two units each wait for what the other has locked
    "42501": NoRights,
    "53100": DiskFull,
    "53300": ServerFull,
    "57P01": ServerAway,  # it is being stopped
    "57P02": ServerAway,
    "57P03": ServerAway,  # it is not ready yet
    "57P05": ServerAway,
}
_CORRUPTED = "XX00"
_CONNECTION = "08"


@contextmanager
def told(place: DatabasePlace) -> Iterator[None]:
    """Tell a failure of the server's, or of the way to it; its other errors are faults of ours and lose their text."""
    try:
        yield
    except psycopg.Error as error:
        mendable = _told(error, place)
        if mendable is not None:
            raise mendable from error
        # Its own text would name the values: what a row already has, what cannot be read as a number.
        fault = (
            f"{type(error).__name__} ({error.sqlstate}): {error.diag.constraint_name or 'a fault of ours'}"
        )
        raise type(error)(fault) from None


def is_away(error: psycopg.Error) -> bool:
    """Tell whether the connection is no more."""
    return isinstance(_told(error, ""), ServerAway)


def ends_all(error: psycopg.Error) -> bool:
    """Tell whether the server has ended itself over it, as where its log has no room: it tells nothing of a commit."""
    return error.diag.severity_nonlocalized == "PANIC"


def _told(error: psycopg.Error, place: DatabasePlace) -> StorageError | None:
    code = error.sqlstate or ""
    if code in _BY_CODE:
        return _BY_CODE[code](place)
    if code.startswith(_CONNECTION) or (not code and isinstance(error, psycopg.OperationalError)):
        return ServerAway(place)
    if code.startswith(_CORRUPTED) and code != "XX000":
        return Damaged(place, what=f"PostgreSQL says {code}")
    return None
