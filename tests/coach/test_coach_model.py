"""The small models: the same texts give the same file, and a file that is none is refused in one line."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from english_files import FOLDER, english, english_model
from hands import TUNING
from hypothesis import given, settings
from hypothesis import strategies as st
from train import Plan, Sample, head, train

from bot.coach.danger import Danger
from bot.coach.features import LONGEST_PART, features, parts
from bot.coach.model import Model, ModelError
from bot.content import load_danger

DANGER = Danger.from_data(english("danger.toml"), english_model("danger.model"))
WRITTEN = (FOLDER / "danger.model").read_text("utf-8")
TENS_OF_KILOBYTES = 60_000


def _small() -> Plan:
    yes = [
        f"he {verb} my {thing} again" for verb in ("hides", "takes", "burns") for thing in ("keys", "papers")
    ]
    no = [
        f"we {verb} the {thing} together" for verb in ("find", "paint", "share") for thing in ("door", "cake")
    ]
    samples = [Sample(text, TUNING[at % 2], "yes", yes=True) for at, text in enumerate(yes)]
    samples += [Sample(text, TUNING[at % 2], "no") for at, text in enumerate(no)]
    return Plan("small", samples, 512, 2.0, {"no": 0.0}, (0.0, 0.0))


def test_training_again_gives_the_same_file() -> None:
    """Byte for byte, on a small part; the whole of it is compared by `train.py --check`."""
    assert train([_small()]) == train([_small()])


def test_a_small_model_parts_what_it_was_shown() -> None:
    """And what is alike: it has learned words and no sentences."""
    model = Model.from_text(train([_small()]))
    assert model.score("small", "he hides my papers") > 0 > model.score("small", "we share the cake")
    block, _ = head(_small())
    assert block["weights"] != [0] * 512


def test_the_delivered_model_scores_its_own_examples_the_same() -> None:
    """The reader and the trainer count alike; and the file is small."""
    assert english_model("danger.model").flaws() == []
    assert len(WRITTEN) < TENS_OF_KILOBYTES


def test_a_changed_weight_is_noticed() -> None:
    """A file that was damaged on its way is not read as another opinion."""
    data = json.loads(WRITTEN)
    lines = data["heads"]["danger"]["weights"]
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
        json.dumps({**_without("heads"), "heads": {"danger": {"places": 1 << 30}}}),
        json.dumps({**_without("examples"), "examples": [["nobody", "text", 0.0]]}),
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


@pytest.mark.parametrize("rule", english("danger.toml")["danger"], ids=lambda rule: str(rule["kind"]))
def test_the_examples_hold_with_the_model_too(rule: dict[str, Any]) -> None:
    """What must be found is found whatever the model thinks of it, and what must not is not."""
    assert [text for text in rule["must"] if DANGER.notices(text) is None] == []
    assert [text for text in rule["must_not"] if DANGER.notices(text) is not None] == []


def test_the_model_alone_notices_something() -> None:
    """What no phrase says, and a careful friend would hear: somewhere in the texts for tuning there is such a one."""
    text = "His mum sits in the front window and writes down what time I go out and come back"
    assert Danger.from_data(english("danger.toml")).notices(text) is None
    assert DANGER.notices(text) == "fear"


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=600))
def test_any_text_has_parts_and_a_score(text: str) -> None:
    """No part is much longer than what was trained on, and every feature has its place."""
    for part in parts(text):
        assert 0 < len(part) <= LONGEST_PART
        assert all(0 <= place < 64 for place in features(part, 64))
    assert DANGER.notices(text) is None or text
