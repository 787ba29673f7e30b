"""A day that is far ahead, in people's own words, in each language; and words that name none."""

from datetime import date

import pytest

from bot.content import Content
from bot.practice.hours import read_away

TODAY = date(2026, 3, 2)
JUNE, SEPTEMBER, CHRISTMAS = date(2026, 6, 2), date(2026, 9, 2), date(2026, 12, 25)
EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "make it in 3 days", date(2026, 3, 5)),
        ("en", "no, in half a year", SEPTEMBER),
        ("en", "on Christmas Eve", EVE),
        ("en", "New Year's Day", date(2027, 1, 1)),
        ("es", "dentro de tres meses", JUNE),
        ("es", "Nochebuena", EVE),
        ("fr", "dans 3 mois", JUNE),
        ("fr", "à Noël", CHRISTMAS),
        ("de", "in nem halben Jahr", SEPTEMBER),
        ("de", "in drei Wochen", date(2026, 3, 23)),
        ("de", "an Heiligabend", EVE),
        ("pt-br", "daqui a 6 meses", SEPTEMBER),
        ("pt-br", "no Natal", CHRISTMAS),
        ("ru", "через полгода", SEPTEMBER),
        ("ru", "на новый год", date(2027, 1, 1)),
        ("ar", "بعد ٣ شهور", JUNE),
        ("ar", "بعد سنتين", date(2028, 3, 2)),
        ("ar", "15 حزيران", date(2026, 6, 15)),
        ("ar", "15 غشت", date(2026, 8, 15)),
        ("ar", "1 جانفي", date(2027, 1, 1)),
        ("ar", "في 24 دجنبر", EVE),
    ],
)
def test_what_people_say_is_a_day(content: Content, language: str, text: str, day: date) -> None:
    """Counted from today, or the next one of that date."""
    assert read_away(text, content.hours(language), content.later(language), TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["year", "months", "we waited for years", "in 20 minutes", "in 3000 years", "you at christmas", "", "no"],
)
def test_other_words_are_none(content: Content, text: str) -> None:
    """They are of the letter."""
    assert read_away(text, content.hours("en"), content.later("en"), TODAY) is None
