"""The texts by many hands are whole, and the hands that are held apart are not shown."""

import pytest
from hands import (
    ANSWERS,
    CHOOSING,
    FOLDER,
    HELD_APART,
    MIRRORS,
    SETS,
    TRAINING,
    TUNING,
    read_hand,
    read_hands,
    read_reflections,
)
from measure_hands import REFUSED, Tally, main

# What a hand wrote; some wrote in many voices.
COUNTS = {"unhelpful": 200, "kind": 170, "danger": 140, "lookalike": 220}
IN_VOICES = {
    "voices": {"unhelpful": 996, "kind": 873, "danger": 282, "lookalike": 472},
    "harbour": {"unhelpful": 659, "kind": 1125, "danger": 99, "lookalike": 347},
    "crossing": {"unhelpful": 675, "kind": 702, "danger": 223, "lookalike": 363},
    "fields": {"unhelpful": 217, "kind": 467, "danger": 58, "lookalike": 158},
    "orchard": {"unhelpful": 260, "kind": 320, "danger": 120, "lookalike": 260},
    "market": {"unhelpful": 260, "kind": 320, "danger": 120, "lookalike": 260},
    "lantern": {"unhelpful": 240, "kind": 420, "danger": 102, "lookalike": 299},
    "meadow": {"unhelpful": 200, "kind": 300, "danger": 119, "lookalike": 240},
    "river": {"unhelpful": 233, "kind": 280, "danger": 120, "lookalike": 220},
    "harvest": {"unhelpful": 233, "kind": 280, "danger": 120, "lookalike": 220},
    "anchor": {"unhelpful": 232, "kind": 280, "danger": 119, "lookalike": 220},
    "quarry": {"unhelpful": 232, "kind": 280, "danger": 120, "lookalike": 220},
    "terrace": {"unhelpful": 234, "kind": 280, "danger": 120, "lookalike": 220},
    "cedar": {"unhelpful": 229, "kind": 280, "danger": 120, "lookalike": 226},
    "lighthouse": {"unhelpful": 240, "kind": 380, "danger": 119, "lookalike": 220},
    "mill": {"unhelpful": 240, "kind": 380, "danger": 120, "lookalike": 224},
    "cove": {"unhelpful": 320, "kind": 280, "danger": 116, "lookalike": 220},
    "viaduct": {"unhelpful": 320, "kind": 280, "danger": 119, "lookalike": 222},
    "ferry": {"unhelpful": 192, "kind": 250, "danger": 119, "lookalike": 240},
}


def test_every_hand_is_on_one_side_of_the_split() -> None:
    """A file that is on neither side, or on both, would be neither tuned on nor counted honestly."""
    assert not {*TRAINING, *TUNING, *ANSWERS} & {*CHOOSING, *HELD_APART}
    assert not {*CHOOSING, *MIRRORS} & {*HELD_APART}
    assert not {*TRAINING, *TUNING, *ANSWERS, *CHOOSING} & {*MIRRORS}
    files = {path.stem.removeprefix("hand_") for path in FOLDER.glob("hand_*.tsv")}
    assert files == {*TRAINING, *ANSWERS, *CHOOSING, *MIRRORS, *HELD_APART}


@pytest.mark.parametrize("hand", [*TUNING, *CHOOSING, *HELD_APART])
def test_a_hand_is_whole(hand: str) -> None:
    """Every set has its number of texts, every text stands once, and what is answered has its moment."""
    texts = read_hand(hand)
    counts = IN_VOICES.get(hand, COUNTS)
    assert {name: sum(text.set == name for text in texts) for name in SETS} == counts
    assert len({text.text for text in texts}) == len(texts)
    for text in texts:
        assert bool(text.moment) == (text.set in ("unhelpful", "kind"))
        assert bool(text.label) == (text.set in ("unhelpful", "danger"))
        assert text.said in (("plain", "between") if text.set == "danger" else ("",))


def test_no_text_stands_with_two_hands() -> None:
    """A text on both sides of the split would be tuned on and counted."""
    texts = [
        text.text.lower()
        for text in read_hands((*TRAINING, *ANSWERS, *CHOOSING, *HELD_APART))
        if len(text.text.split()) > 3
    ]
    assert len(texts) == len(set(texts))


def test_the_reflections_stand_with_no_hand() -> None:
    """What is trained on them would be counted as known."""
    texts = [text.text.lower() for text in read_reflections()]
    assert len(texts) == len(set(texts)) == 120
    assert not {*texts} & {
        text.text.lower() for text in read_hands((*TRAINING, *ANSWERS, *CHOOSING, *HELD_APART))
    }


@pytest.mark.parametrize(
    "arguments",
    [["held_apart", "--show", "kind"], ["--show", "danger", "held_apart"], ["mirrors", "--show", "kind"]],
)
def test_what_is_held_apart_is_not_shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is asked for beside it."""
    assert main(arguments) == 2
    assert capsys.readouterr().out.strip() == REFUSED


@pytest.mark.parametrize("arguments", [["held-apart"], ["tuning", "mirrors"]])
def test_a_word_that_names_nothing_is_told_how(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the hands for tuning would be counted in place of what was meant."""
    assert main(arguments) == 2
    assert "measure_hands.py held_apart" in capsys.readouterr().out


def test_the_interval_is_wilsons() -> None:
    """By the textbook: 10 of 40 lies between 14.2 and 40.2 in 100; none of 20 below 16.1."""
    low, high = Tally(10, 40).interval()
    assert (round(low, 3), round(high, 3)) == (0.142, 0.402)
    assert round(Tally(0, 20).interval()[1], 3) == 0.161
