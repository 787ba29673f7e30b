"""Talks: where a dialogue or a repair stands, and what each of the two wrote for its steps, sealed under their keys.

Two gates stand before the other's words, as before those of a round: the SQL lets no row through that was not sent,
or whose couple has parted, and `talk.may_read` is asked besides. What is over keeps no words.
"""

from datetime import datetime

from bot.practice import talk as rules
from bot.practice.dialogue import Move, Stage
from bot.practice.ids import CoupleId, PartnerId, TalkId
from bot.practice.round import Round
from bot.practice.saying import Saying
from bot.practice.talk import Talk, TalkKind, TalkState
from storage import locks
from storage.context import Context
from storage.engine import Record, Rows, Statement, Value, asking
from storage.instants import from_micros, moment_of, to_micros
from storage.partners import Partners
from storage.pieces import PieceColumns
from storage.rounds import Rounds

PIECES = PieceColumns("said_pieces")

_SAVE = """
INSERT INTO talks (
    id, couple_id, kind, one_id, two_id, asked_at, moved_at, state, asked, sofa, move, speaker, number,
    one_sealed, two_sealed, one_keeps, two_keeps, back_at, due_at
) VALUES (
    :id, :couple, :kind, :one, :two, :asked_at, :moved_at, :state, :asked, :sofa, :move, :speaker, :number,
    :one_sealed, :two_sealed, :one_keeps, :two_keeps, :back_at, :due_at
) ON CONFLICT (id) DO UPDATE SET
    asked_at = excluded.asked_at, moved_at = excluded.moved_at, state = excluded.state, asked = excluded.asked,
    move = excluded.move, speaker = excluded.speaker, number = excluded.number,
    one_sealed = excluded.one_sealed, two_sealed = excluded.two_sealed, one_keeps = excluded.one_keeps,
    two_keeps = excluded.two_keeps, back_at = excluded.back_at, due_at = excluded.due_at"""

_LIVE = "SELECT * FROM talks WHERE couple_id = :couple AND state IN ('asked', 'going', 'paused')"
_LAST = "SELECT * FROM talks WHERE couple_id = :couple ORDER BY id DESC LIMIT 1"
_KEPT = """
SELECT * FROM talks AS t WHERE (t.one_id = :partner OR t.two_id = :partner) AND t.state = 'kept' AND EXISTS (
    SELECT 1 FROM said_pieces AS p WHERE p.talk_id = t.id AND p.author_id = :partner
) ORDER BY t.id DESC LIMIT :limit"""
_MINE = """
SELECT * FROM talks WHERE id IN (SELECT p.talk_id FROM said_pieces AS p WHERE p.author_id = :partner) ORDER BY id"""
_DUE = (
    "SELECT id, couple_id FROM talks WHERE due_at IS NOT NULL AND due_at <= :now ORDER BY due_at LIMIT :limit"
)
NEXT_TALK = "SELECT due_at FROM talks WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1"

_WORDS = """
SELECT s.author_id, s.step, s.label, s.version, s.sent_at, k.wrapped_key, k.key_generation, c.parted_at,
    p.id, p.kind, p.body, p.file, p.source, p.album, p.covered, p.covers
FROM sayings AS s
JOIN talks AS t ON t.id = s.talk_id
JOIN couples AS c ON c.id = t.couple_id
JOIN partners AS k ON k.id = s.author_id
LEFT JOIN said_pieces AS p ON p.talk_id = s.talk_id AND p.author_id = s.author_id AND p.step = s.step
WHERE s.talk_id = :talk AND :reader IN (t.one_id, t.two_id) AND t.state <> 'over' AND (
    s.author_id = :reader
    OR c.parted_at IS NULL AND s.sent_at IS NOT NULL AND (
        t.kind = 'dialogue' OR s.step < t.one_sealed AND s.step < t.two_sealed
    )
)
ORDER BY s.step, s.author_id, p.position"""

_SAVE_HEAD = """
INSERT INTO sayings (talk_id, author_id, step, label, version, sent_at)
VALUES (:talk, :author, :step, :label, :version, :sent_at)
ON CONFLICT (talk_id, author_id, step) DO UPDATE SET version = excluded.version, sent_at = excluded.sent_at"""

_CLEAR = "DELETE FROM said_pieces WHERE talk_id = :talk AND author_id = :author AND step = :step"

