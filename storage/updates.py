"""Idempotency: which updates have taken effect."""

from collections.abc import Mapping

from storage.arrivals import meet
from storage.context import Context
from storage.engine import asking

_RECORD = "INSERT INTO updates (id, seen_at) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING RETURNING id"


class Updates:
    """Updates by their ids: a repeated one does nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def record(self, update: int) -> bool:
        """Note an update; False where it was known."""
        return bool(await self.record_all({update: None}))

    async def record_all(self, updates: Mapping[int, int | None]) -> set[int]:
        """Note updates and return those that were not known.

        Whoever writes, in the private chat that each came from, is met along the way.
        """
        noted = [asking(_RECORD, id=update, now=self._context.micros) for update in updates]
        await meet(self._context, {chat for chat in updates.values() if chat is not None}, *noted)
        return {row["id"] for step in noted for row in step.rows}
