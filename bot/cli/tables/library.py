"""The library in tables, for `check --stats`."""

from rich.console import Console
from rich.table import Table

from prompts.deck import Library
from prompts.prompt import DEPTHS, Form
from prompts.stats import Phrases, Stats, Tally, count_phrases, stats

WIDTH = 140
_SORTS = (
    "prompts",
    *(f"d{d}" for d in DEPTHS),
    *Form,
    "2 sides",
    "light",
    "heavy",
    "quick",
    "sensitive",
)


def print_library(library: Library) -> None:
    """Print how many prompts there are of every sort, and which turns of phrase are many."""
    counted, phrases = stats(library), count_phrases(library)
    console = Console(width=WIDTH, highlight=False)
    console.print(_by_way(counted), _by_theme(counted), _arcs(counted), _phrases(phrases))


def _by_way(counted: Stats) -> Table:
    table = Table("way", *_SORTS, "plain", "in arcs")
    for row in (*counted.ways, counted.total):
        cells = (*_cells(row), str(row.plain), str(row.in_arcs))
        table.add_row(row.name, *cells, end_section=row is counted.ways[-1])
    return table


def _by_theme(counted: Stats) -> Table:
    table = Table("theme", *_SORTS, "comes")
    for theme, row in counted.themes:
        comes = "both say yes" if theme.by_consent else "to all"
        table.add_row(theme.id, *_cells(row), comes)
    table.add_section()
    table.add_row("(no theme)", *_cells(counted.without_theme), "to all")
    return table


def _arcs(counted: Stats) -> Table:
    table = Table("arc", "way", "prompts", "depth")
    for arc in counted.arcs:
        table.add_row(arc.title, arc.way.value, str(arc.prompts), str(arc.depth))
    return table


def _phrases(phrases: Phrases) -> Table:
    table = Table(f"watched (at most {phrases.at_most})", "times", "frequent", "texts")
    for (watched, times), (phrase, texts) in zip(phrases.watched, phrases.common, strict=False):
        table.add_row(watched, str(times), phrase, str(texts))
    return table


def _cells(row: Tally) -> list[str]:
    numbers = (
        row.prompts,
        *(row.by_depth[depth] for depth in DEPTHS),
        *(row.by_form[form] for form in Form),
        row.two_sided,
        row.light,
        row.heavy,
        row.quick,
        row.sensitive,
    )
    return [*map(str, numbers)]
