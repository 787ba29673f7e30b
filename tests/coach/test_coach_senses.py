"""Words that mean alike: found by their group, with and without an ending, and told beside their neighbours."""

import json
import tomllib
from pathlib import Path

import pytest
from english_files import FOLDER

from bot.coach.features import features
from bot.coach.model import Model, ModelError
from bot.coach.senses import NONE, Senses

SENSES = Senses({"kin": "aunt uncle", "tired": "tired knackered", "warm": "aunt"}, [("ies", "y"), ("s", "")])
WRITTEN = tomllib.loads((Path(__file__).parent / "senses.toml").read_text("utf-8"))


def test_a_word_is_in_its_groups() -> None:
    """With its ending or without; and in none where it is unknown, or too little would be left of it."""
    assert SENSES.of("aunt") == ("<kin>", "<warm>")
    assert SENSES.of("uncles") == ("<kin>",)
    assert SENSES.of("spoon") == SENSES.of("s") == ()


def test_groups_stand_beside_what_is_around_them() -> None:
    """What was learned of "my uncle is knackered" says something of "my aunts is tired"."""
    one, other = (
        {*SENSES.features(["^", "my", *words, "$"])} for words in (["uncle", "knackered"], ["aunts", "tired"])
    )
    assert {"<kin>", "<tired>", "my <kin>", "<kin> <tired>", "<tired> $"} <= one & other
    assert "my_<tired>" in one


def test_without_groups_nothing_is_added() -> None:
    """A model that has none reads as before."""
    assert list(NONE.features(["^", "aunt", "$"])) == []
    assert features(["aunt"], 512) == features(["aunt"], 512, (), (), NONE)
    assert {*features(["aunt"], 1 << 17)} < {*features(["aunt"], 1 << 17, (), (), SENSES)}


def test_the_delivered_model_has_the_groups_that_stand_in_the_file() -> None:
    """After a change of them it is to be trained again."""
    assert json.loads((FOLDER / "coach.model").read_text("utf-8"))["senses"] == WRITTEN


@pytest.mark.parametrize(
    "senses", [{}, [], {"groups": [], "endings": []}, {"groups": {}, "endings": ["s"]}, 3]
)
def test_foreign_groups_are_refused(senses: object) -> None:
    """By the same kind of error as anything else in a model's file that is none."""
    data = json.loads((FOLDER / "danger.model").read_text("utf-8"))
    with pytest.raises(ModelError):
        Model.from_text(json.dumps({**data, "senses": senses}))
