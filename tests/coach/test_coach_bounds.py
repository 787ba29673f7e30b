"""The coach's bounds: pure, and linear in the text."""

import ast
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.coach import Coach

ROOM = Path(__file__).parents[2] / "bot" / "coach"
ALLOWED = {"regex", "rapidfuzz"}
IMPURE = {
    "asyncio",
    "datetime",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "socket",
    "subprocess",
    "sys",
    "time",
    "tomllib",
}
HARD = [
    "but ",
    "you should ",
    "you always never you always ",
    "i hear you but you should but ",
    '"',
    "“",
    "'you",
    "not not not you ",
    "!?.",
    "at least ",
    "aaaaaaaa",
    "😂",
    "a" * 50,
    "\u2018",
    "```",
    ">\n",
    "so so so ",
]


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_the_room_is_pure(path: Path) -> None:
    """It imports itself, the two libraries that read text, and what of Python has no input, output or clock."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    for name in names:
        top = name.split(".")[0]
        assert top not in IMPURE
        assert (
            top in ALLOWED
            or name.startswith("bot.coach")
            or top not in {"bot", "prompts", "storage", "telegram"}
        )
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input"}


@pytest.mark.parametrize("piece", HARD)
def test_the_time_grows_with_the_length_alone(coach: Coach, piece: str) -> None:
    """Four times the text takes no more than about four times as long, whatever it is full of."""

    def took(signs: int) -> float:
        text = (piece * signs)[:signs]
        start = time.process_time()
        coach.suggest(coach.read(text, text))
        return time.process_time() - start

    short, long = min(took(1000) for _ in range(3)), min(took(4000) for _ in range(3))
    assert long < short * 12 + 0.05


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(HARD), max_size=60))
def test_whatever_is_pointed_at_stands_in_the_text(coach: Coach, pieces: list[str]) -> None:
    """Also where quotations, turns and denials are piled up."""
    text = "".join(pieces)
    reading = coach.read(text, text[::-1])
    for found in (*reading.gets_in_the_way, *reading.noticed):
        assert text[found.start : found.end] == found.words
        assert found.words
