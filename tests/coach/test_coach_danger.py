"""Words that suggest danger."""

import time

import pytest
from conftest import english
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.danger import KINDS, LONGEST, Danger

DATA = english("danger.toml")
MUST = [(rule["kind"], text) for rule in DATA["danger"] for text in rule["must"]]
MUST_NOT = [text for rule in DATA["danger"] for text in rule["must_not"]]
DANGER = Danger.from_data(DATA)


@pytest.mark.parametrize(("kind", "text"), MUST)
def test_a_plain_statement_is_noticed(danger: Danger, kind: str, text: str) -> None:
    """Under its own kind, also in capitals and among other words."""
    assert danger.notices(text) == kind
    assert danger.notices(text.upper()) == kind
    assert danger.notices(f"Today was long. {text}\nThat is all.") == kind


@pytest.mark.parametrize("text", MUST_NOT)
def test_a_figure_of_speech_is_not(danger: Danger, text: str) -> None:
    """Idioms, denials, titles, games, and what was long ago."""
    assert danger.notices(text) is None


def test_the_gravest_is_named_first(danger: Danger) -> None:
    """Where several are found, the first kind of the list is told."""
    assert danger.notices("I'm afraid of him. He hit me last night. I want to die.") == "self_harm"
    assert danger.notices("I'm afraid of him. He hit me last night.") == "violence"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """The answer is one of the kinds, or none."""
    assert DANGER.notices(text) in (*KINDS, None)


def test_the_time_grows_with_the_length_alone(danger: Danger) -> None:
    """Four times the text takes no more than about four times as long, whatever stands in it."""

    def took(signs: int) -> float:
        text = ("he said that i want to tell you it hit me and " * signs)[:signs]
        start = time.process_time()
        danger.notices(text)
        return time.process_time() - start

    short, long = min(took(8000) for _ in range(3)), min(took(32_000) for _ in range(3))
    assert long < short * 10 + 0.05


def test_what_is_beyond_any_message_is_not_read(danger: Danger) -> None:
    """The cap is far above what Telegram delivers."""
    assert danger.notices("x " * LONGEST + "I want to die.") is None
