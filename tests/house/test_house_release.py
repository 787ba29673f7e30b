"""A release is one thing: a number, a part of the changelog, and a database that later ones live on in."""

import re
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def releases() -> list[tuple[str, date]]:
    """List what the changelog calls a release, the newest first."""
    told = RELEASE.findall((ROOT / "CHANGELOG.md").read_text("utf-8"))
    return [(number, date.fromisoformat(day)) for number, day in told]


def test_the_version_is_the_changelogs_newest_release() -> None:
    """Whose dates go back in time; what comes after it stands under Unreleased."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = releases()
    assert project["version"] == found[0][0]
    assert [day for _, day in found] == sorted((day for _, day in found), reverse=True)
    assert (ROOT / "CHANGELOG.md").read_text("utf-8").index("## [Unreleased]") < 400


def test_every_release_left_a_database_to_live_on_in() -> None:
    """`python tests/upgrades/make.py` makes it, with that release's own code."""
    for number, _ in releases():
        assert (ROOT / "tests" / "upgrades" / number / "attune.db.gz").is_file(), number
