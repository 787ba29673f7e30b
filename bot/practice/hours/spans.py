"""Quiet hours as they were typed: from one time to another, a question about them, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from bot.practice.hours.reading import STRANGE
from bot.practice.hours.scan import Scan, Segment, scan
from bot.practice.hours.tokens import tokens
from bot.practice.hours.vocabulary import DAY, HourPart, TokenKind, Vocabulary

LONGEST = 12 * 60
NIGHT = HourPart(18 * 60, 5 * 60, ())  # when quiet hours begin, where only the hour is named
DAWN = HourPart(4 * 60, 12 * 60, ())  # and when they end
DEEPEST = 3 * 60  # quiet hours that hold this minute of the day are the likelier
MOST = 4
PAIR = 2


@dataclass(frozen=True)
class Span:
    """From a minute of the day up to another; equal ones are none."""

    start: int
    end: int


@dataclass(frozen=True)
class AskSpan:
    """Spans that may be meant, the likeliest first; None is an end that was not named."""

    spans: tuple[tuple[int | None, int | None], ...]


def read_span(text: str, words: Vocabulary) -> Span | AskSpan | None:
    """Read quiet hours; None where the text names no time, or is about something else."""
    row = tokens(text)
    if row and words.match([token.word for token in row], TokenKind.NONE)[0] == len(row):
        return Span(0, 0)
    readings = [scan(row, words, moving=moving) for moving in (False, True)]
    pairs = [found for found in readings if len(found.times) == PAIR and found.unknown <= STRANGE]
    if pairs:
        return _of_pairs(pairs)
    found = readings[-1]
    return _of_one(found) if len(found.times) == 1 and found.unknown <= STRANGE else None


def _of_pairs(pairs: list[Scan]) -> Span | AskSpan | None:
    spans = list(dict.fromkeys(span for found in pairs for span in _spans(found)))
    if not spans:
        return None
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return AskSpan(((spans[0][0], None),))  # a whole day, or none of it
    if len(spans) == 1 and not any(found.unknown for found in pairs):
        return Span(*spans[0])
    spans.sort(key=lambda span: (DEEPEST - span[0]) % DAY >= (span[1] - span[0]) % DAY)
    return AskSpan(tuple(spans[:MOST]))


def _spans(found: Scan) -> list[tuple[int, int]]:
    first, last = found.times
    if first.role is TokenKind.END and last.role is not TokenKind.END:
        first, last = last, first
    if first.moment and last.moment and (first.moment.to_24 or last.moment.to_24):
        first, last = _to_24(first), _to_24(last)
    trailing = last.parts and not first.parts and any(part.nightly for part in last.parts)
    kept = set(_fitting(_minutes(first), _minutes(last)))
    if trailing:  # "from 10 to 7 at night": the night may be the whole
        kept |= set(_fitting(_minutes(first), last.moment.minutes() if last.moment else ()))
    both = _minutes(first), _minutes(last)
    if not kept and all(len(minutes) == 1 for minutes in both):
        return [(both[0][0], both[1][0])]  # too long, which whoever keeps quiet hours says
    return sorted(kept)


def _to_24(segment: Segment) -> Segment:
    """Read a bare hour as whoever counts to 24 does, where the other end is written so."""
    moment = segment.moment
    bare = moment and len(moment.readings) > 1 and not segment.parts
    return replace(segment, moment=replace(moment, strict=True)) if moment and bare else segment


def _fitting(starts: Iterable[int], ends: Iterable[int]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in product(starts, ends) if 0 < (end - start) % DAY <= LONGEST]


def _minutes(segment: Segment) -> tuple[int, ...]:
    moment = segment.moment
    for part in segment.parts:
        moment = moment and moment.within(part.holds)
    return moment.minutes() if moment else ()


def _of_one(found: Scan) -> AskSpan | None:
    """Ask about one end: which it is, its words or the time of day tell."""
    (segment,) = found.times
    minutes = _minutes(segment) or (segment.moment.minutes() if segment.moment else ())
    starts = [minute for minute in minutes if NIGHT.holds(minute)]
    ends = [minute for minute in minutes if DAWN.holds(minute)]
    if segment.role is TokenKind.END:
        return AskSpan(tuple((None, minute) for minute in ends or minutes))
    if segment.role is TokenKind.START or not ends:
        return AskSpan(tuple((minute, None) for minute in starts or minutes))
    return AskSpan((*((minute, None) for minute in starts), *((None, minute) for minute in ends)))
