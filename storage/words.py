"""What partners wrote, sealed under their own keys: two independent gates stand before it.

`read` asks the one rule of the seal (`reveal.may_read`), and its SQL joins what the rule is about, so
that a row which is not revealed, or whose couple has parted, does not come back at all. Words are
decrypted after both.
"""

from collections.abc import Collection, Sequence
from itertools import islice

from bot.practice import reveal
from bot.practice.draft import Draft
from bot.practice.ids import PartnerId, RoundId
from bot.practice.round import Slot
from bot.practice.sought import holds
from storage.context import Context
from storage.engine import Record, Rows, Statement, Value, asking
from storage.highlights import OF_WORDS_GONE
from storage.instants import from_micros, to_micros
from storage.known import WordsKey
from storage.partners import Partners
from storage.pieces import PieceColumns
from storage.rounds import Rounds
from storage.traces import NOTE
from storage.vault import PartnerKey

PIECES = PieceColumns("pieces")

# One row a part; a draft without parts is one row whose `id` is NULL.
_OWN = """
SELECT d.version, d.committed_at, k.wrapped_key, k.key_generation,
    p.id, p.kind, p.body, p.file, p.source, p.album, p.covered, p.covers
FROM drafts AS d
JOIN partners AS k ON k.id = d.author_id
LEFT JOIN pieces AS p ON p.round_id = d.round_id AND p.author_id = d.author_id AND p.slot = d.slot
WHERE d.round_id = :round AND d.author_id = :author AND d.slot = :slot
ORDER BY p.position"""

# Of whoever writes in these chats, in their couple's newest round.
OWN_OF_CHATS = """
SELECT d.round_id, d.author_id, d.version, d.committed_at, k.wrapped_key, k.key_generation,
    p.id, p.kind, p.body, p.file, p.source, p.album, p.covered, p.covers
FROM partners AS k
JOIN seats AS s ON s.partner_id = k.id AND s.active = 1
JOIN drafts AS d ON d.author_id = k.id AND d.slot = 'reflection' AND d.round_id = (
    SELECT newest.id FROM rounds AS newest WHERE newest.couple_id = s.couple_id
    ORDER BY newest.ordinal DESC LIMIT 1
)
LEFT JOIN pieces AS p ON p.round_id = d.round_id AND p.author_id = d.author_id AND p.slot = d.slot
WHERE k.chat_id IN :chats
ORDER BY d.round_id, d.author_id, p.position"""

# Reflections of these people in these rounds.
OWN_OF_ROUNDS = """
SELECT d.round_id, d.author_id, d.version, d.committed_at, k.wrapped_key, k.key_generation,
    p.id, p.kind, p.body, p.file, p.source, p.album, p.covered, p.covers
FROM drafts AS d
JOIN partners AS k ON k.id = d.author_id
LEFT JOIN pieces AS p ON p.round_id = d.round_id AND p.author_id = d.author_id AND p.slot = d.slot
WHERE d.round_id IN :rounds AND d.author_id IN :authors AND d.slot = 'reflection'
ORDER BY d.round_id, d.author_id, p.position"""

_READ = """
SELECT d.version, d.committed_at, k.wrapped_key, k.key_generation,
    p.id, p.kind, p.body, p.file, p.source, p.album, p.covered, p.covers, c.parted_at
FROM drafts AS d
JOIN rounds AS r ON r.id = d.round_id
JOIN couples AS c ON c.id = r.couple_id
JOIN turns AS theirs ON theirs.round_id = r.id AND theirs.partner_id = d.author_id
JOIN turns AS mine ON mine.round_id = r.id AND mine.partner_id = :reader
JOIN partners AS k ON k.id = d.author_id
JOIN partners AS me ON me.id = :reader
LEFT JOIN pieces AS p ON p.round_id = d.round_id AND p.author_id = d.author_id AND p.slot = d.slot
WHERE d.round_id = :round AND d.author_id = :author AND d.slot = :slot
    AND (
        d.author_id = :reader
        OR c.parted_at IS NULL
            AND d.committed_at IS NOT NULL
            AND r.state IN ('revealed', 'complete')
            AND (d.slot <> 'reflection' OR theirs.sealed_at IS NOT NULL AND mine.sealed_at IS NOT NULL)
    )
ORDER BY p.position"""

