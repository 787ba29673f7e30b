"""A draft: what a partner has written in one slot of a round, part by part, until they commit it.

Each change makes a new version. A button that would seal or send carries the version that was
quoted above it, so nothing goes out but exactly the quoted words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.practice.covers import Ranges, hides
from bot.practice.ids import PartnerId, PieceId, RoundId
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot

MOST_PARTS = 90  # somebody who writes a line at a time fills twenty in one evening
MOST_FILES = 20  # recordings and pictures among them, an album as one
MOST_CHARACTERS = 20_000


class PieceKind(StrEnum):
    """What a part of a draft is made of."""

    TEXT = "text"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    PHOTO = "photo"


@dataclass(frozen=True)
class Piece:
    """One part: a text, or a file with its caption; `source` is the message it came in."""

    id: PieceId
    kind: PieceKind
    text: str
    source: int
    file: str | None = None
    album: str | None = None  # pictures with the same one were sent together
    covered: bool = (
        False  # its author has put a spoiler over its file; where `covers` is None, over some of it all
    )
    covers: Ranges | None = ()  # what they have covered of its text; None where that is not known

    @property
    def hidden(self) -> Ranges:
        """What of its text is covered; all where it is not known what."""
        if self.covers is None:
            return ((0, len(self.text)),) if self.covered else ()
        return self.covers

    def hides(self, start: int, end: int) -> bool:
        """Tell whether any of a part of its text is covered."""
        return hides(self.hidden, start, end)

    def __repr__(self) -> str:
        """Show ids alone: no private word may reach a log through a traceback."""
        return f"Piece(id={self.id}, kind={self.kind.value})"


@dataclass(frozen=True)
class Draft:
    """One partner's words in one slot of a round; committed once sealed or sent."""

    round: RoundId
    author: PartnerId
    slot: Slot
    version: int = 0
    pieces: tuple[Piece, ...] = ()
    committed_at: datetime | None = None

    def find(self, source: int) -> Piece | None:
        """Find the part that came in one message."""
        return next((piece for piece in self.pieces if piece.source == source), None)

    @property
    def unsent(self) -> bool:
        """Whether it is an answer or an addition that has not gone out."""
        return self.slot is not Slot.REFLECTION and self.committed_at is None

    @property
    def parts(self) -> tuple[tuple[Piece, ...], ...]:
        """Group the pieces into parts."""
        return parts(self.pieces)


def parts(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Group pieces into parts, in order: an album is one, and everything else is one by itself."""
    found: dict[tuple[str | None, int], list[Piece]] = {}
    for piece in pieces:
        found.setdefault((piece.album, 0 if piece.album else piece.id), []).append(piece)
    return tuple(tuple(part) for part in found.values())


def is_too_much(pieces: Sequence[Piece]) -> bool:
    """Tell whether parts are more than a draft holds."""
    found = parts(pieces)
    files = sum(part[0].kind is not PieceKind.TEXT for part in found)
    characters = sum(len(piece.text) for piece in pieces)
    return len(found) > MOST_PARTS or files > MOST_FILES or characters > MOST_CHARACTERS


def add(draft: Draft, piece: Piece) -> Draft:
    """Add a part. Raises Refusal TOO_MUCH above 90 parts, 20 recordings and pictures, or 20,000 characters."""
    return _changed(draft, (*draft.pieces, piece))


def take_out(draft: Draft, piece: PieceId) -> Draft:
    """Take the part that a piece is of out; where it is no more, the draft stays as it is."""
    gone = {one.id for part in draft.parts if any(one.id == piece for one in part) for one in part}
    left = tuple(kept for kept in draft.pieces if kept.id not in gone)
    return draft if left == draft.pieces else _changed(draft, left)


def edit(
    draft: Draft,
    source: int,
    text: str,
    *,
    kind: PieceKind | None = None,
    file: str | None = None,
    covered: bool = False,
    covers: Ranges | None = (),
) -> Draft:
    """Change the part that came in one message: its text or caption, and with `kind` what it is made of.

    Where nothing changes, the draft stays as it is: Telegram also tells of edits that a bot cannot see.
    Raises Refusal TOO_MUCH.
    """
    made: dict[str, Any] = {"text": text, "covered": covered, "covers": covers}
    if kind is not None:
        made |= {"kind": kind, "file": file}
    pieces = tuple(replace(p, **made) if p.source == source else p for p in draft.pieces)
    return draft if pieces == draft.pieces else _changed(draft, pieces)


def clear(draft: Draft) -> Draft:
    """Start over."""
    return _changed(draft, ())


def _changed(draft: Draft, pieces: tuple[Piece, ...]) -> Draft:
    if is_too_much(pieces):
        raise Refusal(Reason.TOO_MUCH)
    return replace(draft, version=draft.version + 1, pieces=pieces, committed_at=None)


def commit(draft: Draft, version: int, now: datetime) -> Draft:
    """Seal or send exactly the version that was quoted.

    Raises Refusal: NOTHING_WRITTEN, WORDS_CHANGED.
    """
    if not draft.pieces:
        raise Refusal(Reason.NOTHING_WRITTEN)
    if draft.version != version:
        raise Refusal(Reason.WORDS_CHANGED)
    return replace(draft, committed_at=now)
