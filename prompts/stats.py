"""Count a library: by way, by depth, by shape and by arc."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prompts.deck import Library
from prompts.prompt import DEPTHS, Prompt, Way


@dataclass(frozen=True, slots=True)
class Row:
    """The prompts of one way, or of all: how many of each sort."""

    name: str
    prompts: int
    by_depth: Mapping[int, int]
    two_sided: int
    heavy: int
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

    ways: Sequence[Row]
    total: Row
    arcs: Sequence[ArcRow]


def stats(library: Library) -> Stats:
    """Count a library."""
    prompts = [prompt for prompt in library.prompts.values() if not prompt.retired]
    ways = [_count(way.value, [prompt for prompt in prompts if prompt.way is way]) for way in Way]
    return Stats(ways, _count("all", prompts), [_count_arc(library, arc) for arc in sorted(library.arcs)])


def _count(name: str, prompts: Sequence[Prompt]) -> Row:
    depths = Counter(prompt.depth for prompt in prompts)
    return Row(
        name=name,
        prompts=len(prompts),
        by_depth={depth: depths[depth] for depth in DEPTHS},
        two_sided=sum(prompt.two_sided for prompt in prompts),
        heavy=sum(prompt.heavy for prompt in prompts),
        plain=sum(prompt.plain_sides != prompt.sides for prompt in prompts),
        in_arcs=sum(prompt.arc is not None for prompt in prompts),
    )


def _count_arc(library: Library, arc_id: str) -> ArcRow:
    arc = library.arcs[arc_id]
    prompts = [library.prompts[prompt_id] for prompt_id in arc.prompts]
    depth = max(prompt.depth for prompt in prompts)
    return ArcRow(arc.id, arc.title, prompts[0].way, len(prompts), depth)
