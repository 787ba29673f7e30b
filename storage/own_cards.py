"""Cards that people wrote for the two of them, sealed under their authors' keys."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.practice import reveal
from bot.practice.ids import CoupleId, OwnCardId, PartnerId, RoundId
from bot.practice.own_card import OwnCard
from bot.practice.round import Round
from storage.context import Context
from storage.engine import Record, Statement, Value
from storage.instants import from_micros, to_micros
from storage.partners import Partners
from storage.vault import PartnerKey

BODY = "own_cards.body"

_ADD = """
INSERT INTO own_cards (id, author_id, couple_id, body, made_at, ready_at, round_id)
VALUES (:id, :author, :couple, :body, :made_at, NULL, NULL)"""

_WAITING = """
SELECT couple_id, id FROM own_cards
WHERE couple_id IN :couples AND ready_at IS NOT NULL AND round_id IS NULL
ORDER BY ready_at DESC, id DESC"""

_LAST_READY = """
SELECT max(ready_at) AS last FROM own_cards
WHERE author_id = :author AND (couple_id = :couple OR round_id IS NOT NULL)"""

_CAME = """
UPDATE own_cards SET round_id = :round
WHERE id = :card AND EXISTS (SELECT 1 FROM rounds WHERE id = :round AND own_card = :card)"""

_READ = """
SELECT o.*, k.wrapped_key, k.key_generation, c.parted_at
FROM own_cards AS o
JOIN partners AS k ON k.id = o.author_id
JOIN couples AS c ON c.id = o.couple_id
WHERE o.id = :id AND o.round_id = :round"""


class OwnCards:
    """Cards of people's own; the other reads one once it has come, and while the couple lasts."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def draft(self, card: OwnCard) -> None:
        """Store a draft in place of its author's last one. Raises LookupError where there is no such author."""
        key = await Partners(self._context).key(card.author)
        gone = await self._run.rows(
            "DELETE FROM own_cards WHERE author_id = :author AND ready_at IS NULL RETURNING 1",
            author=card.author,
        )
        self._context.scrub = self._context.scrub or bool(gone)
        row: dict[str, Value] = {
            "id": card.id,
            "author": card.author,
            "couple": card.couple,
            "body": key.seal(card.text, BODY, card.id),
            "made_at": to_micros(card.made_at),
        }
        await self._run.later(Statement(_ADD, [row]))

    async def save(self, card: OwnCard) -> None:
        """Note when a card was let come."""
        row = {"id": card.id, "ready_at": to_micros(card.ready_at)}
        await self._run.later(Statement("UPDATE own_cards SET ready_at = :ready_at WHERE id = :id", [row]))

    async def destroy(self, card: OwnCardId) -> None:
        """Destroy a card that has not come. The bytes go too."""
        await self._run.rows("DELETE FROM own_cards WHERE id = :id AND round_id IS NULL RETURNING 1", id=card)
        self._context.scrub = True

    async def of(self, author: PartnerId) -> Sequence[OwnCard]:
        """Load all cards of an author's, oldest first."""
        rows = await self._run.rows(
            "SELECT * FROM own_cards WHERE author_id = :author ORDER BY id", author=author
        )
        if not rows:
            return []
        key = await Partners(self._context).key(author)
        return [_card(row, key) for row in rows]

    async def last_ready(self, author: PartnerId, couple: CoupleId) -> datetime | None:
        """Tell when an author last let a card come: to this couple, or one that has come to whomever."""
        row = await self._run.row(_LAST_READY, author=author, couple=couple)
        return None if row is None else from_micros(row["last"])

    async def waiting(self, couples: Collection[CoupleId]) -> dict[CoupleId, OwnCardId]:
        """Name the card of each of these couples that comes next, where one waits."""
        rows = await self._run.rows(_WAITING, couples=tuple(couples))
        return {CoupleId(row["couple_id"]): OwnCardId(row["id"]) for row in rows}

    async def came(self, rounds: Sequence[Round]) -> None:
        """Note in which rounds cards came, of those rounds that were stored."""
        rows = [{"round": round_.id, "card": round_.own} for round_ in rounds if round_.own is not None]
        if rows:
            await self._run.later(Statement(_CAME, rows))

    async def read(self, reader: PartnerId, round_: Round) -> OwnCard | None:
        """Load the card that a round asks, as far as `reader` may read it; None where there is none any more."""
        if round_.own is None:
            return None
        row = await self._run.row(_READ, id=round_.own, round=round_.id)
        if row is None:
            return None
        author = PartnerId(row["author_id"])
        if not reveal.may_read_card(reader, author, round_, parted=row["parted_at"] is not None):
            return None
        return _card(row, Partners(self._context).open(author, row))


def _card(row: Record, key: PartnerKey) -> OwnCard:
    return OwnCard(
        id=OwnCardId(row["id"]),
        author=PartnerId(row["author_id"]),
        couple=CoupleId(row["couple_id"]),
        text=key.open(row["body"], BODY, row["id"]),
        made_at=from_micros(row["made_at"]),
        ready_at=from_micros(row["ready_at"]),
        round=None if row["round_id"] is None else RoundId(row["round_id"]),
    )
