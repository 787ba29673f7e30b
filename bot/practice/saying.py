"""What somebody has written for one step of a talk: parts, as a draft has them, until it is sent or sealed."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.practice.draft import Piece, parts
from bot.practice.ids import PartnerId, TalkId
from bot.practice.refusals import Reason, Refusal

MOST_PARTS = 5
MOST_CHARACTERS = 1_500  # one thing at a time; it is quoted in one message


@dataclass(frozen=True)
class Saying:
    """One partner's words for a step; `label` says which move or card it was."""

    talk: TalkId
    author: PartnerId
    step: int
    label: str
    version: int = 0
    pieces: tuple[Piece, ...] = ()
    sent_at: datetime | None = None

    @property
    def text(self) -> str:
        """All its texts as one."""
        return "\n".join(piece.text for piece in self.pieces if piece.text)


def with_pieces(saying: Saying, pieces: tuple[Piece, ...]) -> Saying:
    """Put other parts in place; nothing changes where they are the same. Raises Refusal TALK_TOO_MUCH."""
    if pieces == saying.pieces:
        return saying
    if len(parts(pieces)) > MOST_PARTS or sum(len(piece.text) for piece in pieces) > MOST_CHARACTERS:
        raise Refusal(Reason.TALK_TOO_MUCH)
    return replace(saying, version=saying.version + 1, pieces=pieces, sent_at=None)


def send(saying: Saying, version: int, now: datetime) -> Saying:
    """Send or seal exactly the version that was quoted. Raises Refusal NOTHING_WRITTEN, WORDS_CHANGED."""
    if not saying.pieces:
        raise Refusal(Reason.NOTHING_WRITTEN)
    if saying.version != version:
        raise Refusal(Reason.WORDS_CHANGED)
    return replace(saying, sent_at=now)
