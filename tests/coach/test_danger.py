"""Words that may mean danger are found in their examples, and not in idioms, titles or denials."""

import time
import tomllib

import pytest

from bot.coach.check import check_danger
from bot.coach.danger import KINDS, LONGEST, Danger
from bot.coach.shape import CoachError
from prompts.source import ROOT

DATA = tomllib.loads((ROOT / "en" / "danger.toml").read_text("utf-8"))
MUST, MUST_NOT = 60, 80


@pytest.fixture(scope="module")
def danger() -> Danger:
    """Read the English patterns once."""
    return Danger.from_data(DATA)


def test_every_example_holds_and_there_are_enough(danger: Danger) -> None:
    """What must be found is found by its own rule; what must not is found by none."""
    assert check_danger(DATA) == []
    assert sum(len(rule.must) for rule in danger.rules.rules) >= MUST
    assert sum(len(rule.must_not) for rule in danger.rules.rules) >= MUST_NOT
    assert {rule.name for rule in danger.rules.rules} == set(KINDS)


@pytest.mark.parametrize(
    "idiom",
    [
        "this heat is killing me",
        "I could kill for a coffee",
        "dying to see you",
        "I'm dead 😂",
        "we sang “I Want to Die” all the way home",
    ],
)
def test_idioms_and_quotations_are_no_danger(danger: Danger, idiom: str) -> None:
    """A title, a quoted line and a manner of speaking stay what they are."""
    assert danger.notices(idiom) is None


def test_the_gravest_is_named_first(danger: Danger) -> None:
    """A text with two kinds is of the graver one, and capitals, typing and breaks do not hide it."""
    assert danger.notices("I'm afraid of him. I want to die.") == "self_harm"
    assert danger.notices("HE HIT ME AGAIN") == "violence"
    assert danger.notices("im scared of him, dont tell") == "fear"


def test_time_grows_with_the_length_alone(danger: Danger) -> None:
    """The longest message of the most tempting words is read in a moment."""
    started = time.perf_counter()
    for text in ("i just really want to " * 400, "he has hit " * 600, "not not not " * 500, "“" * 5000):
        danger.notices(text[: LONGEST * 2])
    assert time.perf_counter() - started < 5


def test_a_broken_file_is_told_in_plain_words() -> None:
    """A kind that there is not, and a rule without examples."""
    rule = {"kind": "mood", "say": ["i am sad"]}
    with pytest.raises(CoachError, match="has no meaning here"):
        Danger.from_data({"danger": [rule]})
    (finding,) = check_danger({"danger": [rule | {"kind": "fear"}]})
    assert "give an example on each side" in finding
