"""Leaders on the server, over a connection of its own: a unit of work that waits does not let that run out."""

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import psycopg

from storage.engine import Statement, asking
from storage.leaders import LASTS, SURELY, Leadership
from storage.postgres import server
from storage.postgres.failures import is_away, told
from storage.postgres.wire import Wire

T = TypeVar("T")

PATIENCE = 3  # seconds in which the server has to answer here

_UNTIL = f"clock_timestamp() + interval '{LASTS} seconds'"
_TAKE = f"""
INSERT INTO leaders (role, fence, owner, until) VALUES (:role, 1, :owner, {_UNTIL})
ON CONFLICT (role) DO UPDATE SET fence = leaders.fence + 1, owner = excluded.owner, until = excluded.until
WHERE leaders.owner IS NULL OR leaders.until < clock_timestamp()
RETURNING fence"""  # noqa: S608 (made of what stands here)
_RENEW = f"UPDATE leaders SET until = {_UNTIL} WHERE role = :role AND fence = :fence AND owner = :owner RETURNING fence"  # noqa: S608 (as above)
_LET_GO = (
    "UPDATE leaders SET owner = NULL WHERE role = :role AND fence = :fence AND owner = :owner RETURNING fence"
)


class Leaders:
    """What one process leads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._place = server.shown(url)
        self._owner = secrets.token_hex(8)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="leaders")
        self._connection: server.Connected | None = None
        self._wire: Wire | None = None

    async def take(self, role: str) -> Leadership | None:
        """Take a role; None where another process has it. Raises StorageError."""
        asked = time.monotonic()
        fence = await self._ask(asking(_TAKE, role=role, owner=self._owner))
        return None if fence is None else Leadership(role, fence, asked + SURELY)

    async def renew(self, leading: Leadership) -> bool:
        """Have a role for longer; False where another process has taken it over. Raises StorageError."""
        asked = time.monotonic()
        if await self._ask(asking(_RENEW, role=leading.role, fence=leading.fence, owner=self._owner)) is None:
            return False
        leading.until = asked + SURELY
        return True

    async def let_go(self, leading: Leadership) -> None:
        """Let others have a role at once. Raises StorageError."""
        await self._ask(asking(_LET_GO, role=leading.role, fence=leading.fence, owner=self._owner))

    async def close(self) -> None:
        """Close the connection."""
        await self._in_thread(self._drop)
        self._thread.shutdown(wait=False)

    async def _ask(self, step: Statement) -> int | None:
        with told(self._place):
            return await self._in_thread(self._fence, step)

    async def _in_thread(self, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _fence(self, step: Statement) -> int | None:
        try:
            return self._asked(step)
        except psycopg.Error as error:
            self._drop()
            if not is_away(error):
                raise
        return self._asked(step)  # a server that was started anew has closed what stood idle

    def _asked(self, step: Statement) -> int | None:
        if self._connection is None or self._wire is None:
            self._connection = server.connect(self._url)
            self._wire = Wire(self._connection, PATIENCE)
        try:
            (answer,) = self._wire.exchange([step])
        except psycopg.Error:
            self._drop()
            raise
        return answer.rows[0]["fence"] if answer.rows else None

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = self._wire = None
