"""A time to come back, as people say it: "in an hour", "on Friday at eight". An instant, or some to choose from.

The words of a language are handed in. What is not understood is None; nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.practice.calendar import instant, local_date
from bot.practice.hours.reading import AskBack, Hour, read
from bot.practice.hours.tokens import Token, tokens
from bot.practice.hours.vocabulary import TokenKind, Vocabulary

MOST_AHEAD = timedelta(days=7)
WEEKDAYS = "weekdays"
FEASTS = "feasts"
AWAY_TABLES = ("months", "named_months")  # of days that are far ahead
LATER_TABLES = ("units", "spans", WEEKDAYS, *AWAY_TABLES)
LATER_LISTS = ("lead", "tomorrow", "after_tomorrow", "anniversary")
LONGEST_LEAD = 3  # words
SHORT = 4  # letters: of a longer name of a weekday what follows it is its ending


@dataclass(frozen=True)
class LaterWords:
    """A language's words for what is later; spans are minutes."""

    units: Mapping[str, int] = field(repr=False)
    spans: Mapping[str, int] = field(repr=False)
    lead: frozenset[str] = field(repr=False)
    tomorrow: frozenset[str] = field(repr=False)
    after_tomorrow: frozenset[str] = field(repr=False)
    anniversary: frozenset[str] = field(repr=False)  # what words for one begin with
    weekdays: Mapping[str, int] = field(repr=False)  # a name, or what its forms begin with; Monday is 0
    months: Mapping[str, int] = field(
        repr=False
    )  # how many a word for one or more, or a whole phrase, stands for
    named_months: Mapping[str, int] = field(repr=False)  # their other names; January is 1
    feasts: Mapping[str, str] = field(repr=False)  # month and day


def later_words(tables: Mapping[str, Any]) -> LaterWords:
    """Make them of a language's tables; without any, only hours of the day are read. Raises KeyError, ValueError."""
    found = tables.get("later", {})
    units, spans, weekdays, months, named_months = (
        {str(k): int(v) for k, v in found.get(name, {}).items()} for name in LATER_TABLES
    )
    lead, tomorrow, after, anniversary = (frozenset(map(str, found.get(name, ()))) for name in LATER_LISTS)
    feasts = {str(k): str(v) for k, v in found.get(FEASTS, {}).items()}
    return LaterWords(
        units, spans, lead, tomorrow, after, anniversary, weekdays, months, named_months, feasts
    )


def names_anniversary(text: str, later: LaterWords) -> bool:
    """Tell whether a text names an anniversary, whose date nobody here knows."""
    phrase = f" {' '.join(token.word for token in tokens(text))}"
    return any(f" {words}" in phrase for words in later.anniversary)


def read_later(
    text: str, words: Vocabulary, later: LaterWords, now: datetime, zone: str
) -> Sequence[datetime]:
    """Read when to come back: one instant where it is plain, some to choose from, none where it is no time."""
    said = tokens(text)
    span = _span(said, words, later)
    if span is not None:
        return [now + span] if timedelta(0) < span <= MOST_AHEAD else []
    today = local_date(now, zone)
    days = _days(said, later, today)
    match read(text, words):
        case Hour(minute):
            minutes: tuple[int, ...] = (minute,)
        case AskBack(minutes):
            pass
        case _:
            return []
    found = {
        _next(minute, now, zone, [today + timedelta(days=ahead) for ahead in days]) for minute in minutes
    }
    return sorted(at for at in found if at is not None and at - now <= MOST_AHEAD)


def _days(said: Sequence[Token], later: LaterWords, today: date) -> Sequence[int]:
    """Tell on which days it may be, in days ahead: on the first that is not over by then."""
    phrase = f" {' '.join(token.word for token in said)} "
    if any(f" {words} " in phrase for words in later.after_tomorrow):
        return (2,)
    if any(token.word in later.tomorrow for token in said):
        return (1,)
    named = {weekday for token in said if (weekday := weekday_of(token.word, later)) is not None}
    return [ahead for ahead in range(8) if not named or (today.weekday() + ahead) % 7 in named]


def weekday_of(word: str, later: LaterWords) -> int | None:
    """Tell which weekday a word names; None for no such word."""
    if word in later.weekdays:
        return later.weekdays[word]
    longer = (day for name, day in later.weekdays.items() if len(name) > SHORT and word.startswith(name))
    return next(longer, None)


def _next(minute: int, now: datetime, zone: str, days: Sequence[date]) -> datetime | None:
    """Find when the clocks next show a minute of the day, on one of these days."""
    return next((at for day in days if (at := instant(day, minute, zone)) > now), None)


def _span(said: Sequence[Token], words: Vocabulary, later: LaterWords) -> timedelta | None:
    """Read "in an hour", "half an hour", "2 hours"; None for what is no such span as a whole."""
    rest = without_lead(said, later)
    phrase = " ".join(token.word for token in rest)
    if phrase in later.spans:
        return timedelta(minutes=later.spans[phrase])
    if not rest or rest[-1].word not in later.units:
        return None
    number = number_of(rest[:-1], words)
    return None if number is None else timedelta(minutes=number * later.units[rest[-1].word])


def without_lead(said: Sequence[Token], later: LaterWords) -> Sequence[Token]:
    """Leave out what leads to a time, and what ends it: "maybe in an hour please" says "an hour"."""
    rest = list(said)
    while length := _lead([token.word for token in rest], later):
        rest = rest[length:]
    while length := _lead([token.word for token in rest], later, last=True):
        rest = rest[:-length]
    return rest


def _lead(said: Sequence[str], later: LaterWords, *, last: bool = False) -> int:
    """Tell how many words one phrase of it has, the longest, at the beginning or the end; 0 for none."""
    lengths = range(min(LONGEST_LEAD, len(said)), 0, -1)
    return next((n for n in lengths if " ".join(said[-n:] if last else said[:n]) in later.lead), 0)


def number_of(said: Sequence[Token], words: Vocabulary) -> int | None:
    """Read one number; None for anything else."""
    if len(said) != 1:
        return None
    if said[0].digits and said[0].minute is None:
        return said[0].hour
    length, value = words.match([said[0].word], TokenKind.NUMBER)
    return value if length else None