_SAVE_PIECE = """
INSERT INTO said_pieces (id, talk_id, author_id, step, position, kind, body, file, source, album, covered, covers)
VALUES (:id, :talk, :author, :step, :position, :kind, :body, :file, :source, :album, :covered, :covers)"""

_BY_SOURCE = """
SELECT talk_id, step FROM said_pieces WHERE author_id = :author AND source = :source ORDER BY id DESC LIMIT 1"""


class Talks:
    """Dialogues and repairs, one at a time a couple, and their words."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run = context.transaction

    async def find(self, talk: TalkId) -> Talk | None:
        """Load a talk that a button names, if there is one."""
        row = await self._run.row("SELECT * FROM talks WHERE id = :id", id=talk)
        return None if row is None else _talk(row)

    async def live(self, couple: CoupleId) -> Talk | None:
        """Load the talk that a couple has begun, or that one of them has asked for."""
        row = await self._run.row(_LIVE, couple=couple)
        return None if row is None else _talk(row)

    async def live_beside_rounds(self, couple: CoupleId) -> tuple[Talk | None, list[Round], Round | None]:
        """Load the talk that a couple is in, and what `Rounds.live_and_shown` does, in one visit."""
        talk = asking(_LIVE, couple=couple)
        rounds, shown = await Rounds(self._context).live_and_shown(couple, talk)
        return _talk(talk.rows[0]) if talk.rows else None, rounds, shown

    async def last(self, couple: CoupleId) -> Talk | None:
        """Load a couple's newest talk, whatever its state."""
        row = await self._run.row(_LAST, couple=couple)
        return None if row is None else _talk(row)

    async def unfinished(self, couple: CoupleId) -> list[Talk]:
        """Load a couple's talks that are neither kept nor over."""
        rows = await self._run.rows(
            "SELECT * FROM talks WHERE couple_id = :couple AND state NOT IN ('kept', 'over') ORDER BY id",
            couple=couple,
        )
        return [_talk(row) for row in rows]

    async def kept(self, partner: PartnerId, limit: int) -> list[Talk]:
        """Load talks that were kept and in which somebody has words of their own, newest first, with any partner."""
        return [_talk(row) for row in await self._run.rows(_KEPT, partner=partner, limit=limit)]

    async def mine(self, partner: PartnerId) -> list[Talk]:
        """Load all talks in which somebody has words of their own, oldest first, with any partner."""
        return [_talk(row) for row in await self._run.rows(_MINE, partner=partner)]

    async def save(self, talk: Talk) -> None:
        """Store a talk, new or changed; one that is over loses its words, and the bytes go too."""
        await self._run.later(Statement(_SAVE, [_columns(talk)]))
        if talk.state is TalkState.OVER:
            await self._destroy(talk.id)

    async def due(self, now: datetime, limit: int) -> list[TalkId]:
        """Name talks that the clock moves now, earliest first; their couples are locked."""
        rows = await self._run.rows(_DUE, now=to_micros(now), limit=limit)
        couples = locks.couples(self._context, {row["couple_id"] for row in rows})
        await self._run.all(*couples)
        return [TalkId(row["id"]) for row in rows]

    async def next_due(self) -> datetime | None:
        """Tell when the clock moves the next one."""
        return moment_of(await self._run.rows(NEXT_TALK), "due_at")

    async def put_off(self, talk: TalkId, until: datetime) -> None:
        """Let the clock move a talk later, whatever is wrong with it."""
        row = {"id": talk, "until": to_micros(until)}
        await self._run.later(Statement("UPDATE talks SET due_at = :until WHERE id = :id", [row]))

    async def own(self, author: PartnerId, talk: Talk, step: int) -> Saying:
        """Load an author's own words for a step; empty ones (version 0) where nothing was written."""
        for saying in await self.said(author, talk):
            if saying.author == author and saying.step == step:
                return saying
        return Saying(talk.id, author, step, rules.label_of(talk, step))

    async def read(self, reader: PartnerId, author: PartnerId, talk: Talk, step: int) -> Saying | None:
        """Load words for a step as `reader` may read them; None unless `talk.may_read` allows it."""
        found = [one for one in await self.said(reader, talk) if (one.author, one.step) == (author, step)]
        return found[0] if found else None

    async def said(self, reader: PartnerId, talk: Talk) -> list[Saying]:
        """Load all words of a talk that `reader` may read, in order."""
        rows = await self._run.rows(_WORDS, talk=talk.id, reader=reader)
        found: dict[tuple[int, PartnerId], Rows] = {}
        for row in rows:
            found.setdefault((row["step"], PartnerId(row["author_id"])), []).append(row)
        now = await self.find(talk.id) if rows else None
        return [
            self._saying(talk.id, author, step, parts)
            for (step, author), parts in found.items()
            if now is not None
            and rules.may_read(
                reader,
                author,
                now,
                step,
                sent=parts[0]["sent_at"] is not None,
                parted=parts[0]["parted_at"] is not None,
            )
        ]

    async def by_source(self, author: PartnerId, source: int) -> tuple[TalkId, int] | None:
        """Tell which step the part that came in one of the author's messages is for."""
        row = await self._run.row(_BY_SOURCE, author=author, source=source)
        return None if row is None else (TalkId(row["talk_id"]), row["step"])

    async def write(self, saying: Saying) -> None:
        """Store words with their parts in place of what was there. Raises LookupError: no such author."""
        key = await Partners(self._context).key(saying.author)
        ids: dict[str, Value] = {"talk": saying.talk, "author": saying.author, "step": saying.step}
        head = {**ids, "label": saying.label, "version": saying.version, "sent_at": to_micros(saying.sent_at)}
        pieces = [
            {**ids, "position": position, **PIECES.sealed(piece, key, saying.talk, saying.step)}
            for position, piece in enumerate(saying.pieces)
        ]
        await self._run.later(
            Statement(_SAVE_HEAD, [head]), Statement(_CLEAR, [ids]), Statement(_SAVE_PIECE, pieces)
        )
        self._context.scrub = True  # what was there before, and is there no more

    async def delete_own(self, author: PartnerId, talk: TalkId) -> int:
        """Destroy all of a person's own words in a talk; tell how many parts. The bytes go too."""
        gone = await self._run.rows(
            "DELETE FROM said_pieces WHERE talk_id = :talk AND author_id = :author RETURNING 1",
            talk=talk,
            author=author,
        )
        self._context.scrub = self._context.scrub or bool(gone)
        return len(gone)

    async def _destroy(self, talk: TalkId) -> None:
        await self._run.all(
            asking("DELETE FROM said_pieces WHERE talk_id = :talk", talk=talk),
            asking("DELETE FROM sayings WHERE talk_id = :talk", talk=talk),
        )
        self._context.scrub = True

    def _saying(self, talk: TalkId, author: PartnerId, step: int, rows: Rows) -> Saying:
        key, head = Partners(self._context).open(author, rows[0]), rows[0]
        pieces = tuple(PIECES.opened(row, key, talk, step) for row in rows if row["id"] is not None)
        sent = from_micros(head["sent_at"])
        return Saying(talk, author, step, head["label"], head["version"], pieces, sent)


