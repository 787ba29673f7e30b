"""Highlights: sentences of the other's that people have marked for themselves. Where they stand, and no words."""

from collections.abc import Collection

from bot.practice.highlight import Highlight
from bot.practice.ids import HighlightId, PartnerId, PieceId, RoundId
from bot.practice.round import Slot
from storage.context import Context
from storage.engine import Record, Statement, Value
from storage.instants import from_micros, to_micros

_ADD = """
INSERT INTO highlights (
    id, reader_id, author_id, round_id, slot, piece_id, start_at, end_at, made_at, told_at
) VALUES (:id, :reader, :author, :round, :slot, :piece, :start, :end, :made_at, :told_at)
ON CONFLICT (reader_id, piece_id, start_at) DO NOTHING"""

_OF = "SELECT * FROM highlights WHERE reader_id = :reader ORDER BY id DESC LIMIT :limit OFFSET :offset"
_OF_ROUND = """
SELECT * FROM highlights WHERE reader_id = :reader AND round_id = :round
ORDER BY id DESC LIMIT :limit OFFSET :offset"""

OF_WORDS_GONE = "DELETE FROM highlights WHERE author_id = :author AND round_id = :round"
"""What is marked of words goes with them."""


class Highlights:
    """What readers have marked; whoever wants the words reads them through the seal."""

    def __init__(self, context: Context) -> None:
        self._run = context.transaction

    async def add(self, highlight: Highlight) -> None:
        """Store a highlight; one of the same sentence does nothing."""
        row: dict[str, Value] = {
            "id": highlight.id,
            "reader": highlight.reader,
            "author": highlight.author,
            "round": highlight.round,
            "slot": highlight.slot.value,
            "piece": highlight.piece,
            "start": highlight.start,
            "end": highlight.end,
            "made_at": to_micros(highlight.made_at),
            "told_at": to_micros(highlight.told_at),
        }
        await self._run.later(Statement(_ADD, [row]))

    async def find(self, highlight: HighlightId) -> Highlight | None:
        """Load a highlight that a button names, if there is one."""
        row = await self._run.row("SELECT * FROM highlights WHERE id = :id", id=highlight)
        return None if row is None else _highlight(row)

    async def of(
        self, reader: PartnerId, limit: int, offset: int = 0, round_: RoundId | None = None
    ) -> list[Highlight]:
        """Load a reader's highlights, newest first; `round_` None: of any round."""
        if round_ is None:
            rows = await self._run.rows(_OF, reader=reader, limit=limit, offset=offset)
        else:
            rows = await self._run.rows(_OF_ROUND, reader=reader, round=round_, limit=limit, offset=offset)
        return [_highlight(row) for row in rows]

    async def save(self, highlight: Highlight) -> None:
        """Note when its author was told."""
        row: dict[str, Value] = {"id": highlight.id, "told_at": to_micros(highlight.told_at)}
        await self._run.later(Statement("UPDATE highlights SET told_at = :told_at WHERE id = :id", [row]))

    async def drop(self, highlight: HighlightId) -> None:
        """Take a highlight out."""
        await self._run.later(Statement("DELETE FROM highlights WHERE id = :id", [{"id": highlight}]))

    async def end(self, readers: Collection[PartnerId]) -> None:
        """Take out all highlights of these readers."""
        gone: list[dict[str, Value]] = [{"reader": reader} for reader in readers]
        await self._run.later(Statement("DELETE FROM highlights WHERE reader_id = :reader", gone))


def _highlight(row: Record) -> Highlight:
    return Highlight(
        id=HighlightId(row["id"]),
        reader=PartnerId(row["reader_id"]),
        author=PartnerId(row["author_id"]),
        round=RoundId(row["round_id"]),
        slot=Slot(row["slot"]),
        piece=PieceId(row["piece_id"]),
        start=row["start_at"],
        end=row["end_at"],
        made_at=from_micros(row["made_at"]),
        told_at=from_micros(row["told_at"]),
    )
