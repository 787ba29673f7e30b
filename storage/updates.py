"""Updates that have taken effect."""

from storage.context import Context


class Updates:
    """Updates by their ids: a repeated one does nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def record(self, update: int) -> bool:
        """Note an update; False where it was known."""
        row = await self._context.transaction.row(
            "INSERT INTO updates (id, seen_at) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING RETURNING id",
            id=update,
            now=self._context.micros,
        )
        return row is not None
