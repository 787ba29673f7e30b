"""SECURITY.md's table from requirement to test is complete and names only tests that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
POINTS = (*range(1, 15), 16, 17)


def there_are() -> set[str]:
    """Name every test of this repository."""
    return {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in DEFINED.findall(path.read_text("utf-8"))
    }


def test_every_named_test_is_there() -> None:
    """A test that is renamed or removed has to be so on the page too."""
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert named
    assert named - there_are() == set()


def test_every_point_has_its_attack() -> None:
    """Each point of the practice has a row, and in it a test that is named after it."""
    rows = dict(re.findall(r"^\| (\d+) \| (.*) \|$", PAGE, re.MULTILINE))
    assert sorted(map(int, rows)) == list(POINTS)
    assert not [point for point in POINTS if f"`test_safety_{point:02}_" not in rows[str(point)]]


def test_every_attack_of_this_folder_is_on_the_page() -> None:
    """No test named `test_safety_...` is left out."""
    attacks = {name for name in there_are() if name.startswith("test_safety_")}
    assert attacks - set(re.findall(r"`(test_\w+)`", PAGE)) == set()
