"""Whether there is enough of all: prompts in every theme and of every sort, and small things to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from prompts.deck import Deck
from prompts.fields import Fields
from prompts.prompt import Form, Prompt
from prompts.source import Finding, Source
from prompts.themes import read_themes

AT_LEAST = "at_least"
MOST = range(1, 10_000)
SORTS = {
    "about_the_two": "have a theme",
    "light": "of a theme are light",
    "two_sided": "of a theme have two sides",
    "guesses": "of a theme are guesses",
    "quick": "are quick",
}
"""What is counted besides each theme, and how it is said."""


def find_want(folder: Path, root: Path, decks: Iterable[Deck], things: int) -> list[Finding]:
    """Find what there is less of than themes.toml asks; nothing where it asks for nothing."""
    findings: list[Finding] = []
    source, themes = read_themes(folder, root, findings)
    if source is None or AT_LEAST not in source.data:
        return []
    asked = Fields(source, source.data[AT_LEAST], findings, (AT_LEAST, 0), f"[{AT_LEAST}]")
    wanted = {name: asked.number(name, MOST) for name in ("a_theme", *SORTS, "things")}
    asked.finish()
    alive = [prompt for deck in decks for prompt in deck.prompts if not prompt.retired]
    counts = _count(alive)
    findings += _wants_of_themes(source, list(themes), alive, wanted["a_theme"])
    for name, said in SORTS.items():
        if counts[name] < wanted[name]:
            asked.wrong(name, f"{counts[name]} prompts {said}.", _write(wanted[name] - counts[name]))
    if things < wanted["things"]:
        asked.wrong("things", f"There are {things} small things.", _write(wanted["things"] - things))
    return findings


def _count(alive: Collection[Prompt]) -> dict[str, int]:
    full = [prompt for prompt in alive if prompt.theme and not prompt.quick]
    return {
        "about_the_two": len(full),
        "light": sum(prompt.light for prompt in full),
        "two_sided": sum(prompt.two_sided for prompt in full),
        "guesses": sum(prompt.form is Form.GUESS for prompt in full),
        "quick": sum(prompt.quick for prompt in alive),
    }


def _wants_of_themes(
    source: Source, themes: list[str], alive: Collection[Prompt], wanted: int
) -> Iterator[Finding]:
    for index, theme in enumerate(themes):
        has = sum(prompt.theme == theme and not prompt.quick for prompt in alive)
        if has < wanted:
            wrong = f"The theme “{theme}” has {has} prompts."
            yield Finding(source.name, source.line(("theme", index), "id"), wrong, _write(wanted - has))


def _write(more: int) -> str:
    return f"Write {more} more, or ask for fewer in [{AT_LEAST}]."
