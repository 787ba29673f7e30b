"""A title is the first words of a card, whole, and never longer than a button shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.titles import LONGEST, first_words


@pytest.mark.parametrize(
    ("card", "title"),
    [
        ("What was funny?", "What was funny?"),
        ("Tell about a moment, this week, when you laughed.", "Tell about a moment, this week…"),
        ("One  two\nthree", "One two three"),
        ("Donaudampfschifffahrtselektrizitätenhauptwerk", "Donaudampfschifffahrtselektrizit…"),
        ("", ""),
    ],
)
def test_first_words(card: str, title: str) -> None:
    """Whole words, no comma at the end; a word that is longer than a title is cut."""
    assert first_words(card) == title


@given(st.text())
def test_a_title_is_the_beginning_of_its_card(card: str) -> None:
    """Of one line, as long as a button shows, with a sign exactly where there is more."""
    title, words = first_words(card), " ".join(card.split())
    assert len(title) <= LONGEST + 1
    assert "\n" not in title
    assert words.startswith(title.removesuffix("…"))
    assert title == words or title.endswith("…")
