"""Checking the files: the delivered ones are sound, and a broken one is told what to write."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from english_files import english

from bot.coach.check import check, check_danger
from bot.coach.coach import Coach
from bot.coach.danger import Danger
from bot.coach.shape import CoachError

COACH = english("coach.toml")
DANGER = english("danger.toml")


def test_the_delivered_danger_file_is_sound() -> None:
    """Every example that must be found is, under its kind; every one that must not is not, under any."""
    assert check_danger(DANGER) == []


def test_there_are_many_examples_of_danger_and_of_what_only_sounds_like_it() -> None:
    """High recall and few false alarms are only as good as their examples are many."""
    assert sum(len(rule["must"]) for rule in DANGER["danger"]) >= 60
    assert sum(len(rule["must_not"]) for rule in DANGER["danger"]) >= 80


def _no_say(data: dict[str, Any]) -> None:
    del data["in_the_way"][0]["say"]


def _bad_phrase(data: dict[str, Any]) -> None:
    data["in_the_way"][0]["say"] = ["you (should"]


def _unknown_number(data: dict[str, Any]) -> None:
    data["notices"][0]["shows"] = {"charm": 0.5}


def _too_much(data: dict[str, Any]) -> None:
    data["notices"][0]["shows"] = {"warmth": 3}


def _no_texts(data: dict[str, Any]) -> None:
    del data["suggestions"]["advice"]


def _wrong_list(data: dict[str, Any]) -> None:
    data["lists"]["feeling"] = "sad"


def _no_wording(data: dict[str, Any]) -> None:
    data["wording"]["say"] = ["One way."]


def _no_table(data: dict[str, Any]) -> None:
    data["notices"] = "none"


def _no_examples(data: dict[str, Any]) -> None:
    data["in_the_way"][0]["must"] = []


def _false_example(data: dict[str, Any]) -> None:
    data["in_the_way"][0]["must_not"] = ["Grow up."]


def _missed_example(data: dict[str, Any]) -> None:
    data["notices"][0]["must"] = ["A quiet stone."]


def test_choices_that_would_be_misread_are_told() -> None:
    """Bare, "ball|game night|cards" reads as a ball or a game, then night or cards, and never lifts anything."""
    data = deepcopy(DANGER)
    data["danger"][0]["unless_near"] = ["ball|game night|cards"]
    (flaw,) = [flaw for flaw in check_danger(data) if flaw.key == "unless_near"]
    assert "put the whole into “( )”" in flaw.wrong
    for sound in ("(ball|game night|cards)", "ball|game|cards", "(a|the) game night", "game night"):
        data["danger"][0]["unless_near"] = [sound]
        assert not [flaw for flaw in check_danger(data) if flaw.key == "unless_near"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_no_say, "“say” is missing or empty"),
        (_bad_phrase, "say 1, “you (should”"),
        (_unknown_number, "“charm” has no meaning here"),
        (_too_much, "a number from 0 to 1"),
        (_no_texts, "[suggestions.advice] is missing"),
        (_wrong_list, "has to be a list of texts"),
        (_no_wording, "shows no wording"),
        (_no_table, "[[notices]]"),
        (_no_examples, "give an example on each side"),
        (_false_example, "finds “Grow up.”"),
        (_missed_example, "does not find “A quiet stone.”"),
    ],
)
def test_a_broken_coach_file_is_told_what_to_write(
    spoil: Callable[[dict[str, Any]], None], told: str
) -> None:
    """Each finding names the place, and what to write there."""
    broken = deepcopy(COACH)
    spoil(broken)
    assert any(told in str(finding) for finding in check(broken))


def test_a_broken_danger_file_is_told_what_to_write() -> None:
    """An unknown kind, a slip in a phrase and a false example are all named."""
    broken = deepcopy(DANGER)
    broken["danger"][0]["kind"] = "doom"
    with pytest.raises(CoachError, match="the kinds are self_harm, farewell, strangulation"):
        Danger.from_data(broken)
    slipped = deepcopy(DANGER)
    slipped["danger"][0]["must_not"] = ["I want to die."]
    assert any("finds “I want to die.”" in str(finding) for finding in check_danger(slipped))


@pytest.mark.parametrize(
    "data", [{}, {"notices": 3}, {"in_the_way": [3]}, {"lists": {"x": 1}}, {"surprise": 1}]
)
def test_any_mapping_is_refused_with_findings_and_nothing_else(data: dict[str, Any]) -> None:
    """A file that is no coach file at all is refused in the same way."""
    with pytest.raises(CoachError) as raised:
        Coach.from_data(data)
    assert raised.value.findings
    with pytest.raises(CoachError):
        Danger.from_data(data)
