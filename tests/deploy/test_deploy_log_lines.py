"""Whatever the bot writes into its log is told in docs/operating.md, with what to do about it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOLE = re.compile(r"%[-+.0-9]*[sdrf]")
LEVELS = {"info", "warning", "error", "critical", "log"}
NOT_SERVING = (
    "bot/home/",
    "bot/sandbox/",
    "bot/logs.py",
)  # the last: what libraries say, by kind and place alone


def told() -> Iterator[tuple[str, str]]:
    """List the longest fixed part of each line that is logged, with its place."""
    for file in sorted(
        path for room in ("bot", "prompts", "storage") for path in (ROOT / room).rglob("*.py")
    ):
        place = file.relative_to(ROOT).as_posix()
        if place.startswith(NOT_SERVING):
            continue
        for call in filter(is_logged, ast.walk(ast.parse(file.read_text("utf-8")))):
            for part in ast.walk(call):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield place, max(HOLE.split(part.value), key=len).strip(" .:(),")


def is_logged(node: ast.AST) -> bool:
    """Tell a call of `log.warning` and the like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in {("log", level) for level in LEVELS}
    )


def test_every_line_of_the_log_is_explained() -> None:
    """What has no fixed words of its own is told by its kind elsewhere."""
    table = (ROOT / "docs" / "operating.md").read_text("utf-8")
    lines = [(place, part) for place, part in told() if " " in part]
    assert len(lines) > 30
    assert [(place, part) for place, part in lines if part not in table] == []
