"""What a text says of times: each time with the words that bear on it, and what nobody understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.practice.hours.times import Moment, moment_at
from bot.practice.hours.tokens import Token
from bot.practice.hours.vocabulary import HourPart, TokenKind, Vocabulary


@dataclass
class Segment:
    """One time and the words around it; `role` is Kind.START or Kind.END where they name it."""

    moment: Moment | None = None
    parts: list[HourPart] = field(default_factory=list)
    soft: bool = False
    role: TokenKind | None = None
    joined: bool = False  # to the one before it, as another or as its end


@dataclass
class Scan:
    """What was found: the times in their order, and how many words were not understood."""

    segments: list[Segment]
    unknown: int

    @property
    def times(self) -> list[Segment]:
        """List what has a time."""
        return [segment for segment in self.segments if segment.moment]

    @property
    def parts(self) -> list[HourPart]:
        """List all parts of the day that were named."""
        return [part for segment in self.segments for part in segment.parts]


def scan(row: Sequence[Token], words: Vocabulary, *, moving: bool = True) -> Scan:
    """Read a row of tokens from left to right; a new segment begins where times are joined."""
    found = Scan([Segment()], 0)
    at = 0
    while at < len(row):
        if row[at].joined and found.segments[-1].moment:
            found.segments.append(Segment(joined=True))
        end, moment = moment_at(row, at, words, moving=moving)
        at = _take_words(found, row, at, words) if end == at else _take_time(found, row, end, words, moment)
    return found


def _take_time(found: Scan, row: Sequence[Token], end: int, words: Vocabulary, moment: Moment | None) -> int:
    """Note a time that ends at a token, or a number that is none; tell where to go on."""
    lasting = _match(row, end, words, TokenKind.UNIT)
    if moment is None or lasting:
        found.unknown += 1
        return end + lasting
    if found.segments[-1].moment:
        found.segments.append(Segment())
    found.segments[-1].moment = moment
    return end


def _take_words(found: Scan, row: Sequence[Token], at: int, words: Vocabulary) -> int:
    """Note what the words at a token do; tell where to go on."""
    timed = found.segments[-1].moment is not None
    length, kind = _longest(row, at, words, timed=timed)
    if kind is None:
        found.unknown += 1
        return at + 1
    if kind is TokenKind.PART:
        found.segments[-1].parts.append(words.parts[words.match(_texts(row, at, words), TokenKind.PART)[1]])
    if kind is TokenKind.JOIN or (kind is TokenKind.SOFT and timed):
        found.segments.append(Segment(joined=kind is TokenKind.JOIN))
    if kind in {TokenKind.JOIN, TokenKind.SOFT}:
        _take_role(found.segments[-1], row, at, words)
    found.segments[-1].soft |= kind is TokenKind.SOFT
    return at + length


def _take_role(segment: Segment, row: Sequence[Token], at: int, words: Vocabulary) -> None:
    for role in (TokenKind.START, TokenKind.END):
        if _match(row, at, words, role):
            segment.role = role


def _longest(
    row: Sequence[Token], at: int, words: Vocabulary, *, timed: bool
) -> tuple[int, TokenKind | None]:
    """Find the longest phrase here and what it does; after a time a joining word joins."""
    order = (
        (TokenKind.PART, TokenKind.JOIN, TokenKind.SOFT)
        if timed
        else (TokenKind.PART, TokenKind.SOFT, TokenKind.JOIN)
    )
    kinds = (*order, TokenKind.FILLER, TokenKind.ABOUT, TokenKind.OCLOCK)
    length, kind = max(((_match(row, at, words, kind), kind) for kind in kinds), key=lambda found: found[0])
    return length, kind if length else None


def _match(row: Sequence[Token], at: int, words: Vocabulary, kind: TokenKind) -> int:
    return words.match(_texts(row, at, words), kind)[0]


def _texts(row: Sequence[Token], at: int, words: Vocabulary) -> list[str]:
    return [token.word for token in row[at : at + words.longest]]
