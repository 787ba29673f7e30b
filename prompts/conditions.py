"""Whether a language's messages speak of everything that English's do: of a couple that ended, of words that are open.

A message that English says otherwise in some case, and another language never asks about, is wrong there in that case.
Only what stands in an `{% if %}` of its own counts: how half a sentence bends is each language's own matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from prompts.source import FALLBACK, Finding, WordsError, display_name, read_text
from prompts.template import PHRASES, SUFFIX, read_tree


def find_forgotten_cases(folder: Path, root: Path) -> Iterator[Finding]:
    """Find what English's messages ask for and this language's of the same name do not."""
    if folder.name == FALLBACK:
        return
    for path in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        english = root / FALLBACK / "messages" / path.name
        theirs, own = _tree(english, root), _tree(path, root)
        if path.name == PHRASES or not (theirs and own):
            continue
        known = _cases(own) | {name.name for name in own.find_all(nodes.Name)}
        asked = {case for branch in theirs.find_all(nodes.If) for case in _cases(branch.test)}
        for case in sorted(asked - known):
            wrong = f"English says something of its own where `{case}`; nothing here asks for that."
            yield Finding(display_name(path, root), 1, wrong, "Write what is said then.")


def _cases(node: nodes.Node) -> set[str]:
    """Give what a test tells apart: `ended`, or `fate == "over"` as a template would write it."""
    compared = [
        (compare.expr, compare.ops[0].expr)
        for compare in ([node] if isinstance(node, nodes.Compare) else node.find_all(nodes.Compare))
    ]
    names = [node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name)
    return {name.name for name in names} | {
        f'{name.name} == "{other.value}"'
        for name, other in compared
        if isinstance(name, nodes.Name) and isinstance(other, nodes.Const)
    }


def _tree(path: Path, root: Path) -> nodes.Template | None:
    try:
        return read_tree(read_text(path, root)) if path.exists() else None
    except (WordsError, TemplateSyntaxError):
        return None  # whoever reads it for its words says so
