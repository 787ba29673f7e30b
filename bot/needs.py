"""What the bot relies on, and what of it is older here than it needs: each told in one line."""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

BOT_API = "7.2"  # of 31 March 2024: the first whose getMe names what comes just after `link_preview_options`
NEWER_THAN = "can_connect_to_business"  # a key of getMe since then
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^;\s]+)")


def old_packages(project: Path = PROJECT) -> Iterator[str]:
    """Name the packages that are older than those the bot was made with, or are not there."""
    try:
        wanted = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]
    except OSError:
        return  # only the rooms were copied: there is nothing to compare with
    for name, pinned in (found.groups() for line in wanted if (found := _PIN.match(line))):
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield f"{name} {pinned} is not installed: run uv sync --no-dev"
            continue
        if _numbers(installed) < _numbers(pinned):
            yield f"{name} is {installed}, older than {pinned}: run uv sync --no-dev"


def old_server(me: dict[str, object]) -> str:
    """Say that a Bot API server is older than what the bot asks of it, by its answer to getMe."""
    if NEWER_THAN in me:
        return ""
    return f"the Bot API server of ATTUNE_API_URL is older than {BOT_API}: update it"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]+", version.partition("+")[0]))
