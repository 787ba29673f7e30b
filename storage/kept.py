"""Words that wait for their writer to say what they are for, sealed under the writer's key."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.practice.draft import Piece
from bot.practice.ids import PartnerId, PieceId
from storage.context import Context
from storage.engine import Statement
from storage.partners import Partners
from storage.pieces import PieceColumns

PIECES = PieceColumns("kept")
LONGEST = timedelta(hours=23)  # a day at most is promised, and what is over is looked for once an hour

_ADD = """
INSERT INTO kept (id, partner_id, kind, body, file, source, album, covered, covers, kept_at)
VALUES (:id, :partner, :kind, :body, :file, :source, :album, :covered, :covers, :now)"""

_OF = """
SELECT id, kind, body, file, source, album, covered, covers FROM kept
WHERE partner_id = :partner AND kept_at > :since ORDER BY id"""


_OVER = """
DELETE FROM kept WHERE id IN (
    SELECT id FROM kept WHERE kept_at <= :before ORDER BY kept_at, id LIMIT :limit
) RETURNING partner_id, source"""


class Kept:
    """Words that wait, for a day at most."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def add(self, partner: PartnerId, piece: Piece) -> None:
        """Keep a part for somebody. Raises LookupError where there is no such partner."""
        key = await Partners(self._context).key(partner)
        row = {"partner": partner, "now": self._context.micros, **PIECES.sealed(piece, key)}
        await self._run.later(Statement(_ADD, [row]))

    async def of(self, partner: PartnerId) -> Sequence[Piece]:
        """Load what waits for somebody, oldest first; nothing of what was kept for longer than a day."""
        since = self._context.micros - LONGEST // timedelta(microseconds=1)
        rows = await self._run.rows(_OF, partner=partner, since=since)
        if not rows:
            return []
        key = await Partners(self._context).key(partner)
        return [PIECES.opened(row, key) for row in rows]

    async def over(self, limit: int) -> Mapping[PartnerId, Sequence[int]]:
        """Destroy up to `limit` parts that have waited for a day; name the messages that they came in, by person."""
        before = self._context.micros - LONGEST // timedelta(microseconds=1)
        found: dict[PartnerId, list[int]] = {}
        for row in await self._run.rows(_OVER, before=before, limit=limit):
            found.setdefault(PartnerId(row["partner_id"]), []).append(row["source"])
        self._context.scrub |= bool(found)
        return {partner: sorted(sources) for partner, sources in found.items()}

    async def drop(self, partner: PartnerId, pieces: Sequence[PieceId]) -> None:
        """Destroy parts that have found their place, or are for nowhere. The bytes go too."""
        if pieces:
            await self._run.rows(
                "DELETE FROM kept WHERE partner_id = :partner AND id IN :pieces RETURNING 1",
                partner=partner,
                pieces=tuple(pieces),
            )
            self._context.scrub = True
