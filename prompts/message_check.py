"""Check a language's message templates and buttons, and that none is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from prompts.render import BUTTONS, find_missing, read_buttons, values_of
from prompts.source import FALLBACK, Finding, WordsError, display_name, read_text, read_toml
from prompts.style import Style
from prompts.template import MACROS, SHARED, SUFFIX, TemplateValues, find_template_faults, fixed_texts

_ONE_BRACE = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_LOUD = re.compile(r"!\s*!")


def find_message_faults(
    folder: Path, root: Path, expected: Mapping[str, TemplateValues] | None
) -> Iterator[Finding]:
    """Find broken and unknown templates, and what English lacks."""
    there = set()
    for path in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        message = path.name.removesuffix(SUFFIX)
        there.add(message)
        try:
            text = read_text(path, root)
        except WordsError as error:
            yield from error.findings
            continue
        values = values_of(message, expected)
        name = display_name(path, root)
        yield from find_template_faults(name, text, values, complete=folder.name == FALLBACK)
        if path.name == MACROS and folder.name != FALLBACK:
            yield Finding(name, 1, "The macros are English's for every language.", "Delete this file.")
        elif expected is not None and path.name not in SHARED and message not in expected:
            yield Finding(name, 1, f"No message is called {message}.", "Delete this file, or rename it.")
    yield from find_missing(folder, root, set(expected or ()) - there)


def find_message_wordings(folder: Path, root: Path, style: Style) -> Iterator[Finding]:
    """Find what a template's fixed text should not say."""
    for path in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        name = display_name(path, root)
        for text, line in fixed_texts(path.read_text("utf-8", "replace")):
            for braced in _ONE_BRACE.findall(text):
                yield Finding(name, line, f"{braced} is not replaced here.", f"Write {{{braced}}}.")
            if _LOUD.search(text):
                yield Finding(name, line, "Exclamation marks in a row.", "One at most, better none.")
            for avoid in style.avoid:
                for words in avoid.find(("message",), text):
                    yield Finding(name, line, f"“{words}” {avoid.wrong}.", avoid.write)


def find_button_faults(folder: Path, root: Path, keys: Collection[str] | None) -> list[Finding]:
    """Find labels that can't be read or are unknown, and what English lacks."""
    findings: list[Finding] = []
    labels = read_buttons(folder, root, findings)
    name = display_name(folder / BUTTONS, root)
    known = set(keys) if keys is not None else None
    if folder.name != FALLBACK:
        known = known or set(read_buttons(root / FALLBACK, root, []))
    if findings or known is None:
        return findings
    if labels:
        source = read_toml(folder / BUTTONS, root)
        for key in labels.keys() - known:
            wrong = f"No button is called `{key}`."
            findings.append(Finding(name, source.line(key=key), wrong, "Delete it, or rename it."))
    missing = ", ".join(sorted(known - labels.keys()))
    if missing and folder.name == FALLBACK:
        findings.append(Finding(name, 1, f"Buttons are missing: {missing}.", "Write them."))
    return findings
