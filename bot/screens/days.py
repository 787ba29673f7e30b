"""A day as people write it: "14 February", "in a year", "next Friday". What is read is shown before it counts."""

import asyncio
import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

LONGEST = 40  # characters
_TELLING = re.compile(r"[^\W_]{2}|\d")  # two letters or a digit


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
    try:
        found = parser.get_date_data(text).date_obj
    except (ValueError, OverflowError):  # a year that no calendar has
        return None
    return found.date() if isinstance(found, datetime) else None


@lru_cache(8)
def _parser(language: str, today: date) -> Any:
    from dateparser.data.languages_info import language_order  # noqa: PLC0415 (costly, and rarely needed)
    from dateparser.date import DateDataParser  # noqa: PLC0415 (as above)

    settings = {
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PREFER_DAY_OF_MONTH": "current",
    }
    known = language if language in language_order else "en"
    return DateDataParser(languages=[known], settings=settings)
