"""What the pages say of the house is so: what they name is there, and their diagram is the table's."""

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import load
from bot.practice import capsule, dialogue, repair, talk
from bot.practice import round as round_
from bot.practice.friend import STEPS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    ROOT / "prompts" / "STYLE.md",
    ROOT / "bot" / "sandbox" / "README.md",
]
_PATH = re.compile(r"`((?:bot|prompts|storage|tests|docs)/[A-Za-z0-9_./-]*)`")
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#([^)\s]+))?\)")
_ARROW = re.compile(r"^ +([A-Z_]+) --> ([A-Z_]+): (.+)$", re.MULTILINE)
_STEPS = {"seal, the second": "seal_last", "both threads closed": "close_threads"}


def anchors(page: Path) -> set[str]:
    """Tell the anchors of a page's headings, as they are made for links."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_whatever_a_page_names_is_there(page: Path) -> None:
    """Files, folders, and where its links lead to."""
    text = page.read_text("utf-8")
    missing = [path for path in _PATH.findall(text) if not (ROOT / path).exists()]
    for target, anchor in _LINK.findall(text):
        there = page.parent / target
        if not there.exists() or (anchor and anchor not in anchors(there)):
            missing.append(f"{target}#{anchor}")
    assert missing == []


@pytest.mark.parametrize(
    ("number", "table"),
    list(
        enumerate(
            [
                round_.TRANSITIONS,
                talk.TRANSITIONS,
                dialogue.TRANSITIONS,
                repair.TRANSITIONS,
                capsule.TRANSITIONS,
            ]
        )
    ),
    ids=["round", "talk", "dialogue", "card of a repair", "letter"],
)
def test_the_diagram_is_the_table(number: int, table: Mapping[tuple[StrEnum, StrEnum], StrEnum]) -> None:
    """Every step of it, and no other."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = _ARROW.findall(re.findall(r"```mermaid\nstateDiagram(.*?)```", page, re.DOTALL)[number])
    held = {(state.name, after.name, step.value) for (state, step), after in table.items()}
    assert {(state, after, _STEPS.get(step, step.replace(" ", "_"))) for state, after, step in drawn} == held


def test_the_diagram_of_the_neutral_friend_is_its_steps() -> None:
    """In their order, and then the question whether it is kept."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = re.findall(r"^ +([a-z]+) --> ([a-z]+): go on$", page, re.MULTILINE)
    assert drawn == list(pairwise((*STEPS, "asked")))


def test_the_settings_of_the_readme_are_those_that_are_read() -> None:
    """A setting that it leaves out would be found by nobody; one that it makes up would do nothing."""
    source = Path(load.__code__.co_filename).read_text("utf-8")
    rows = [
        line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `ATTUNE_")
    ]
    told = {name for row in rows for name in re.findall(r"`(ATTUNE_[A-Z_]+)`", row.split("|")[1])}
    assert told == set(re.findall(r'"(ATTUNE_[A-Z_]+)"', source))
