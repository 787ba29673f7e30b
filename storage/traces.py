"""Traces: in which messages of a person's chat words of their own stand. Numbers alone, and no words."""

from collections.abc import Collection

from bot.messages import Trace
from bot.practice.ids import PartnerId, RoundId
from storage.context import Context
from storage.engine import Statement, Value
from storage.instants import from_micros

PRACTICE = 0  # in place of a round

NOTE = """
INSERT INTO traces (partner_id, message_id, round_id, slot, noted_at, stays)
VALUES (:author, :source, :round, :slot, :now, 0)
ON CONFLICT (partner_id, message_id) DO NOTHING"""

_STAY = """
INSERT INTO traces (partner_id, message_id, round_id, slot, noted_at, stays)
VALUES (:author, :source, :round, :slot, :now, 1)
ON CONFLICT (partner_id, message_id) DO UPDATE SET stays = 1"""

_OF = """
SELECT message_id, noted_at, stays FROM traces
WHERE partner_id = :partner AND round_id = :round AND slot = :slot ORDER BY message_id"""

_PLACES = """
SELECT DISTINCT round_id, slot FROM traces
WHERE partner_id = :partner AND round_id <> 0 AND stays = 0 ORDER BY round_id, slot"""


class Traces:
    """Where a person's own words stand in their chat. A round of None is practice."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def add(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> None:
        """Note messages; those that are known already stay as they are."""
        await self._run.later(Statement(NOTE, self._rows(partner, round_, slot, numbers)))

    async def stay(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> None:
        """Note that Telegram does not delete these messages."""
        await self._run.later(Statement(_STAY, self._rows(partner, round_, slot, numbers)))

    async def of(self, partner: PartnerId, round_: RoundId | None, slot: str) -> list[Trace]:
        """Tell in which messages somebody's words for a slot stand, in order."""
        rows = await self._run.rows(_OF, partner=partner, round=round_ or PRACTICE, slot=slot)
        return [Trace(row["message_id"], from_micros(row["noted_at"]), bool(row["stays"])) for row in rows]

    async def places(self, partner: PartnerId) -> list[tuple[RoundId, str]]:
        """Name the slots whose words stand in somebody's chat and can still go, each with its round."""
        rows = await self._run.rows(_PLACES, partner=partner)
        return [(RoundId(row["round_id"]), row["slot"]) for row in rows]

    async def between(self, partner: PartnerId, first: int, last: int) -> set[int]:
        """Name the messages from `first` to `last` in which any of somebody's words stand."""
        rows = await self._run.rows(
            "SELECT message_id FROM traces WHERE partner_id = :partner AND message_id BETWEEN :first AND :last",
            partner=partner,
            first=first,
            last=last,
        )
        return {row["message_id"] for row in rows}

    async def gone(self, partner: PartnerId, numbers: Collection[int]) -> None:
        """Forget messages that stand there no more."""
        gone: list[dict[str, Value]] = [{"partner": partner, "number": number} for number in numbers]
        await self._run.later(
            Statement("DELETE FROM traces WHERE partner_id = :partner AND message_id = :number", gone)
        )

    def _rows(
        self, partner: PartnerId, round_: RoundId | None, slot: str, numbers: Collection[int]
    ) -> list[dict[str, Value]]:
        about: dict[str, Value] = {"author": partner, "round": round_ or PRACTICE, "slot": slot}
        return [{**about, "source": number, "now": self._context.micros} for number in numbers]
