"""Somebody's words as messages: texts as one, pictures as one album, then what they recorded.

A row of the outbox names the first of its parts and the last. Which parts between the two it shows is read from
the words when it is sent: by then they are frozen.

The last message carries the buttons. An album can't: so it comes before the texts, or its last picture alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.actions.split import LONGEST, ranges, units
from bot.messages import Message, MessageKind
from bot.practice.covers import marked
from bot.practice.draft import Piece, PieceKind

LAST = "last"  # the message that carries the buttons
FIRST = "first"  # the message that says whose words follow
TO = "to"  # the last part of several
CAPTION = 700  # UTF-16 units of somebody's own under a file, of Telegram's 1,024
ALBUM = 10  # pictures in one, at most

Kinds = tuple[MessageKind, MessageKind]  # for text, for media


class HasPieces(Protocol):
    """Whatever somebody has written, part by part."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The parts, in order."""
        ...


@dataclass(frozen=True)
class Group:
    """Parts that one message shows; of a text that is too long for one, a range."""

    pieces: tuple[Piece, ...]
    start: int | None = None
    end: int | None = None

    @property
    def texts(self) -> bool:
        """Tell whether these are words, and no files."""
        return self.start is not None


def quotation(frame: Message, draft: HasPieces, kinds: Kinds, *, albums: bool = True) -> list[Message]:
    """Make one message a Telegram call of somebody's words; the first and the last are marked so.

    `frame` gives the addressee and the ids. Of an album we know the first message alone: what is to be deleted
    later comes without `albums`.
    """
    groups = _in_order(draft, ALBUM if albums else 1)
    found = [_message(frame, group, kinds) for group in groups]
    marked = [replace(m, details={**m.details, FIRST: int(i == 0)}) for i, m in enumerate(found)]
    if marked:
        marked[-1] = replace(marked[-1], details={**marked[-1].details, LAST: 1})
    return each_once(marked)


def each_once(series: list[Message]) -> list[Message]:
    """Give each message of a series a key of its own, so that a key of the whole keeps none of them back."""
    return [m.once(f"{m.dedupe}:{number}") if m.dedupe else m for number, m in enumerate(series)]


def _message(frame: Message, group: Group, kinds: Kinds) -> Message:
    first, last = group.pieces[0], group.pieces[-1]
    details = {**frame.details, TO: last.id} if first is not last else frame.details
    made = replace(frame, kind=kinds[0 if group.texts else 1], piece=first.id, details=details)
    return replace(made, start=group.start, end=group.end) if group.texts else made


def _in_order(draft: HasPieces, most: int) -> list[Group]:
    texts = list(_texts(draft))
    photos = [piece for piece in draft.pieces if piece.kind is PieceKind.PHOTO]
    pictures = [Group(tuple(photos[start : start + most])) for start in range(0, len(photos), most)]
    recorded = [
        Group((piece,))
        for kind in (PieceKind.VIDEO_NOTE, PieceKind.VOICE)
        for piece in draft.pieces
        if piece.kind is kind
    ]
    if recorded or not pictures or len(pictures[-1].pieces) == 1:
        return [*texts, *pictures, *recorded]
    if texts:
        return [*pictures, *texts]
    album = pictures[-1].pieces
    return [*pictures[:-1], Group(album[:-1]), Group(album[-1:])]


def _texts(draft: HasPieces) -> Iterator[Group]:
    """Put as many texts into one message as fit; one that doesn't is split."""
    waiting: list[Piece] = []
    for piece in (piece for piece in draft.pieces if is_said(draft, piece)):
        if waiting and _length([*waiting, piece]) > LONGEST:
            yield _as_one(waiting)
            waiting = []
        if units(piece.text) > LONGEST:
            yield from (Group((piece,), start, end) for start, end in ranges(piece.text))
        else:
            waiting.append(piece)
    if waiting:
        yield _as_one(waiting)


def _as_one(pieces: Sequence[Piece]) -> Group:
    return Group(tuple(pieces), 0, len(pieces[0].text))


def _length(pieces: Sequence[Piece]) -> int:
    return sum(units(piece.text) + 1 for piece in pieces)


def is_said(draft: HasPieces, piece: Piece) -> bool:
    """Tell whether a part is among the texts: a text, or a caption too long to stand under its file."""
    if piece.kind is PieceKind.TEXT:
        return bool(piece.text)
    several = sum(other.kind is PieceKind.PHOTO for other in draft.pieces)
    together = min(several, ALBUM) if piece.kind is PieceKind.PHOTO else 1
    return units(piece.text) > CAPTION // together - 1 or (
        piece.kind is PieceKind.VIDEO_NOTE and bool(piece.text)
    )


def parts_of(message: Message, draft: HasPieces | None) -> tuple[Piece, ...]:
    """Find the parts that a message shows; none where they have been deleted."""
    pieces = draft.pieces if draft else ()
    start = next((i for i, piece in enumerate(pieces) if piece.id == message.piece), None)
    if start is None or draft is None:
        return ()
    end = next((i for i, piece in enumerate(pieces) if piece.id == message.details.get(TO)), start)
    between = pieces[start : end + 1]
    if message.start is not None:
        return tuple(piece for piece in between if is_said(draft, piece))
    return tuple(piece for piece in between if piece.kind is pieces[start].kind)


def words_of(message: Message, draft: HasPieces | None) -> str:
    """Write the words that a message shows: as one, or the captions of its files; what is covered is marked."""
    pieces = parts_of(message, draft)
    if draft is None or not pieces:
        return ""
    if message.start is None:
        return "\n".join(marked_text(piece) for piece in pieces if piece.text and not is_said(draft, piece))
    if len(pieces) > 1:
        return "\n".join(marked_text(piece) for piece in pieces)
    return marked(pieces[0].text, pieces[0].hidden, message.start, message.end)


def marked_text(piece: Piece) -> str:
    """Write a part's text with what its author has covered marked."""
    return marked(piece.text, piece.hidden)
