"""What is installed is what is written down: every package that comes along has its exact version."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"(?P<name>[a-z0-9-]+)(\[[a-z0-9,-]+\])?==(?P<version>[^=*<>~!,; ]+)(; .+)?")


def resolved() -> dict[str, str]:
    """Tell every package with its version, as `uv` resolves them for all systems and Pythons that we support."""
    lock = ROOT / "uv.lock"
    if not lock.exists():
        pytest.fail(
            "there is no uv.lock, which `uv sync` writes and `uv run` too: run the tests by one of them"
        )
    packages = tomllib.loads(lock.read_text())["package"]
    return {package["name"]: package["version"] for package in packages if "registry" in package["source"]}


def project() -> dict[str, Any]:
    """Read the project's file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_package_that_is_resolved_is_pinned_and_nothing_else_is() -> None:
    """Ours and what runs the tests by name; what comes along with them by a constraint."""
    read = project()
    uv = read["tool"]["uv"]
    written = [
        *read["project"]["dependencies"],
        *(pin for extra in read["project"]["optional-dependencies"].values() for pin in extra),
        *read["dependency-groups"]["dev"],
        *uv["constraint-dependencies"],
    ]
    pins = {pin: _PIN.fullmatch(pin) for pin in written}
    assert [pin for pin, match in pins.items() if match is None] == []
    assert {match["name"]: match["version"] for match in pins.values() if match} == resolved()
    assert len(pins) == len(resolved())


def test_a_pin_names_no_address() -> None:
    """Where packages are fetched from is each machine's own business."""
    assert "://" not in (ROOT / "pyproject.toml").read_text()
