"""The comparison with three experts: made-up conversations in the form of the public set's two files."""

import csv
from pathlib import Path

import pytest
from measure_experts import EXPERTS, Experts, conversations, main, ratings, spearman, table

SAID = {
    "1": ("I lost my job today.", ["I lost mine last year. My boss never told me why.", "I got over it."]),
    "2": (
        "I lost my job today.",
        ["You should call them.\nYou need to update your resume.", "Have you tried yoga?"],
    ),
    "3": ("I lost my job today.", ["I'm so sorry to hear that.", "What was it like for you?"]),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write both files."""
    folder = tmp_path_factory.mktemp("set")
    said, rated = folder / "said.csv", folder / "rated.csv"
    with said.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["conversation_id", "full_conversation"])
        for number, (first, turns) in SAID.items():
            lines = [f"Seeker: {first}", *(f"Supporter: {turn}\nSeeker: Thanks." for turn in turns)]
            rows.writerow([number, "\n".join(lines)])
    with rated.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "lend_an_ear_conversation_id",
                "advice_giving",
                "self_oriented",
                "dismissing_emotions",
                "annotation_method",
            ]
        )
        for expert in (*EXPERTS, "crowd"):
            rows.writerows([["1", 1, 5, 3, expert], ["2", 5, 1, 2, expert], ["3", 2, 2, 1, expert]])
    return said, rated


@pytest.fixture(scope="module")
def coach() -> Experts:
    """Load the coach once."""
    return Experts()


def test_both_files_are_read(files: tuple[Path, Path]) -> None:
    """A turn may have several lines; only the experts' ratings count."""
    said = conversations(files[0])
    assert said["2"] == ("I lost my job today.", [turn.replace("\n", " ") for turn in SAID["2"][1]])
    rated = ratings(files[1])
    assert set(rated) == set(EXPERTS)
    assert rated["expert2"]["advice"] == {"1": 1.0, "2": 5.0, "3": 2.0}


def test_each_conversation_is_highest_in_what_it_does(files: tuple[Path, Path], coach: Experts) -> None:
    """Who tells of oneself, and who advises, are graded above the others; who listens does neither."""
    found = {number: coach.numbers(one) for number, one in conversations(files[0]).items()}
    assert max(found, key=lambda number: found[number]["turning to oneself"]) == "1"
    assert max(found, key=lambda number: found[number]["advice"]) == "2"
    assert found["3"]["turning to oneself"] == 0.0


def test_equal_values_share_a_rank() -> None:
    """As Spearman has it."""
    assert spearman([1, 2, 2, 3], [1, 2, 2, 3]) == pytest.approx(1.0)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert spearman([1, 1, 2], [1, 2, 3]) == pytest.approx(0.866, abs=0.001)


def test_the_table_has_a_line_for_each(files: tuple[Path, Path], coach: Experts) -> None:
    """By name, with ours and what the experts have with each other."""
    lines = [*table(conversations(files[0]), ratings(files[1]), coach)]
    assert [line.split("  ")[0] for line in lines] == ["advice", "turning to oneself", "dismissing"]
    assert all("1.00 to 1.00" in line for line in lines)


def test_whoever_names_no_files_is_told_which(capsys: pytest.CaptureFixture[str]) -> None:
    """Both, and where they are from."""
    assert main([]) == 2
    assert "zenodo" in capsys.readouterr().out
