"""What different people type, by kind, each with what it means: read from tests/practice/typed."""

from pathlib import Path

FOLDER = Path(__file__).parent / "typed"


def cases(name: str) -> list[tuple[str, str, str]]:
    """List each kind, what was typed, and what is to come of it."""
    found, kind = [], ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            typed, _, meant = line.rpartition("=")
            found.append((kind, typed.strip(), meant.strip()))
    return found
