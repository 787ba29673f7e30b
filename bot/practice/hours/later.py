"""A time to come back, as people say it: "in an hour", "tomorrow at eight". An instant, or some to choose from.

The words of a language are handed in. What is not understood is None; nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.practice.calendar import instant, local_date
from bot.practice.hours.reading import AskBack, Hour, read
from bot.practice.hours.tokens import Token, tokens
from bot.practice.hours.vocabulary import TokenKind, Vocabulary

MOST_AHEAD = timedelta(days=2)


@dataclass(frozen=True)
class LaterWords:
    """A language's words for what is later; spans are minutes."""

    units: Mapping[str, int] = field(repr=False)
    spans: Mapping[str, int] = field(repr=False)
    lead: frozenset[str] = field(repr=False)
    tomorrow: frozenset[str] = field(repr=False)


def later_words(tables: Mapping[str, Any]) -> LaterWords:
    """Make them of a language's tables; without any, only hours of the day are read. Raises KeyError, ValueError."""
    found = tables.get("later", {})
    units, spans = ({str(k): int(v) for k, v in found.get(name, {}).items()} for name in ("units", "spans"))
    return LaterWords(units, spans, frozenset(found.get("lead", ())), frozenset(found.get("tomorrow", ())))


def read_later(
    text: str, words: Vocabulary, later: LaterWords, now: datetime, zone: str
) -> Sequence[datetime]:
    """Read when to come back: one instant where it is plain, some to choose from, none where it is no time."""
    said = tokens(text)
    span = _span(said, words, later)
    if span is not None:
        return [now + span] if timedelta(0) < span <= MOST_AHEAD else []
    tomorrow = any(token.word in later.tomorrow for token in said)
    match read(text, words):
        case Hour(minute):
            minutes: tuple[int, ...] = (minute,)
        case AskBack(minutes):
            pass
        case _:
            return []
    return sorted({_next(minute, now, zone, tomorrow=tomorrow) for minute in minutes})


def _next(minute: int, now: datetime, zone: str, *, tomorrow: bool) -> datetime:
    """Find when the clocks next show a minute of the day; tomorrow at the earliest where that was said."""
    today = local_date(now, zone)
    found = instant(today + timedelta(days=int(tomorrow)), minute, zone)
    return found if found > now else instant(today + timedelta(days=1), minute, zone)


def _span(said: Sequence[Token], words: Vocabulary, later: LaterWords) -> timedelta | None:
    """Read "in an hour", "half an hour", "2 hours"; None for what is no such span as a whole."""
    rest = list(said)
    while rest and rest[0].word in later.lead:
        rest = rest[1:]
    while rest and rest[-1].word in later.lead:
        rest = rest[:-1]
    phrase = " ".join(token.word for token in rest)
    if phrase in later.spans:
        return timedelta(minutes=later.spans[phrase])
    if not rest or rest[-1].word not in later.units:
        return None
    number = _number(rest[:-1], words)
    return None if number is None else timedelta(minutes=number * later.units[rest[-1].word])


def _number(said: Sequence[Token], words: Vocabulary) -> int | None:
    if len(said) != 1:
        return None
    if said[0].digits and said[0].minute is None:
        return said[0].hour
    length, value = words.match([said[0].word], TokenKind.NUMBER)
    return value if length else None
