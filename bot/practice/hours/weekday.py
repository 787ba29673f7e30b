"""A weekday with more beside it, as people say it: "fri 9am", "saturday 21 at 9", "sonntag halb neun".

A number there may be the day of the month or an hour. It's the day where both agree; else it's an hour, if it can be.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.practice.hours.later import LaterWords, weekday_of
from bot.practice.hours.mending import marked, unmarked
from bot.practice.hours.scan import scan
from bot.practice.hours.tokens import Token, tokens
from bot.practice.hours.vocabulary import Vocabulary

COUNTED = frozenset({"st", "nd", "rd", "th", "er", "º", "ª"})  # behind the day of a month
WEEK = 7
LAST_HOUR = 24
MONTHS_AHEAD = 2  # the next two, in case a month has no such day
FEW = 4  # words


def read_weekday(text: str, words: Vocabulary, later: LaterWords, today: date) -> Sequence[date] | None:
    """Read it: the day, none where weekday and date are of different days, and None for anything else."""
    row = tokens(text)
    named = [(place, ahead) for place, token in enumerate(row) if (ahead := _ahead(token.word, later, today))]
    if len(named) != 1:
        return None
    [(place, ahead)] = named
    before, rest = row[:place], row[place + 1 :]
    if rest and rest[0].joined and not rest[0].digits:  # "segunda-feira"
        rest = rest[1:]
    if not rest or any(token.digits for token in before) or not _is_led(before, words, later):
        return None
    day = today + timedelta(days=ahead)
    dated = _dated(rest, words, day, today)
    return dated if dated is not None or not _is_hour(rest, words) else (day,)


def is_hour(text: str, words: Vocabulary) -> bool:
    """Tell whether a few words are an hour and nothing else: that is no day."""
    return len(text.split()) <= FEW and _is_hour(tokens(text), words)


def names_hour(text: str, words: Vocabulary, day: date) -> bool:
    """Tell whether a text that means a day ends with an hour; a number that is the day's own is none."""
    row = tokens(text)
    tails = (row[place:] for place in range(len(row)))
    return any(
        (len(tail) > 1 or tail[0].minute is not None) and _is_hour(tail, words) and not _is_its_day(tail, day)
        for tail in tails
    )


def _is_its_day(row: Sequence[Token], day: date) -> bool:
    numbers = [token for token in row if token.digits]
    return bool(numbers) and all(token.minute is None and token.hour == day.day for token in numbers)


def _dated(rest: Sequence[Token], words: Vocabulary, day: date, today: date) -> Sequence[date] | None:
    """Read a number beside a weekday as the day of the month; None where it's none."""
    place = next((place for place, token in enumerate(rest) if token.digits), len(rest))
    after = rest[place + 1 :]
    counted = bool(after) and after[0].word in COUNTED
    after = after[1:] if counted else after
    if place == len(rest) or rest[place].minute is not None or (place and not counted):
        return None
    hour_too = bool(after) and _is_hour(after, words)
    if after and not hour_too:
        return None
    number = rest[place].hour or 0
    found = _next(number, today)
    if found is not None and found.weekday() == day.weekday():
        return (found,)
    return () if counted or hour_too or number > LAST_HOUR else None


def _is_hour(row: Sequence[Token], words: Vocabulary) -> bool:
    found = scan(row, words)
    if found.unknown:
        found = scan(marked(row, words), words)
    return not found.unknown and len(found.times) == 1


def _is_led(row: Sequence[Token], words: Vocabulary, later: LaterWords) -> bool:
    """Tell whether words before a weekday only lead to it."""
    return all(token.word in later.lead or not scan([token], words).unknown for token in row)


def _ahead(word: str, later: LaterWords, today: date) -> int:
    """Tell in how many days it is that a word names; 0 for none."""
    if word in later.tomorrow:
        return 1
    weekday = weekday_of(word, later)
    if weekday is None:
        plain = {unmarked(name): number for name, number in later.weekdays.items()}
        weekday = plain.get(unmarked(word))
    return 0 if weekday is None else (weekday - today.weekday() - 1) % WEEK + 1


def _next(number: int, today: date) -> date | None:
    """Find the next day that has a number in its month; None for a number that none has."""
    for ahead in range(MONTHS_AHEAD + 1):
        year, month = divmod(today.month - 1 + ahead, 12)
        try:
            found = date(today.year + year, month + 1, number)
        except ValueError:
            continue
        if found > today:
            return found
    return None
