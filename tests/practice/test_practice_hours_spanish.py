"""A time of day and quiet hours as they're said in Spanish, where "a" stands between two times."""

import tomllib

import pytest

from bot.practice import hours
from prompts.source import ROOT

WORDS = hours.vocabulary(tomllib.loads((ROOT / "es" / "hours.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("a las ocho y media de la noche", 20 * 60 + 30),
        ("cuarto para las ocho de la noche", 19 * 60 + 45),
        ("a las 7 de la mañana", 7 * 60),
        ("8 a", 8 * 60),
        ("21:15 h", 21 * 60 + 15),
        ("al mediodía", 12 * 60),
    ],
)
def test_an_hour_is_read(text: str, minute: int) -> None:
    """The part of the day tells which half is meant."""
    assert hours.read(text, WORDS) == hours.Hour(minute)


@pytest.mark.parametrize(
    "text", ["22:00 a 7:30", "de 22:00 a 7:30", "22:00 hasta las 7:30", "de las 22:00 a las 7:30"]
)
def test_a_lone_letter_between_two_times_joins_them(text: str) -> None:
    """It's no half of the day there."""
    assert hours.read_span(text, WORDS) == hours.Span(22 * 60, 7 * 60 + 30)
