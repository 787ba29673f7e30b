"""A day as people write it: "14 February", "in a year", "next Friday". What is read is shown before it counts.

dateparser takes any two numbers for a day, and an hour for one: "the one at 8" was the first of August. So a day has
to be written in figures as dates are, or to name a month, a weekday, or how far off it is.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from importlib import import_module
from typing import Any

LONGEST = 40  # characters
_TELLING = re.compile(r"[^\W_]{2}|\d")  # two letters or a digit
_IN_FIGURES = re.compile(
    r"(?:[^\W\d_]{1,3} )?(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-]) ?\d{1,2}(?:\1 ?(?:\d{4}|\d{2}))?)"
    r"|(?:[^\W\d_]{1,3} )*\d{1,2}(?:st|nd|rd|th|er)"
)  # perhaps with an "on" before it; or as the day of a month is counted
_FIRST_WORD = re.compile(r"[^\W\d_]{1,3} ")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_LONGER = ("week", "fortnight", "month", "year", "decade")
_SHORTEST = 4  # letters of a weekday: "sun", and in German "so" and "die", are words of their own


async def read_day(text: str, language: str, today: date) -> date | None:
    """Read a day that is still to come where its year is left out; None for what is none.

    dateparser takes half a second when it is first asked, so nobody else waits for it.
    """
    words = " ".join(text.split()).strip(" .!,")
    if len(words) > LONGEST or not _TELLING.search(words):
        return None
    return await asyncio.to_thread(_read, words, language.split("-", maxsplit=1)[0], today)


def _read(text: str, language: str, today: date) -> date | None:
    parser = _parser(language, today)
    if not _names_a_day(text, language):
        return None
    shorter = _FIRST_WORD.sub("", text, count=1)  # an "on" that it takes for an hour's "am", in German
    return _found(parser, text) or (_found(parser, shorter) if shorter != text else None)


def _found(parser: Any, text: str) -> date | None:
    try:
        found = parser.get_date_data(text).date_obj
    except (ValueError, OverflowError):  # a year that no calendar has
        return None
    return found.date() if isinstance(found, datetime) else None


@lru_cache(8)
def _parser(language: str, today: date) -> Any:
    from dateparser.date import DateDataParser  # noqa: PLC0415 (costly, and rarely needed)

    settings = {
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PREFER_DAY_OF_MONTH": "current",
    }
    return DateDataParser(languages=[_known(language)], settings=settings)


def _known(language: str) -> str:
    from dateparser.data.languages_info import language_order  # noqa: PLC0415 (costly, and rarely needed)

    return language if language in language_order else "en"


def _names_a_day(text: str, language: str) -> bool:
    """Tell whether a text has a date in figures, or a word by which a day is known; "one day" is none."""
    if _IN_FIGURES.fullmatch(text):
        return True
    known, days, ahead = _naming(_known(language))
    said = {*_WORD.findall(text.casefold())}
    return bool(said & known) or (bool(said & days) and (bool(said & ahead) or any(map(str.isdigit, text))))


def _info(language: str) -> Mapping[str, Any]:
    info: Mapping[str, Any] = import_module(f"dateparser.data.date_translation_data.{language}").info
    return info


@lru_cache(8)
def _naming(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """List the words of a language by which a day is known: by themselves, "day", and "in"."""
    info = _info(language)

    def words(*keys: str) -> Iterator[str]:
        return (word.casefold() for key in keys for word in info.get(key, ()))

    weekdays = (word for word in words(*_WEEKDAYS) if len(word) >= _SHORTEST)
    ahead = (word for key, said in info["relative-type"].items() if "day" in key for word in said)
    return (
        frozenset((*words(*_MONTHS, *_LONGER), *weekdays, *(w.casefold() for w in ahead if " " not in w))),
        frozenset(words("day")),
        frozenset(words("in")),
    )
