"""A day as people write it, read by a library: what it gives is a date or nothing, and it gives it soon."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.screens.days import _read, read_day

TODAY = date(2026, 3, 4)  # a Wednesday
BITS = [*"1/.-: aé", "29", "31", "2026", "february", "feb", "may", "in", "year", "next", "of", "\u0661"]
LONG = 3.0  # seconds of CPU; half of one where it is first asked


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("14 February", "en", date(2027, 2, 14)),
        ("14 February.", "en", date(2027, 2, 14)),
        ("on the 3rd of May 2030", "en", date(2030, 5, 3)),
        ("in a year", "en", date(2027, 3, 4)),
        ("5/4/2027", "en", date(2027, 4, 5)),
        ("29 February", "en", date(2028, 2, 29)),
        ("29 February 2027", "en", None),
        ("14. Februar", "de", date(2027, 2, 14)),
        ("le 14 février", "fr", date(2027, 2, 14)),
        ("14 de fevereiro", "pt-br", date(2027, 2, 14)),
        ("14 February", "xx", date(2027, 2, 14)),
        ("tomorrow", "en", date(2026, 3, 5)),
        ("the 8th", "en", date(2026, 3, 8)),
        ("1.8.", "de", date(2026, 8, 1)),
        ("am 3. Mai", "de", date(2026, 5, 3)),
        ("in 2 Wochen", "de", date(2026, 3, 18)),
        ("dans un an", "fr", date(2027, 3, 4)),
        ("en un año", "es", date(2027, 3, 4)),
        ("через год", "ru", date(2027, 3, 4)),
        ("3 مايو", "ar", date(2026, 5, 3)),
        ("friday 13 march", "en", date(2026, 3, 13)),
        ("monday the 9th", "en", date(2026, 3, 9)),
        ("the one at 8", "en", None),
        ("at 8", "en", None),
        ("a 2", "en", None),
        ("1 on 1", "en", None),
        ("one two", "en", None),
        ("one day", "en", None),
        ("in a minute", "en", None),
        ("8 Uhr", "de", None),
        ("die 8", "de", None),
        ("à 8h", "fr", None),
        ("a las 8", "es", None),
        ("às 8", "pt-br", None),
        ("в 8", "ru", None),
        ("الساعة 8", "ar", None),
        ("when you smile", "en", None),
        ("...", "en", None),
        ("", "en", None),
        ("14 February " * 9, "en", None),
    ],
)
async def test_a_day_is_read_as_it_is_said(text: str, language: str, day: date | None) -> None:
    """In several languages, the next one where it has no year; and nothing where it is none."""
    assert await read_day(text, language, TODAY) == day


@settings(max_examples=60)
@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join) | st.text(max_size=40))
def test_whatever_is_written_is_a_date_or_none_and_soon(text: str) -> None:
    """No exception, and no text that takes long."""
    begun = time.process_time()
    found = _read(text[:40], "en", TODAY)
    assert found is None or isinstance(found, date)
    assert time.process_time() - begun < LONG
