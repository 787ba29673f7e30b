"""What the pages that a person keeps have in common: each is one template of a language, for a browser."""

from collections.abc import Sequence
from pathlib import Path

from prompts.source import FALLBACK, Finding, WordsError, display_name, languages, nearest, read_text
from prompts.template import PlainSandbox, TemplateValues, Text, find_template_faults
from prompts.tongue import load_tongue


def page_sandbox(
    file: str, language: str, root: Path, shared: Sequence[str] = ()
) -> tuple[PlainSandbox, str]:
    """Load a page's template in the nearest language that has it, with those that all share; give its folder, too."""
    folder = next(folder for folder in nearest(language, languages(root)) if (root / folder / file).exists())
    paths = {file: root / folder / file, **{name: root / name for name in shared}}
    texts = {name: Text.of(read_text(path, root), display_name(path, root)) for name, path in paths.items()}
    return PlainSandbox(texts, load_tongue(root / folder, root, [])), folder


def find_page_faults(file: str, values: TemplateValues, folder: Path, root: Path) -> list[Finding]:
    """Find what breaks a language's page, where it has one; English has each."""
    path = folder / file
    if folder.name != FALLBACK and not path.exists():
        return []
    try:
        return find_template_faults(display_name(path, root), read_text(path, root), values, page=True)
    except WordsError as broken:
        return list(broken.findings)
