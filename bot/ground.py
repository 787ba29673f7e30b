"""What the database stands on: the disk's room, and a server's clock, rights, leaders and what stands between."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.config import Places
from storage import engines
from storage.errors import StorageError

LEAST = 200_000_000  # bytes of room: some days of a town's words, and what the log needs
CLOCKS = 5.0  # seconds between two, from which an answer may wait for as long
ROLES = {"drain": "sends", "heartbeat": "watches the clock", "intake": "polls"}


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at; `advice` is empty where it is well."""

    what: str
    advice: str = ""


async def ground(where: Places) -> AsyncIterator[Diagnosis]:
    """Look at what the database stands on."""
    if not where.database:
        yield _room_of_file(where.data)
        return
    try:
        found = await asyncio.to_thread(engines.server_state, where.database)
    except StorageError as fault:
        yield Diagnosis("database server", str(fault))
        return
    between = f"through a pooler in {found.pooling} mode" if found.pooling else "without a pooler"
    yield Diagnosis(f"database server: PostgreSQL {found.version}, {between}")
    apart = f"{found.apart:.0f} s apart: set them by the same time, an answer may wait for as long"
    yield Diagnosis(
        "clocks of this machine and of the database server", apart if found.apart > CLOCKS else ""
    )
    led = ", ".join(f"one {ROLES.get(role, role)}" for role in found.leads)
    yield Diagnosis(f"processes: {led or 'none runs at the moment'}")
    yield _room("database server's disk", found.size, found.free)


def _room_of_file(folder: Path) -> Diagnosis:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    size = sum(file.stat().st_size for file in folder.glob("attune.db*"))
    return _room("disk", size, shutil.disk_usage(there).free)


def _room(what: str, size: int, free: int | None) -> Diagnosis:
    taken = f"{what}: the database takes {_megabytes(size)}"
    if free is None:
        return Diagnosis(f"{taken}; how much room there is can't be seen from here: have it watched there")
    little = free < max(LEAST, size)  # a migration writes as much again
    return Diagnosis(
        f"{taken}, {_megabytes(free)} are free", "make room: a full disk stops the bot" if little else ""
    )


def _megabytes(size: int) -> str:
    return f"{-(-size // 1_000_000):,} MB"
