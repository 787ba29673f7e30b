"""Time capsules: letters sealed under their authors' keys. The other reads one once it has opened.

As with all words, two gates stand before them: the SQL of `read` lets no other row through, and `reveal` decides.
"""

from datetime import date, datetime, timedelta

from bot.practice import reveal
from bot.practice.capsule import LOOK_AGAIN, Capsule
from bot.practice.ids import CapsuleId, CoupleId, PartnerId
from storage.context import Context
from storage.engine import Record, Statement, Value
from storage.instants import from_micros, to_micros
from storage.partners import Partners
from storage.pieces import PieceColumns

PIECES = PieceColumns("capsule_pieces")

_WITH_KEY = (
    "SELECT c.*, k.wrapped_key, k.key_generation FROM capsules AS c JOIN partners AS k ON k.id = c.author_id"
)
_OF = f"{_WITH_KEY} WHERE c.author_id = :author ORDER BY c.id"
_OWN = f"{_WITH_KEY} WHERE c.id = :id AND c.author_id = :author"
_READ = f"""
{_WITH_KEY}
JOIN couples AS together ON together.id = c.couple_id
JOIN seats AS s ON s.couple_id = c.couple_id AND s.partner_id = :reader
WHERE c.id = :id AND (
    c.author_id = :reader OR c.opened_at IS NOT NULL AND together.parted_at IS NULL
)"""
_TO = """
SELECT c.id FROM seats AS s JOIN capsules AS c ON c.couple_id = s.couple_id
WHERE s.partner_id = :reader AND s.active = 1 AND c.author_id <> :reader AND c.opened_at IS NOT NULL
ORDER BY c.opened_at DESC, c.id DESC LIMIT :limit"""
_DUE = """
SELECT id FROM capsules
WHERE sealed_at IS NOT NULL AND opened_at IS NULL AND opens_at <= :now
    AND (look_at IS NULL OR look_at <= :now OR look_at > :wrong)
ORDER BY opens_at LIMIT :limit"""
_WITH_PARTS = f"{_WITH_KEY} WHERE c.id = :id"
EARLIEST_CAPSULE = """
SELECT opens_at FROM capsules
WHERE sealed_at IS NOT NULL AND opened_at IS NULL AND opens_at <= :now ORDER BY opens_at LIMIT 1"""
NEXT_CAPSULE = """
SELECT opens_at FROM capsules
WHERE sealed_at IS NOT NULL AND opened_at IS NULL AND opens_at > :now ORDER BY opens_at LIMIT 1"""

_SAVE = """
INSERT INTO capsules (
    id, author_id, couple_id, version, made_at, opens_on, opens_at, look_at, sealed_at, opened_at
) VALUES (
    :id, :author, :couple, :version, :made_at, :opens_on, :opens_at, :look_at, :sealed_at, :opened_at
)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, opens_on = excluded.opens_on,
    opens_at = excluded.opens_at, look_at = excluded.look_at, sealed_at = excluded.sealed_at,
    opened_at = excluded.opened_at"""
_CLEAR = "DELETE FROM capsule_pieces WHERE capsule_id = :id"
_SAVE_PIECE = """
INSERT INTO capsule_pieces (id, capsule_id, position, kind, body, file, source, album, covered, covers)
VALUES (:id, :capsule, :position, :kind, :body, :file, :source, :album, :covered, :covers)"""
_BY_SOURCE = """
SELECT c.id FROM capsules AS c JOIN capsule_pieces AS p ON p.capsule_id = c.id
WHERE c.author_id = :author AND p.source = :source ORDER BY c.id DESC LIMIT 1"""