_SAVE = """
INSERT INTO drafts (round_id, author_id, slot, version, committed_at)
VALUES (:round, :author, :slot, :version, :committed_at)
ON CONFLICT (round_id, author_id, slot)
DO UPDATE SET version = excluded.version, committed_at = excluded.committed_at"""

_CLEAR = "DELETE FROM pieces WHERE round_id = :round AND author_id = :author AND slot = :slot"

_SAVE_PIECE = """
INSERT INTO pieces (id, round_id, author_id, slot, position, kind, body, file, source, album, covered, covers)
VALUES (:id, :round, :author, :slot, :position, :kind, :body, :file, :source, :album, :covered, :covers)"""


_WRITTEN = """
SELECT d.round_id FROM drafts AS d
WHERE d.author_id = :author AND EXISTS (
    SELECT 1 FROM pieces AS p WHERE p.round_id = d.round_id AND p.author_id = d.author_id
)
GROUP BY d.round_id ORDER BY d.round_id DESC LIMIT :limit OFFSET :offset"""

_FOR_CARDS = """
SELECT r.id AS round_id FROM turns AS t JOIN rounds AS r ON r.id = t.round_id
WHERE t.partner_id = :author AND coalesce(t.answered, r.prompt) IN :cards AND EXISTS (
    SELECT 1 FROM pieces AS p WHERE p.round_id = r.id AND p.author_id = t.partner_id
)
ORDER BY r.id DESC LIMIT :limit"""

_TEXTS = """
SELECT p.id, p.round_id, p.slot, p.body, k.wrapped_key, k.key_generation
FROM pieces AS p JOIN partners AS k ON k.id = p.author_id
WHERE p.author_id = :author ORDER BY p.round_id DESC"""


