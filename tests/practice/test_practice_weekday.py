"""A weekday with an hour or a date beside it: the day that both mean, and a question where they can't both be meant."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.practice.hours import is_hour, later_words, names_hour, read_weekday, vocabulary

ROOT = Path(__file__).parents[2] / "prompts"
TODAY = date(2026, 3, 2)  # a Monday


def read(text: str, language: str) -> Sequence[date] | None:
    """Read it with a language's words."""
    tables = tomllib.loads((ROOT / language / "hours.toml").read_text("utf-8"))
    return read_weekday(text, vocabulary(tables), later_words(tables), TODAY)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("saturday 21 at 9", "en", 21),
        ("saturday the 21st at 9", "en", 21),
        ("sat 21 at 9", "en", 21),
        ("on saturday the 21st", "en", 21),
        ("monday the 9th", "en", 9),
        ("monday 16", "en", 16),
        ("friday 13", "en", 13),
        ("tuesday the 3rd at 7", "en", 3),
        ("monday at 9", "en", 9),
        ("on friday at 9", "en", 6),
        ("friday 9pm", "en", 6),
        ("el viernes a las 9", "es", 6),
        ("fri 9am", "en", 6),
        ("friday 9", "en", 6),
        ("saturday at half past eight", "en", 7),
        ("tomorrow at 9", "en", 3),
        ("freitag 20 uhr", "de", 6),
        ("am freitag um 9", "de", 6),
        ("sonntag halb neun", "de", 8),
        ("el sabado a las 9", "es", 7),
        ("el sábado a las 9", "es", 7),
        ("miercoles 11", "es", 11),
        ("el miercoles a las nueve", "es", 4),
        ("sabado as 9", "pt-br", 7),
        ("terca as 20h", "pt-br", 3),
        ("terça-feira às 20h", "pt-br", 3),
        ("vendredi à 9h", "fr", 6),
        ("samedi a 9h", "fr", 7),
        ("в пятницу в 9", "ru", 6),
        ("в субботу в 20:00", "ru", 7),
        ("السبت الساعة 9", "ar", 7),
    ],
)
def test_the_day_is_the_one_that_both_mean(text: str, language: str, day: int) -> None:
    """A number that isn't the weekday's is an hour; accents may be left out."""
    assert read(text, language) == (date(2026, 3, day),)


@pytest.mark.parametrize(
    "text", ["on friday the 9th", "saturday the 20th", "saturday 22 at 9", "friday 26", "friday the 32nd"]
)
def test_what_cant_both_be_meant_is_asked(text: str) -> None:
    """The weekday is another one, and the number can be no hour."""
    assert read(text, "en") == ()


@pytest.mark.parametrize(
    "text", ["friday 13 march", "next sunday at 8pm", "friday", "the sunday we met", "14 february", "at 9"]
)
def test_anything_else_is_none_of_it(text: str) -> None:
    """Other readers know some of it; lines of a letter are lines."""
    assert read(text, "en") is None


@pytest.mark.parametrize(
    ("text", "language", "alone"),
    [
        ("tonight at 9", "en", True),
        ("today at 9", "en", True),
        ("at 9pm", "en", True),
        ("heute um 9", "de", True),
        ("hoy a las 9", "es", True),
        ("hoje as 9", "pt-br", True),
        ("ce soir a 9h", "fr", True),
        ("you were nine", "en", False),
        ("friday at 9", "en", False),
        ("sleep well tonight", "en", False),
    ],
)
def test_an_hour_alone_is_known_for_one(text: str, language: str, *, alone: bool) -> None:
    """So that it can be said that a day is wanted."""
    tables = tomllib.loads((ROOT / language / "hours.toml").read_text("utf-8"))
    assert is_hour(text, vocabulary(tables)) is alone


@pytest.mark.parametrize(
    ("text", "language", "day", "named"),
    [
        ("friday at 9", "en", 6, True),
        ("fri 9am", "en", 6, True),
        ("saturday 21 at 9", "en", 21, True),
        ("saturday 21", "en", 21, False),
        ("on the 14th of july", "en", 14, False),
        ("february 14 2027", "en", 14, False),
        ("sonntag halb neun", "de", 8, True),
        ("am 14.", "de", 14, False),
        ("el 14 de julio a las 8", "es", 14, True),
        ("el 14", "es", 14, False),
        ("samedi a 9h", "fr", 7, True),
        ("le 14", "fr", 14, False),
        ("terca as 20h", "pt-br", 3, True),
        ("14 июля в 20:00", "ru", 14, True),
        ("14 июля", "ru", 14, False),
        ("السبت الساعة 9", "ar", 7, True),
        ("14 تموز", "ar", 14, False),
    ],
)
def test_an_hour_beside_a_day_is_known_from_the_days_own_number(
    text: str, language: str, day: int, *, named: bool
) -> None:
    """So that it can be said that it counts for nothing."""
    tables = tomllib.loads((ROOT / language / "hours.toml").read_text("utf-8"))
    assert names_hour(text, vocabulary(tables), date(2026, 3, day)) is named
