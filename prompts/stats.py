"""Count a library: by way, theme, depth, form and arc, and the turns of phrase it falls back on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prompts.deck import Library, read_decks
from prompts.pieces import around_pieces, deck_pieces
from prompts.prompt import DEPTHS, Form, Prompt, Way
from prompts.source import ROOT
from prompts.style import load_style
from prompts.themes import Theme
from prompts.tics import common_phrases, said

PHRASES = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """The prompts of one way or theme, or of all: how many of each sort. Quick ones are counted apart."""

    name: str
    prompts: int
    by_depth: Mapping[int, int]
    by_form: Mapping[Form, int]
    two_sided: int
    heavy: int
    light: int
    quick: int
    sensitive: int
    plain: int
    in_arcs: int


@dataclass(frozen=True, slots=True)
class ArcRow:
    """One arc: its way, how long it is, and how deep it goes."""

    id: str
    title: str
    way: Way
    prompts: int
    depth: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of a library; retired prompts are not among them."""

    ways: Sequence[Tally]
    themes: Sequence[tuple[Theme, Tally]]
    without_theme: Tally
    total: Tally
    arcs: Sequence[ArcRow]


@dataclass(frozen=True, slots=True)
class Phrases:
    """How often the watched turns of phrase stand in the words, and which others are frequent."""

    watched: Sequence[tuple[str, int]]
    at_most: int
    common: Sequence[tuple[str, int]]


def stats(library: Library) -> Stats:
    """Count a library."""
    prompts = [prompt for prompt in library.prompts.values() if not prompt.retired]
    return Stats(
        ways=[_count(way.value, library, [p for p in prompts if p.way is way]) for way in Way],
        themes=[
            (theme, _count(theme.id, library, [p for p in prompts if p.theme == theme.id]))
            for theme in library.themes.values()
        ],
        without_theme=_count("none", library, [p for p in prompts if p.theme is None]),
        total=_count("all", library, prompts),
        arcs=[_count_arc(library, arc) for arc in sorted(library.arcs)],
    )


def count_phrases(library: Library, root: Path = ROOT) -> Phrases:
    """Count the turns of phrase in a language's own words."""
    folder = root / library.language
    decks, _ = read_decks(folder, root, library.themes)
    retired = [prompt.id for prompt in library.prompts.values() if prompt.retired]
    pieces = said([*deck_pieces(decks), *around_pieces(folder, root, [])], retired)
    tics = load_style(folder, root, []).tics
    return Phrases(tics.count(pieces).most_common(), tics.at_most, common_phrases(pieces, PHRASES))


def _count(name: str, library: Library, prompts: Sequence[Prompt]) -> Tally:
    full = [prompt for prompt in prompts if not prompt.quick]
    depths = Counter(prompt.depth for prompt in full)
    forms = Counter(prompt.form for prompt in full)
    return Tally(
        name=name,
        prompts=len(full),
        by_depth={depth: depths[depth] for depth in DEPTHS},
        by_form={form: forms[form] for form in Form},
        two_sided=sum(prompt.two_sided for prompt in full),
        heavy=sum(prompt.heavy for prompt in full),
        light=sum(prompt.light for prompt in full),
        quick=len(prompts) - len(full),
        sensitive=sum(bool(p.theme and library.themes[p.theme].sensitive) for p in prompts),
        plain=sum(prompt.plain_sides != prompt.sides for prompt in full),
        in_arcs=sum(prompt.arc is not None for prompt in full),
    )


def _count_arc(library: Library, arc_id: str) -> ArcRow:
    arc = library.arcs[arc_id]
    prompts = [library.prompts[prompt_id] for prompt_id in arc.prompts]
    depth = max(prompt.depth for prompt in prompts)
    return ArcRow(arc.id, arc.title, prompts[0].way, len(prompts), depth)
