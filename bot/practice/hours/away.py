"""A day that is far ahead, as people say it: "in 3 months", "Christmas Eve", "15 حزيران" where a month has two names.

What dateparser doesn't read, by a language's own words, which are handed in; what isn't understood is None.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.practice.calendar import months_later
from bot.practice.hours.later import LaterWords, number_of, without_lead
from bot.practice.hours.tokens import Token, tokens
from bot.practice.hours.vocabulary import Vocabulary

DAY = 24 * 60  # minutes
MONTHS = 12
AGES = 100  # years ahead; more are no day that anybody means


def read_away(text: str, words: Vocabulary, later: LaterWords, today: date) -> date | None:
    """Read a day by how far off it is, by the feast that it is, or by a month's other name; None for none."""
    said = tokens(text)
    rest = without_lead(said, later)
    phrase = _phrase(rest)
    if phrase in later.feasts:
        month, day = map(int, later.feasts[phrase].split("-"))
        return _next(today, month, day)
    named = _of_a_month(rest, later, today)
    if named is not None:
        return named
    if len(rest) == len(said) and len(rest) == 1:  # "year", by itself
        return None
    return _after(rest, words, later, today)


def _after(rest: Sequence[Token], words: Vocabulary, later: LaterWords, today: date) -> date | None:
    """Read how far off it is, whole days of it."""
    phrase, last = _phrase(rest), rest[-1].word if rest else ""
    number = number_of(rest[:-1], words)
    if phrase in later.months:
        return months_later(today, later.months[phrase])
    if last in later.months and number is not None and number * later.months[last] <= AGES * MONTHS:
        return months_later(today, number * later.months[last])
    minutes = later.spans.get(phrase, 0)
    if not minutes and number is not None:
        minutes = number * later.units.get(last, 0)
    days, over = divmod(minutes, DAY)
    return today + timedelta(days=days) if days and not over else None


def _of_a_month(rest: Sequence[Token], later: LaterWords, today: date) -> date | None:
    """Read the day of a month by a name that it has beside the usual one."""
    month = later.named_months.get(_phrase(rest[1:]))
    if month is None or rest[0].minute is not None or not rest[0].hour:
        return None
    return _next(today, month, rest[0].hour)


def _next(today: date, month: int, day: int) -> date | None:
    """Find when it is next; None for a day that no year has."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found > today:
            return found
    return None


def _phrase(said: Sequence[Token]) -> str:
    return " ".join(token.word for token in said)
