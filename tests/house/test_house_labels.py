"""A bettered label breaks no test: tests know a button by its verb or its key, never by what it says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from prompts.render import read_buttons
from prompts.source import FALLBACK, ROOT

TESTS = Path(__file__).resolve().parents[1]
SANDBOX = TESTS / "sandbox"  # its bots are the tests' own, with buttons of their own
PRESSING = {"press", "presses"}


def named(tree: ast.AST, labels: frozenset[str]) -> Iterator[int]:
    """Give the lines on which a button is pressed, or looked for among labels, by what it says."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=called)) if called in PRESSING:
                words = [*node.args]
            case ast.Compare() if "label" in ast.unparse(node) or "buttons" in ast.unparse(node):
                words = [node.left, *node.comparators]
            case _:
                continue
        for each in words:
            for part in [each, *(each.elts if isinstance(each, ast.List | ast.Tuple) else [])]:
                if isinstance(part, ast.Constant) and part.value in labels:
                    yield part.lineno


def test_no_test_finds_a_button_by_its_label() -> None:
    """What a button says is the writers' own; `label("seal")` says it wherever a test must."""
    labels = frozenset(read_buttons(ROOT / FALLBACK, ROOT, []).values())
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("test_*.py"))
        if SANDBOX not in path.parents
        for line in named(ast.parse(path.read_text("utf-8")), labels)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ('ana.phone.press(first, "Seal it")', True),
        ('await ana.presses("Seal it")', True),
        ('assert "Seal it" in draft.labels', True),
        ('assert draft.labels == ["Older", "Seal it"]', True),
        ('assert draft.labels == labels("older", "seal")', False),
        ('await ana.presses(label("seal"))', False),
        ('await ana.sees("Seal it")', False),
    ],
)
def test_it_is_seen_where_a_label_is_named(written: str, *, is_found: bool) -> None:
    """A text that a person reads may be named, a label may not."""
    wrapped = f"async def it() -> None:\n    {written}"
    assert any(named(ast.parse(wrapped), frozenset(("Seal it",)))) is is_found
