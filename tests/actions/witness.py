"""A witness of the seal: looks at memory, at what is queued and at both chats after every act.

It knows the practice page and not the code: what may be read is worked out here again, from the bare rows.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

from couple_person import Person
from couple_world import World, each

from bot.practice.draft import Draft, PieceKind
from bot.practice.ids import CoupleId, PartnerId, PieceId, RoundId
from bot.practice.round import Round, RoundState, Slot

TOKEN = re.compile(r"\u00ab\d+\u00bb")  # «17»: every text that anybody writes has its own
TWO_WEEKS = timedelta(days=14)
SHOWN = (RoundState.REVEALED, RoundState.COMPLETE)
SLOT_OF = {
    "reveal": Slot.REFLECTION,
    "response": Slot.RESPONSE,
    "clarification": Slot.CLARIFICATION,
    "second_response": Slot.SECOND_RESPONSE,
}
QUEUED = """
SELECT id, kind, partner_id, about_id, round_id, ids, state FROM outbox
WHERE id > :after OR state IN ('queued', 'leased') ORDER BY id"""
WRITTEN = """
SELECT d.author_id, d.round_id, d.slot FROM drafts AS d JOIN rounds AS r ON r.id = d.round_id
WHERE r.couple_id = :couple AND r.ordinal > (
    SELECT max(ordinal) FROM rounds WHERE couple_id = :couple
) - 20"""


def token(number: int) -> str:
    """Make a word that nobody else writes."""
    return f"\u00ab{number}\u00bb"


def tokens(text: str) -> list[str]:
    """Find such words in a text."""
    return TOKEN.findall(text)


Words = dict[tuple[PartnerId, RoundId, Slot], Draft]


@dataclass(frozen=True)
class Row:
    """A row of the outbox, as the witness sees it."""

    id: int
    kind: str
    reader: PartnerId
    about: PartnerId
    round: RoundId
    piece: int | None
    to: int | None  # the last of several
    queued: bool

    def shows(self, draft: Draft) -> set[int]:
        """Name the parts that it shows: from one to another, texts or files."""
        ids = [piece.id for piece in draft.pieces]
        if self.piece not in ids:
            return set()
        first = ids.index(PieceId(self.piece or 0))
        last = ids.index(PieceId(self.to)) if self.to else first
        texts = self.kind.endswith("words")
        return {
            piece.id for piece in draft.pieces[first : last + 1] if (piece.kind is PieceKind.TEXT) is texts
        }


@dataclass
class Witness:
    """What has been seen so far."""

    world: World
    states: dict[RoundId, RoundState] = field(default_factory=dict)
    looked: dict[int, int] = field(default_factory=dict)  # how many calls of each chat
    last_row: int = 0
    kept: dict[CoupleId, int] = field(default_factory=dict)
    reveals: int = 0
    late: int = 0  # of the reveals, those of a day that was over

    def reopened(self) -> list[RoundId]:
        """Name the rounds whose day is over and that are open still, oldest first."""
        *before, _ = self.states
        return [one for one in before if self.states[one] in (RoundState.OPEN, RoundState.WAITING)]

    async def look(self, actor: Person | None) -> None:
        """Look at everything; `actor` is whoever has just acted."""
        world = self.world
        async with world.unit() as work:
            couple = await work.couples.get(world.couple)
            rounds = (await work.rounds.recent(world.couple, 99))[::-1]
            found = {person.id: await work.partners.find(person.id) for person in world.people}
            names = {who: partner.name if partner else "" for who, partner in found.items()}
            parted = couple.parted_at is not None
            written = await work.context.transaction.rows(WRITTEN, couple=world.couple)
            words = {}
            for row in written:
                key = (PartnerId(row["author_id"]), RoundId(row["round_id"]), Slot(row["slot"]))
                words[key] = await work.words.own(*key)
            for (author, round_, slot), draft in words.items():
                reader = next(person.id for person in world.people if person.id != author)
                read = await work.words.read(reader, author, round_, slot)
                may = self._may(next(r for r in rounds if r.id == round_), draft) and not parted
                assert (read is not None) == may, (round_, slot, draft, parted)
            rows = [_row(row) for row in await work.context.transaction.rows(QUEUED, after=self.last_row)]
        self._check_rounds(rounds)
        assert couple.kept >= self.kept.get(couple.id, 0)
        self.kept[couple.id] = couple.kept
        self._check_queued(rows, {} if parted else {round_.id: round_ for round_ in rounds}, words)
        self._check_reveals(rows, rounds, words, actor)
        self._check_chats(words, rounds, names)
        self.last_row = max([self.last_row, *(row.id for row in rows)])
        self.states |= {round_.id: round_.state for round_ in rounds}

    @staticmethod
    def _may(round_: Round, draft: Draft) -> bool:
        if draft.committed_at is None or round_.state not in SHOWN:
            return False
        return draft.slot is not Slot.REFLECTION or all(turn.sealed for turn in round_.turns)

    def _check_rounds(self, rounds: list[Round]) -> None:
        """Check that there is one round a local date, each later, and no way back from a reveal."""
        dates = [round_.local_date for round_ in rounds]
        assert dates == sorted(set(dates))
        assert [round_.ordinal for round_ in rounds] == list(range(len(rounds)))
        for round_ in rounds:
            if self.states.get(round_.id) in SHOWN:
                assert round_.state in (*SHOWN, RoundState.CLOSED)
        for earlier, following in pairwise(rounds):
            match earlier.state:
                case RoundState.OPEN | RoundState.WAITING:
                    assert earlier.closes_at is not None
                    assert self.world.now < earlier.closes_at <= following.opened_at + TWO_WEEKS
                case RoundState.REVEALED:
                    assert earlier.revealed_at is not None
                    assert earlier.revealed_at >= rounds[-1].opened_at
                case RoundState.LAPSED:
                    assert earlier.revealed_at is None
                    assert self.world.now >= following.opened_at + TWO_WEEKS

    def _check_queued(self, rows: list[Row], known: Mapping[RoundId, Round], words: Words) -> None:
        """Check that nothing is on its way to a reader that they may not read; after parting nothing."""
        for row in rows:
            slot = SLOT_OF.get(re.sub("_(words|media|frame|invite)$", "", row.kind))
            if not row.queued or slot is None or (row.about, row.round, slot) not in words:
                continue
            assert row.reader != row.about
            draft = words[row.about, row.round, slot]
            round_ = known.get(row.round)
            assert round_ is not None, row
            assert self._may(round_, draft), row
            assert row.piece is None or row.piece in {piece.id for piece in draft.pieces}, row

    def _check_reveals(
        self,
        rows: list[Row],
        rounds: list[Round],
        words: Words,
        actor: Person | None,
    ) -> None:
        """Check that a reveal is one frame, every part and one invitation to each, in one transaction."""
        new = [row for row in rows if row.id > self.last_row and row.kind.startswith("reveal_")]
        for round_ in rounds[-20:]:
            before = self.states.get(round_.id, RoundState.OPEN)
            if before not in SHOWN and round_.state in SHOWN:
                self.reveals += 1
                self.late += round_ is not rounds[-1]
                for me, other in each(*self.world.people):
                    mine = [row for row in new if row.reader == me.id and row.round == round_.id]
                    kinds = [row.kind for row in mine]
                    assert kinds.count("reveal_frame") == 1
                    sealed = words[other.id, round_.id, Slot.REFLECTION]
                    shown = {piece for row in mine for piece in row.shows(sealed)}
                    assert shown == {piece.id for piece in sealed.pieces}
                    self._check_quoted(other, round_.id, sealed)
                new = [row for row in new if row.round != round_.id]
        assert {row.reader for row in new} <= ({actor.id} if actor else set()), "only who asks sees it again"

    def _check_quoted(self, author: Person, round_: RoundId, sealed: Draft) -> None:
        """Check that what was sealed is what stood above the button that sealed it."""
        quoted = [
            found
            for _, row, call in author.calls
            if row.message.kind.value in ("draft", "draft_part")
            and (row.message.round, row.message.details["version"]) == (round_, sealed.version)
            for found in tokens(str(call.payload.get("text", "")))
        ]
        assert set(quoted) == {found for piece in sealed.pieces for found in tokens(piece.text)}

    def _check_chats(self, words: Words, rounds: list[Round], names: Mapping[PartnerId, str]) -> None:
        """Check that no chat has got a word of the other's but from what they may read."""
        known = {round_.id: round_ for round_ in rounds}
        for me, other in each(*self.world.people):
            theirs = [draft for (author, _, _), draft in words.items() if author == other.id]
            told = {
                found
                for draft in theirs
                if self._may(known[draft.round], draft)
                for piece in draft.pieces
                for found in tokens(piece.text)
            }
            own = {found for piece in self.world.written[me.chat] for found in tokens(piece)}
            named = set(tokens(names[other.id]))  # what somebody gave as their name is shown as that
            for _, _, call in me.calls[self.looked.get(me.chat, 0) :]:
                shown = set(tokens(json.dumps(dict(call.payload), ensure_ascii=False)))
                assert shown <= told | own | named, shown - told - own - named
            self.looked[me.chat] = len(me.calls)


def _row(row: Mapping[str, Any]) -> Row:
    ids = json.loads(row["ids"])
    return Row(
        id=row["id"],
        kind=row["kind"],
        reader=PartnerId(row["partner_id"] or 0),
        about=PartnerId(row["about_id"] or 0),
        round=RoundId(row["round_id"] or 0),
        piece=ids.get("piece"),
        to=ids.get("details", {}).get("to"),
        queued=row["state"] in ("queued", "leased"),
    )
