"""Whether a language's templates have words for every plural category that its numbers take.

A template asks `{% if n|plural == "one" %} … {% elif n|plural == "few" %} … {% else %} … {% endif %}`: the categories
are CLDR's, which Babel knows for each language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from prompts.source import FALLBACK, Finding, WordsError, display_name, read_text
from prompts.template import SUFFIX, read_tree
from prompts.tongue import Tongue, find_tongue_faults, load_tongue


def find_plural_faults(folder: Path, root: Path) -> Iterator[Finding]:
    """Find numbers whose plural forms are not all there, and those told apart by `== 1` alone."""
    if find_tongue_faults(folder, root):
        return  # which tell that there is no such language
    tongue = load_tongue(folder, root, [])
    for path in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        name = display_name(path, root)
        try:
            tree = read_tree(read_text(path, root))
        except (WordsError, TemplateSyntaxError):
            continue  # whoever reads it for its words says so
        yield from _of_template(name, tree, tongue)


def _of_template(name: str, tree: nodes.Template, tongue: Tongue) -> Iterator[Finding]:
    said: dict[str, set[str]] = defaultdict(set)
    lines: dict[str, int] = {}
    ones: dict[str, int] = {}
    for compare in tree.find_all(nodes.Compare):
        operand = compare.ops[0].expr
        if isinstance(compare.expr, nodes.Filter) and compare.expr.name == "plural":
            number = _named(compare.expr.node)
            lines.setdefault(number, compare.lineno)
            said[number].add(str(getattr(operand, "value", "")))
        elif isinstance(operand, nodes.Const) and operand.value == 1 and compare.ops[0].op == "eq":
            ones.setdefault(_named(compare.expr), compare.lineno)
    for number, forms in said.items():
        known = ", ".join(tongue.plurals)
        for form in sorted(forms - {*tongue.plurals}):
            wrong = f"{tongue.name} has no plural form “{form}”."
            yield Finding(name, lines[number], wrong, f"It has: {known}.")
        lacking = [form for form in tongue.plurals if form not in forms]
        if len(lacking) > 1:
            wrong = f"`{number}` has no words for: {', '.join(lacking)}."
            yield Finding(
                name, lines[number], wrong, f"{tongue.name} has {known}; one of them may be the else."
            )
    told = {_named(node) for output in tree.find_all(nodes.Output) for node in output.nodes}
    for number in (ones.keys() & told) if tongue.code != FALLBACK else ():
        wrong = f"`{number}` is compared with 1."
        yield Finding(name, ones[number], wrong, f'Write {number}|plural == "one", and the other forms.')


def _named(node: nodes.Node | None) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_named(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""
