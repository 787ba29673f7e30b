"""A part of words at rest: the columns that every table of words has, sealed under its author's key.

What is sealed is bound to where it stands: table, author, and row. So no part can be moved into another place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.practice import covers
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import PieceId
from storage.engine import Record, Value
from storage.vault import PartnerKey


@dataclass(frozen=True)
class PieceColumns:
    """How the parts in one table are written and read; each is bound to what it is `within`, and to its own id."""

    table: str

    def sealed(self, piece: Piece, key: PartnerKey, *within: int | str) -> Mapping[str, Value]:
        """Return a part's columns, its text and its file sealed."""
        return {
            "id": piece.id,
            "kind": piece.kind.value,
            "body": key.seal(piece.text, self._body, *within, piece.id),
            "file": key.seal_some(piece.file, self._file, *within, piece.id),
            "source": piece.source,
            "album": piece.album,
            "covered": int(piece.covered),
            "covers": covers.written(piece.covers),
        }

    def opened(self, row: Record, key: PartnerKey, *within: int | str) -> Piece:
        """Read a part out of its row. Raises Damaged."""
        return Piece(
            id=PieceId(row["id"]),
            kind=PieceKind(row["kind"]),
            text=self.text(row, key, *within),
            source=row["source"],
            album=row["album"],
            covered=bool(row["covered"]),
            covers=covers.read(row["covers"]),
            file=key.open_some(row["file"], self._file, *within, row["id"]),
        )

    def text(self, row: Record, key: PartnerKey, *within: int | str) -> str:
        """Read a part's text alone. Raises Damaged."""
        return key.open(row["body"], self._body, *within, row["id"])

    @property
    def _body(self) -> str:
        return f"{self.table}.body"

    @property
    def _file(self) -> str:
        return f"{self.table}.file"
