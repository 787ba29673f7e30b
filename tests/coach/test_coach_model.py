"""The small models: the same texts give the same file, and a file that is none is refused in one line."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from english_files import FOLDER, english, english_danger, english_model
from hands import TUNING
from hypothesis import given, settings
from hypothesis import strategies as st
from plan import Plan, Sample
from train import most_common, worth_of, write

from bot.coach.coach import Coach, hints
from bot.coach.danger import Danger
from bot.coach.features import LONGEST_PART, features, parts
from bot.coach.model import Limits, Model, ModelError
from bot.coach.reading import Reading
from bot.content.advising import load_danger

DANGER = english_danger()
WRITTEN = (FOLDER / "danger.model").read_text("utf-8")
# The coach knows twenty kinds apart, and a larger file of it notices more at as many false alarms (docs/results.md).
SMALL = {"coach.model": 1_150_000, "danger.model": 320_000}


def _small() -> Plan:
    own = [
        Sample(f"he {verb} my {thing} again", TUNING[at % 2], "plain", "papers")
        for at, verb in enumerate(("hides", "takes", "burns"))
        for thing in ("keys", "papers")
    ]
    phone = [
        Sample(f"he reads my {what} at night", TUNING[0], "plain", "phone")
        for what in ("mail", "texts", "diary")
    ]
    no = [
        Sample(f"we {verb} the {thing} together", TUNING[at % 2], "lookalike")
        for at, verb in enumerate(("find", "paint", "share"))
        for thing in ("door", "cake")
    ]
    return Plan("danger", [*own, *phone, *no], Limits(0.5, 0.0, -1.0, -1.0, -1.0, -1.0), places=512)


def test_training_again_gives_the_same_file() -> None:
    """Byte for byte, on a small part; the whole of it is compared by `train.py --check`."""
    assert write(_small()) == write(_small())


def test_a_small_model_parts_what_it_was_shown() -> None:
    """And tells the kinds apart, also in what is only alike: it has learned words and no sentences."""
    model = Model.from_text(write(_small()))
    assert model.flaws() == []
    score, kind, _ = model.judge("he hides my papers")
    assert score > 0 > model.score("we share the cake")
    assert kind == "papers"
    assert model.judge("he reads my phone at night").kind == "phone"


def test_what_stands_in_too_few_texts_says_nothing() -> None:
    """A feature of one text alone is worth nothing, and the rarer of two others is worth more."""
    worth = worth_of([[0, 1, 2], [0, 1], [0, 1], [0, 1], [0], [0, 3]], 8)
    assert worth[2] == worth[3] == worth[7] == 0
    assert worth[1] > worth[0] > 0


def test_a_known_hint_counts_as_a_feature_does() -> None:
    """What the phrases notice is told to the model by name."""
    assert {*features(["a"], 512, ["noticed feeling"])} > {*features(["a"], 512)}
    reading = Coach.from_data(english("coach.toml")).read("That sounds lonely.")
    assert {"noticed feeling", "names_feeling 0.5"} <= hints(reading)
    beside = {"good: noticed nothing", "good: long 0"}
    assert hints(Reading(beside="good")) == {"noticed nothing", *beside}


def test_common_words_make_frames() -> None:
    """What stands between them may be anything; and a model that knows no common words has none."""
    common = ("so", "i", "am", "the", "now")
    one, other = (
        {*features(f"so i am the {word} now".split(), 1 << 17, (), common)} for word in ("villain", "bad guy")
    )
    bare = {*features(["so", "i", "am", "the", "villain", "now"], 1 << 17)}
    assert len(one & other) > len(bare & other)
    assert most_common(["b a a", "c b a", "d"], 2) == ["a", "b"]


def test_the_delivered_models_score_their_own_examples_the_same() -> None:
    """The reader and the trainer count alike; and the files are small."""
    for name, small in SMALL.items():
        assert english_model(name).flaws() == []
        assert len((FOLDER / name).read_text("utf-8")) < small


def test_a_changed_weight_is_noticed() -> None:
    """A file that was damaged on its way is not read as another opinion."""
    data = json.loads(WRITTEN)
    lines = data["heads"]["papers"]["weights"]
    lines[0] = lines[0][:-1] + ("0" if lines[0][-1] != "0" else "1")
    with pytest.raises(ModelError):
        Model.from_text(json.dumps(data))


def _without(key: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(WRITTEN)
    del data[key]
    return data


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "no json",
        "[]",
        "3",
        '"text"',
        "{}",
        '{"format": "attune-model-9"}',
        "[" * 5000,
        json.dumps(_without("heads")),
        json.dumps({**_without("places"), "places": 1 << 30}),
        json.dumps({**_without("heads"), "heads": {"fear": {}}}),
        json.dumps(_without("limits")),
        json.dumps({**_without("examples"), "examples": [["danger"]]}),
    ],
)
def test_a_foreign_file_is_refused(foreign: str) -> None:
    """Whatever is wrong with it, by one kind of error."""
    with pytest.raises(ModelError):
        Model.from_text(foreign)


@pytest.mark.parametrize("broken", [None, b"not a model", b"\xff\xfe\x00"])
def test_without_a_model_the_phrases_are_left(
    broken: bytes | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A missing or foreign file costs what only the model notices, and one line in the log."""
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "danger.toml").write_bytes((FOLDER / "danger.toml").read_bytes())
    if broken is not None:
        (folder / "danger.model").write_bytes(broken)
    with caplog.at_level(logging.WARNING):
        danger = load_danger(folder, tmp_path)
    assert danger is not None
    assert danger.notices("He hit me last night.") == "violence"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "danger.model" in caplog.text


def test_a_doubt_takes_no_suggestion_back() -> None:
    """What a phrase needs that another bears out isn't where nobody is said to feel heard any more."""
    model = english_model("coach.model")
    model.limits = replace(model.limits, doubt=9.0)
    coach = Coach.from_data(english("coach.toml"), model)
    assert {"blame", "advice"} <= {*coach.read("You always do this. You should have called me.").kinds}


@pytest.mark.parametrize("rule", english("danger.toml")["danger"], ids=lambda rule: str(rule["kind"]))
def test_the_examples_hold_with_the_model_too(rule: dict[str, Any]) -> None:
    """What must be found is found whatever the model thinks of it, and what must not is not."""
    assert [text for text in rule["must"] if DANGER.notices(text) is None] == []
    assert [text for text in rule["must_not"] if DANGER.notices(text) is not None] == []


def test_the_model_alone_notices_something() -> None:
    """What no phrase says, and a careful friend would hear: somewhere in the texts for tuning there is such a one."""
    text = "His mum sits in the front window and writes down what time I go out and come back"
    assert Danger.from_data(english("danger.toml")).notices(text) is None
    assert DANGER.notices(text) == "movement"


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=600))
def test_any_text_has_parts_and_a_score(text: str) -> None:
    """No part is much longer than what was trained on, and every feature has its place."""
    for part in parts(text):
        assert 0 < len(part) <= LONGEST_PART
        assert all(0 <= place < 64 for place in features(part, 64))
    assert DANGER.notices(text) is None or text