def _columns(talk: Talk) -> dict[str, Value]:
    keeps = [None if answer is None else int(answer) for answer in talk.keeps]
    return {
        "id": talk.id,
        "couple": talk.couple,
        "kind": talk.kind.value,
        "one": talk.partners[0],
        "two": talk.partners[1],
        "asked_at": to_micros(talk.asked_at),
        "moved_at": to_micros(talk.moved_at),
        "state": talk.state.value,
        "asked": talk.asked,
        "sofa": int(talk.sofa),
        "move": talk.stage.move.value,
        "speaker": talk.stage.speaker,
        "number": talk.stage.number,
        "one_sealed": talk.sealed[0],
        "two_sealed": talk.sealed[1],
        "one_keeps": keeps[0],
        "two_keeps": keeps[1],
        "back_at": to_micros(talk.back_at),
        "due_at": to_micros(talk.due_at),
    }


def _talk(row: Record) -> Talk:
    keeps = [None if row[name] is None else bool(row[name]) for name in ("one_keeps", "two_keeps")]
    return Talk(
        id=TalkId(row["id"]),
        couple=CoupleId(row["couple_id"]),
        kind=TalkKind(row["kind"]),
        partners=(PartnerId(row["one_id"]), PartnerId(row["two_id"])),
        asked_at=from_micros(row["asked_at"]),
        moved_at=from_micros(row["moved_at"]),
        state=TalkState(row["state"]),
        asked=row["asked"],
        sofa=bool(row["sofa"]),
        stage=Stage(Move(row["move"]), row["speaker"], row["number"]),
        sealed=(row["one_sealed"], row["two_sealed"]),
        keeps=(keeps[0], keeps[1]),
        back_at=from_micros(row["back_at"]),
    )
