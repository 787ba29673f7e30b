"""Which mode a pooler is in. It tells its own administrators alone, so two connections are held against each other."""

from enum import StrEnum

import psycopg

from storage.engine import asking
from storage.errors import NoEntry
from storage.postgres import server
from storage.postgres.wire import Wire

LOOKS = 5
PATIENCE = 2.0  # seconds in which a second connection has to be served
_BACKEND = "SELECT pg_backend_pid() AS backend"


class Pooling(StrEnum):
    """To what a pooler lends one of the server's processes."""

    SESSION = "session"
    TRANSACTION = "transaction"
    STATEMENT = "statement"


def pooling(connection: server.Connected, url: str) -> Pooling:
    """Tell the mode of the pooler that a connection goes through, by which process of the server's answers whom.

    Where others use it as well a process may stay with one of us by chance: so it is asked several times.
    """
    if not server.keeps_transactions(connection):
        return Pooling.STATEMENT
    held = _backend(connection)
    try:
        with server.connect(url) as second:
            for _ in range(LOOKS):
                other, own = _backend(second), _backend(connection)
                if other == held or own != held:
                    return Pooling.TRANSACTION
    except (NoEntry, psycopg.OperationalError):
        pass  # no process is left for a second one: the first has not given its own back
    return Pooling.SESSION


def _backend(connection: server.Connected) -> object:
    (told,) = Wire(connection, PATIENCE).exchange([asking(_BACKEND)])
    return told.rows[0]["backend"]
