"""What the bot relies on is looked at, and what is too old is told in one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import needs
from storage import errors, files

ROOT = Path(__file__).parents[2]


def test_this_machine_has_what_is_needed() -> None:
    """No package here is older than its pin, and SQLite is new enough."""
    assert list(needs.old_packages()) == []
    files.check_engine(ROOT)


def test_an_old_package_and_a_missing_one_are_named(tmp_path: Path) -> None:
    """With what to run; a newer one is none of it, nor a project that was not copied along."""
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[project]\ndependencies = ["aiohttp==999.1", "jinja2==0.1", "nobody-made-this==1.0"]\n'
    )
    old, missing = needs.old_packages(project)
    assert old.startswith("aiohttp is ")
    assert old.endswith("older than 999.1: run uv sync --no-dev")
    assert missing == "nobody-made-this 1.0 is not installed: run uv sync --no-dev"
    assert list(needs.old_packages(tmp_path / "nothing.toml")) == []


def test_an_old_sqlite_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    """Such as that of a long-lived server's system."""
    with pytest.raises(
        errors.OldEngine, match=r"needs SQLite 3\.36\.0 or newer, and this Python has 3\.34\.1"
    ):
        files.check_engine(tmp_path, (3, 34, 1))


def test_an_old_python_is_told_in_one_line() -> None:
    """Before anything is read that it could not."""
    line = "import sys; sys.version_info, sys.version = (3, 10, 4), '3.10.4 (old)'; import bot"
    done = subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "Attune needs Python 3.11 or newer, and this is 3.10.4.\n"
