"""The coach's file: its examples hold, and the labelled texts keep the floor that was reached."""

import measure
import pytest
from english_files import english

from bot.coach.check import check
from bot.coach.coach import Coach
from bot.coach.shape import CoachError
from prompts.source import ROOT, read_toml

DATA = read_toml(ROOT / "en" / "coach.toml", ROOT).data


def test_every_example_of_the_file_holds() -> None:
    """What must fire fires, and what must not stays silent."""
    assert check(DATA) == []


def test_a_broken_file_is_named_in_plain_words() -> None:
    """A key that means nothing and a list that is missing are both told."""
    broken = {key: value for key, value in DATA.items() if key != "suggestions"} | {"surprise": 1}
    with pytest.raises(CoachError) as raised:
        Coach.from_data(broken)
    assert "surprise" in str(raised.value)
    assert "suggestions" in str(raised.value)


def test_an_example_that_does_not_hold_is_a_finding() -> None:
    """A kind answer that is listed under `must` is found out."""
    rules = [dict(rule) for rule in english("coach.toml")["in_the_way"]]
    rules[0]["must"] = [*rules[0]["must"], "I love you."]
    assert any("I love you." in str(finding) for finding in check({**DATA, "in_the_way": rules}))


@pytest.mark.parametrize(
    ("half", "recall", "alarms"), [("tuning", 0.72, 0), ("tuning_single", 0.64, 0), ("held_apart", 0.69, 9)]
)
def test_the_labelled_texts_keep_the_floor_that_was_reached(half: str, recall: float, alarms: int) -> None:
    """Few false alarms on kind answers before anything else, and a fair share of the unhelpful ones noticed."""
    counted = measure.count(measure.coach(), half)
    assert counted.kind >= 170
    assert counted.unhelpful >= 170
    assert counted.false_alarms <= alarms
    assert counted.recall >= recall