class Capsules:
    """Letters that open later."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def of(self, author: PartnerId) -> list[Capsule]:
        """Load all letters of an author's, oldest first."""
        return [await self._whole(row) for row in await self._run.rows(_OF, author=author)]

    async def own(self, author: PartnerId, id_: CapsuleId) -> Capsule | None:
        """Load a letter that a button names, if it is this author's."""
        row = await self._run.row(_OWN, id=id_, author=author)
        return None if row is None else await self._whole(row)

    async def read(self, reader: PartnerId, id_: CapsuleId) -> Capsule | None:
        """Load a letter as `reader` may read it: None unless `reveal.may_read_letter` allows it."""
        row = await self._run.row(_READ, id=id_, reader=reader)
        if row is None:
            return None
        author, opened = PartnerId(row["author_id"]), row["opened_at"] is not None
        if not reveal.may_read_letter(reader, author, addressed=True, opened=opened, parted=False):
            return None
        return await self._whole(row)

    async def opened_to(self, reader: PartnerId, limit: int) -> list[CapsuleId]:
        """Name the letters to a reader that have opened, while the couple lasts, the newest first."""
        return [CapsuleId(row["id"]) for row in await self._run.rows(_TO, reader=reader, limit=limit)]

    async def by_source(self, author: PartnerId, source: int) -> CapsuleId | None:
        """Name the letter of which a part came in one of its author's messages."""
        row = await self._run.row(_BY_SOURCE, author=author, source=source)
        return None if row is None else CapsuleId(row["id"])

    async def due(self, now: datetime, limit: int) -> list[Capsule]:
        """Load letters whose hour has come, earliest first; not what is looked at again later.

        What a clock that was ahead has put off is looked at as if it had not.
        """
        wrong = to_micros(now + LOOK_AGAIN + timedelta(minutes=1))
        ids = await self._run.rows(_DUE, now=to_micros(now), wrong=wrong, limit=limit)
        rows = [await self._run.row(_WITH_PARTS, id=row["id"]) for row in ids]
        return [await self._whole(row) for row in rows if row is not None]

    async def save(self, capsule: Capsule) -> None:
        """Store a letter with its parts in place of what was there. Raises LookupError: no such author."""
        key = await Partners(self._context).key(capsule.author)
        head: dict[str, Value] = {
            "id": capsule.id,
            "author": capsule.author,
            "couple": capsule.couple,
            "version": capsule.version,
            "made_at": to_micros(capsule.made_at),
            "opens_on": capsule.opens_on.isoformat() if capsule.opens_on else None,
            "opens_at": to_micros(capsule.opens_at),
            "look_at": to_micros(capsule.look_at),
            "sealed_at": to_micros(capsule.sealed_at),
            "opened_at": to_micros(capsule.opened_at),
        }
        pieces: list[dict[str, Value]] = [
            {"capsule": capsule.id, "position": position, **PIECES.sealed(piece, key, capsule.id)}
            for position, piece in enumerate(capsule.pieces)
        ]
        await self._run.later(
            Statement(_SAVE, [head]),
            Statement(_CLEAR, [{"id": capsule.id}]),
            Statement(_SAVE_PIECE, pieces),
        )

    async def destroy(self, id_: CapsuleId) -> None:
        """Destroy a letter. The bytes go too."""
        gone: list[dict[str, Value]] = [{"id": id_}]
        await self._run.later(Statement(_CLEAR, gone), Statement("DELETE FROM capsules WHERE id = :id", gone))
        self._context.scrub = True

    async def _whole(self, row: Record) -> Capsule:
        key = Partners(self._context).open(PartnerId(row["author_id"]), row)
        pieces = await self._run.rows(
            "SELECT * FROM capsule_pieces WHERE capsule_id = :id ORDER BY position", id=row["id"]
        )
        return Capsule(
            id=CapsuleId(row["id"]),
            author=PartnerId(row["author_id"]),
            couple=CoupleId(row["couple_id"]),
            made_at=from_micros(row["made_at"]),
            version=row["version"],
            pieces=tuple(PIECES.opened(piece, key, row["id"]) for piece in pieces),
            opens_on=date.fromisoformat(row["opens_on"]) if row["opens_on"] else None,
            opens_at=from_micros(row["opens_at"]),
            look_at=from_micros(row["look_at"]),
            sealed_at=from_micros(row["sealed_at"]),
            opened_at=from_micros(row["opened_at"]),
        )
