"""Whether every language has the phrases that several messages share, each with the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from prompts.source import FALLBACK, Finding, WordsError, display_name, read_text
from prompts.template import MACROS, PHRASES, SHARED, SUFFIX, read_tree


def find_phrase_faults(folder: Path, root: Path) -> Iterator[Finding]:
    """Find macros that a language lacks, has with other values, or imports though there is no such one."""
    english = {name: _macros(root / FALLBACK / "messages" / name, root) for name in SHARED}
    path = folder / "messages" / PHRASES
    name = display_name(path, root)
    if folder.name != FALLBACK and path.exists():
        own = _macros(path, root)
        for macro, values in english[PHRASES].items():
            if own.get(macro) != values:
                wrong = f"The phrase `{macro}({', '.join(values)})` is not here as English has it."
                yield Finding(name, 1, wrong, "Write it, with the same values in the same order.")
    for template in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        tree = _tree(template, root)
        for imported in tree.find_all(nodes.FromImport) if tree else ():
            known = english.get(str(getattr(imported.template, "value", "")), {})
            for given in imported.names:
                macro = given if isinstance(given, str) else given[0]
                if macro not in known:
                    where = display_name(template, root)
                    wrong = f"There is no `{macro}` to import there."
                    yield Finding(where, imported.lineno, wrong, f"Look in {MACROS} and {PHRASES}.")


def _macros(path: Path, root: Path) -> Mapping[str, tuple[str, ...]]:
    tree = _tree(path, root)
    macros = tree.find_all(nodes.Macro) if tree else ()
    return {macro.name: tuple(argument.name for argument in macro.args) for macro in macros}


def _tree(path: Path, root: Path) -> nodes.Template | None:
    try:
        return read_tree(read_text(path, root))
    except (WordsError, TemplateSyntaxError):
        return None  # whoever reads it for its words says so
