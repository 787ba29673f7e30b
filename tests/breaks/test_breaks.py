"""The list of breaks does not rot: each rule still stands where it says, and each promise has one."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from break_list import ROOT, Break, load
from breaking import NotGreen, try_all

BREAKS = load()
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
ROW = re.compile(r"^\| ([^|]+) \|.*`test_\w+`.*\|$", re.MULTILINE)
LEAST = 60


def rows(page: str = SECURITY) -> list[str]:
    """List what the two tables of SECURITY.md hold: the points by their numbers, the attacks in their words."""
    return [row.strip() for row in ROW.findall(page)]


def kept_by(row: str, breaks: Iterable[Break]) -> list[Break]:
    """Give the breaks of a point or an attack: a number is meant as a whole, words by how they begin."""
    return [
        broken
        for broken in breaks
        if any(row == key or (not key.isdigit() and row.startswith(key)) for key in broken.keeps)
    ]


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.name)
def test_a_rule_stands_where_its_break_says(broken: Break) -> None:
    """Exactly once; and what is left without it is still a program."""
    text = broken.applied((ROOT / broken.file).read_text("utf-8"))
    if broken.file.endswith(".py"):
        ast.parse(text)
    for test in broken.tests:
        file, _, name = test.partition("::")
        assert (
            f"def {name.partition('[')[0]}(" in (ROOT / file).read_text("utf-8")
            if name
            else (ROOT / file).exists()
        )


def test_there_are_enough_and_each_has_a_name() -> None:
    """And a test that is nearest to it."""
    assert len(BREAKS) >= LEAST
    assert [name for name, times in Counter(broken.name for broken in BREAKS).items() if times > 1] == []
    assert [broken.name for broken in BREAKS if not broken.tests] == []


def test_every_promise_is_broken_by_something() -> None:
    """All points and attacks of SECURITY.md; and what a break says that it is of is one of them."""
    found = rows()
    assert len(found) > 25
    assert [row for row in found if not kept_by(row, BREAKS)] == []
    strange = [
        b.name
        for b in BREAKS
        if any(not any(kept_by(r, [replace(b, keeps=(k,))]) for r in found) for k in b.keeps)
    ]
    assert strange == []


RULE = """
def may(who: int) -> bool:
    \"\"\"Tell whether somebody may.\"\"\"
    return who == 1
"""
TEST = """
from rule import may


def test_one_may() -> None:
    assert may(1)


def test_nobody_else_may() -> None:
    assert not may(2)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project of one rule and its tests."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "rule.py").write_text(RULE)
    (root / "test_rule.py").write_text(TEST)
    return root


def a_break(old: str, new: str, test: str = "test_rule.py") -> Break:
    """Make a break of the rule."""
    return Break("a try", "rule.py", old, new, (test,))


def test_a_break_that_no_test_notices_survives(project: Path, tmp_path: Path) -> None:
    """A broken rule is found, a changed sentence is not; what cannot be imported fails every test and proves none."""
    rule, word = a_break("who == 1", "who == 2"), a_break("Tell whether", "Say whether")
    none = a_break("def may", "def might")
    outcomes = list(try_all([rule, word, none], tmp_path, 2, root=project))
    assert [outcome.found for outcome in outcomes] == [True, False, False]
    assert {(tmp_path / f"copy{number}" / "rule.py").read_text() for number in (0, 1)} == {RULE}


def test_a_test_that_is_red_with_nothing_broken_ends_it(project: Path, tmp_path: Path) -> None:
    """It would find whatever is broken."""
    (project / "test_rule.py").write_text(TEST.replace("not may(2)", "may(2)"))
    with pytest.raises(NotGreen, match="test_nobody_else_may"):
        list(try_all([a_break("who == 1", "True")], tmp_path, root=project))


def test_a_rule_that_has_moved_is_told() -> None:
    """Before anything is run."""
    gone = a_break("a rule that is gone", "")
    with pytest.raises(ValueError, match="stands 0 times"):
        gone.applied(RULE)
