"""A server as whoever runs the bot asks about it: its clock, what stands between, who leads, what room it has."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from storage.errors import OnlyRead, StatementsAlone
from storage.postgres import server
from storage.postgres.failures import told
from storage.postgres.pooling import Pooling, pooling

_ASKED = """
SELECT
    CAST(extract(epoch FROM clock_timestamp()) AS FLOAT8) AS clock,
    current_setting('transaction_read_only') AS read_only,
    pg_backend_pid() AS backend,
    pg_database_size(current_database()) AS size,
    to_regclass('leaders') IS NOT NULL AS elects"""
_FOLDER = "SELECT current_setting('data_directory') AS folder"


@dataclass(frozen=True)
class ServerState:
    """What a server says of itself: seconds, bytes."""

    version: int
    apart: float  # its clock from ours
    pooling: Pooling | None  # what stands between
    leads: list[str]  # roles that a process has now
    size: int
    free: int | None  # where its disk can be seen from here


def state(url: str) -> ServerState:
    """Ask a server, through a connection of its own. Raises StorageError, OnlyRead for a standby."""
    place = server.shown(url)
    with told(place), server.connect(url) as connection:
        row = connection.execute(_ASKED.encode()).fetchone() or {}
        here = time.time()
        if row["read_only"] == "on":
            raise OnlyRead(place)
        led = connection.execute(f"{server.LED} ORDER BY role".encode()).fetchall() if row["elects"] else []
        # A pooler gives whoever connects a number of its own making.
        pooled = row["backend"] != connection.info.backend_pid
        between = pooling(connection, url) if pooled else None
        if between is Pooling.STATEMENT:
            raise StatementsAlone(place)
        return ServerState(
            version=connection.info.server_version // 10000,
            apart=abs(here - row["clock"]),
            pooling=between,
            leads=[found["role"] for found in led],
            size=row["size"],
            free=None if pooled else _free(connection),
        )


def _free(connection: server.Connected) -> int | None:
    """Tell the room on its disk, where it is this machine's and it says where its data is."""
    if not connection.info.host.startswith("/"):
        return None
    try:
        row = connection.execute(_FOLDER.encode()).fetchone()
        return None if row is None else shutil.disk_usage(Path(row["folder"])).free
    except (psycopg.errors.InsufficientPrivilege, OSError):
        return None
