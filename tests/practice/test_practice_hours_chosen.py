"""A part of the day tells which of a few hours is meant, in each language that asks."""

import pytest

from bot.content import Content
from bot.practice.hours import Hour, chosen

SEVEN = (7 * 60, 19 * 60)


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "morning", 7),
        ("en", "in the evening", 19),
        ("de", "abends", 19),
        ("de", "morgens", 7),
        ("fr", "le soir", 19),
        ("es", "por la noche", 19),
        ("pt-br", "de manh\u00e3", 7),
        ("ru", "\u0432\u0435\u0447\u0435\u0440\u043e\u043c", 19),
    ],
)
def test_a_part_of_the_day_chooses(content: Content, language: str, text: str, at: int) -> None:
    """It holds one of the two."""
    assert chosen(text, content.hours(language), SEVEN) == Hour(at * 60)


@pytest.mark.parametrize(
    "text", ["yes", "not in the evening", "8 in the evening", "the evening was hard", "both", ""]
)
def test_anything_else_chooses_nothing(content: Content, text: str) -> None:
    """It is read as any other words are."""
    assert chosen(text, content.hours("en"), SEVEN) is None


def test_a_part_that_holds_both_or_none_chooses_nothing(content: Content) -> None:
    """Nothing is guessed."""
    assert chosen("evening", content.hours("en"), (19 * 60, 20 * 60)) is None
    assert chosen("evening", content.hours("en"), (7 * 60, 8 * 60)) is None
