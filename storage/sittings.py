"""What people wrote as the neutral friend, sealed under their own keys, and read by themselves alone."""

import json
from collections.abc import Sequence

from bot.practice.friend import WAITS, Note, Sitting, SittingId
from bot.practice.ids import PartnerId
from storage.context import Context
from storage.engine import Record, Statement, Value
from storage.instants import from_micros, to_micros
from storage.partners import Partners
from storage.vault import PartnerKey

BODY = "sittings.body"

_SAVE = """
INSERT INTO sittings (id, partner_id, body, begun_at, kept_at)
VALUES (:id, :partner, :body, :begun_at, :kept_at)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, kept_at = excluded.kept_at"""

_UNFINISHED = """
SELECT * FROM sittings WHERE partner_id = :partner AND kept_at IS NULL AND begun_at > :since
ORDER BY id DESC LIMIT 1"""


class Sittings:
    """What waits for a word on whether it is kept, for a day at most, and what is."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def unfinished(self, partner: PartnerId) -> Sitting | None:
        """Load what somebody is writing, or has written within a day and not kept."""
        since = to_micros(self._context.now - WAITS)
        row = await self._run.row(_UNFINISHED, partner=partner, since=since)
        return None if row is None else _sitting(row, await Partners(self._context).key(partner))

    async def of(self, partner: PartnerId) -> Sequence[Sitting]:
        """Load what somebody has kept, newest first."""
        rows = await self._run.rows(
            "SELECT * FROM sittings WHERE partner_id = :partner AND kept_at IS NOT NULL ORDER BY id DESC",
            partner=partner,
        )
        if not rows:
            return []
        key = await Partners(self._context).key(partner)
        return [_sitting(row, key) for row in rows]

    async def save(self, sitting: Sitting) -> None:
        """Store what somebody has written. Raises LookupError where there is no such partner."""
        key = await Partners(self._context).key(sitting.partner)
        body = json.dumps([[note.step, note.source, note.text] for note in sitting.notes])
        row: dict[str, Value] = {
            "id": sitting.id,
            "partner": sitting.partner,
            "body": key.seal(body, BODY, sitting.id),
            "begun_at": to_micros(sitting.begun_at),
            "kept_at": to_micros(sitting.kept_at),
        }
        await self._run.later(Statement(_SAVE, [row]))

    async def let_go(self, partner: PartnerId) -> None:
        """Destroy what somebody has not kept. The bytes go too."""
        gone = await self._run.rows(
            "DELETE FROM sittings WHERE partner_id = :partner AND kept_at IS NULL RETURNING 1",
            partner=partner,
        )
        self._context.scrub |= bool(gone)

    async def destroy(self, partner: PartnerId, sitting: SittingId) -> None:
        """Destroy one that somebody has kept. The bytes go too."""
        await self._run.rows(
            "DELETE FROM sittings WHERE partner_id = :partner AND id = :id RETURNING 1",
            partner=partner,
            id=sitting,
        )
        self._context.scrub = True


def _sitting(row: Record, key: PartnerKey) -> Sitting:
    notes = json.loads(key.open(row["body"], BODY, row["id"]))
    return Sitting(
        SittingId(row["id"]),
        PartnerId(row["partner_id"]),
        from_micros(row["begun_at"]),
        tuple(Note(step, source, text) for step, source, text in notes),
        from_micros(row["kept_at"]),
    )