class Words:
    """What partners wrote, read through the one rule of the seal."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def own(self, author: PartnerId, round_: RoundId, slot: Slot) -> Draft:
        """Load an author's own draft; an empty one (version 0) where nothing was written."""
        known, where = self._context.known, (author, round_, slot)
        if where not in known.drafts:
            rows = known.sealed.pop(where, None)
            if rows is None:
                rows = await self._run.rows(_OWN, author=author, round=round_, slot=slot.value)
            draft = self._draft(rows, author, round_, slot) if rows else Draft(round_, author, slot)
            known.drafts[where] = draft
        return known.drafts[where]

    async def read(self, reader: PartnerId, author: PartnerId, round_: RoundId, slot: Slot) -> Draft | None:
        """Load words as `reader` may read them: None unless `reveal.may_read` allows it."""
        known, where = self._context.known.read, (author, round_, slot)
        if (reader, where) not in known:
            step = asking(_READ, reader=reader, author=author, round=round_, slot=slot.value)
            await self._run.all(step)
            known[reader, where] = await self._unsealed(reader, where, step.rows)
        return known[reader, where]

    async def exchange(
        self, one: PartnerId, two: PartnerId, round_: RoundId, slot: Slot
    ) -> tuple[Draft | None, Draft | None]:
        """Load what each of two may read of the other, in one visit: what `one` reads, what `two` reads."""
        known = self._context.known.read
        readers = ((one, (two, round_, slot)), (two, (one, round_, slot)))
        steps = [
            asking(_READ, reader=reader, author=where[0], round=round_, slot=slot.value)
            for reader, where in readers
        ]
        await self._run.all(*steps)
        for (reader, where), step in zip(readers, steps, strict=True):
            known[reader, where] = await self._unsealed(reader, where, step.rows)
        return known[readers[0]], known[readers[1]]

    async def _unsealed(self, reader: PartnerId, where: WordsKey, rows: Rows) -> Draft | None:
        """Let through what the one rule lets through."""
        author, round_, slot = where
        found = await Rounds(self._context).find(round_)
        if not rows or found is None:
            return None
        committed, parted = rows[0]["committed_at"] is not None, rows[0]["parted_at"] is not None
        if not reveal.may_read(reader, author, found, slot, committed=committed, parted=parted):
            return None
        return self._draft(rows, author, round_, slot)

    async def by_source(self, author: PartnerId, source: int) -> tuple[RoundId, Slot] | None:
        """Tell where the part that came in one of the author's messages belongs."""
        row = await self._run.row(
            "SELECT round_id, slot FROM pieces WHERE author_id = :author AND source = :source"
            " ORDER BY id DESC LIMIT 1",
            author=author,
            source=source,
        )
        return None if row is None else (RoundId(row["round_id"]), Slot(row["slot"]))

    async def written(self, author: PartnerId, limit: int, offset: int = 0) -> list[RoundId]:
        """Name the rounds in which a person has words of their own, newest first, with any partner."""
        rows = await self._run.rows(_WRITTEN, author=author, limit=limit, offset=offset)
        return [RoundId(row["round_id"]) for row in rows]

    async def authors(self, round_: RoundId) -> set[PartnerId]:
        """Name who has written in a round."""
        rows = await self._run.rows(
            "SELECT DISTINCT author_id FROM pieces WHERE round_id = :round", round=round_
        )
        return {PartnerId(row["author_id"]) for row in rows}

    async def search(self, author: PartnerId, wanted: str, limit: int) -> list[RoundId]:
        """Name the rounds in which a person's own words hold all of some, newest first: in any case, without accents.

        Reads and decrypts all that they wrote: nothing that could be searched is kept in clear.
        """
        texts: dict[RoundId, list[str]] = {}
        key: PartnerKey | None = None
        for row in await self._run.rows(_TEXTS, author=author):
            key = key or Partners(self._context).open(author, row)
            round_ = RoundId(row["round_id"])
            texts.setdefault(round_, []).append(PIECES.text(row, key, *_within(round_, Slot(row["slot"]))))
        found = (round_ for round_, said in texts.items() if holds("\n".join(said), wanted))
        return list(islice(found, limit))

    async def for_cards(self, author: PartnerId, cards: Collection[str], limit: int) -> list[RoundId]:
        """Name the rounds in which a person's words are for one of these cards, newest first."""
        rows = await self._run.rows(_FOR_CARDS, author=author, cards=tuple(cards), limit=limit)
        return [RoundId(row["round_id"]) for row in rows]

    async def delete(self, author: PartnerId, round_: RoundId) -> int:
        """Destroy all of a person's own words in one round; tell how many parts. The bytes go too."""
        ids: dict[str, Value] = {"author": author, "round": round_}
        gone = await self._run.rows(
            "DELETE FROM pieces WHERE author_id = :author AND round_id = :round RETURNING 1", **ids
        )
        await self._run.later(Statement(OF_WORDS_GONE, [ids]))
        self._context.known.forget_words()
        self._context.scrub = self._context.scrub or bool(gone)
        return len(gone)

    async def save(self, draft: Draft) -> None:
        """Store a draft with its parts in place of what was there. Raises LookupError: no such author."""
        key = await Partners(self._context).key(draft.author)
        ids: dict[str, Value] = {"round": draft.round, "author": draft.author, "slot": draft.slot.value}
        head = {**ids, "version": draft.version, "committed_at": to_micros(draft.committed_at)}
        pieces = [
            {**ids, "position": position, **PIECES.sealed(piece, key, *_within(draft.round, draft.slot))}
            for position, piece in enumerate(draft.pieces)
        ]
        traces = [] if draft.committed_at else [{**piece, "now": self._context.micros} for piece in pieces]
        await self._run.later(
            Statement(_SAVE, [head]),
            Statement(_CLEAR, [ids]),
            Statement(_SAVE_PIECE, pieces),
            Statement(NOTE, traces),
        )
        self._context.known.read.clear()
        self._context.known.drafts[draft.author, draft.round, draft.slot] = draft

    def _draft(self, rows: Sequence[Record], author: PartnerId, round_: RoundId, slot: Slot) -> Draft:
        head = rows[0]
        key = Partners(self._context).open(author, head)
        return Draft(
            round=round_,
            author=author,
            slot=slot,
            version=head["version"],
            pieces=tuple(
                PIECES.opened(row, key, *_within(round_, slot)) for row in rows if row["id"] is not None
            ),
            committed_at=from_micros(head["committed_at"]),
        )


def _within(round_: RoundId, slot: Slot) -> tuple[int, str]:
    # Both: a part that is not sealed can't be moved into one that is revealed.
    return round_, slot.value
