"""Themes: what prompts are about, as a person can see and choose.

Most come to every couple. A sensitive one, and one that only fits some lives, comes where both partners have
opened it, each asked alone. English holds every theme with its facts; another language holds its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from prompts.fields import Fields, tables
from prompts.prompt import DEPTHS, Prompt, take_id
from prompts.source import FALLBACK, Finding, Source, WordsError, read_toml

THEMES = "themes.toml"
LIVES = ("children", "apart")
"""What a theme may need of two people's lives: children in them; living apart for days or longer."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its name, a sentence about it, and when it comes."""

    id: str
    title: str
    text: str
    sensitive: bool = False
    fits: str | None = None
    from_depth: int = DEPTHS[0]

    @property
    def by_consent(self) -> bool:
        """Tell whether it comes only where both have opened it."""
        return self.sensitive or self.fits is not None


def read_themes(folder: Path, root: Path, findings: list[Finding]) -> tuple[Source | None, dict[str, Theme]]:
    """Read one language's themes as far as they can be read; none where there is no such file."""
    if not (folder / THEMES).exists():
        return None, {}
    try:
        source = read_toml(folder / THEMES, root)
    except WordsError as error:
        findings += error.findings
        return None, {}
    themes: dict[str, Theme] = {}
    for index, block in enumerate(tables(source, "theme", findings)):
        fields = Fields(source, block, findings, ("theme", index), "a theme")
        theme = _parse(fields)
        if theme.id in themes:
            fields.wrong("id", f"The theme “{theme.id}” is here twice.", "Give this one an id of its own.")
        themes[theme.id] = theme
    return source, themes


def load_themes(language: str, root: Path, findings: list[Finding]) -> Mapping[str, Theme]:
    """Give every theme in a language, English's words where it has none."""
    _, themes = read_themes(root / FALLBACK, root, findings)
    if language != FALLBACK:
        source, translated = read_themes(root / language, root, findings)
        for index, (name, words) in enumerate(translated.items()):
            if name in themes:
                themes[name] = replace(themes[name], title=words.title, text=words.text)
            elif source:
                wrong = f"English has no theme “{name}”."
                line = source.line(("theme", index), "id")
                findings.append(Finding(source.name, line, wrong, "Write it in English first."))
    return MappingProxyType(themes)


def judge_theme(fields: Fields, prompt: Prompt, themes: Mapping[str, Theme]) -> Prompt:
    """Find a theme that there is not, or that is deeper than its prompt; mark what needs a couple's yes."""
    if prompt.theme is None:
        return prompt
    theme = themes.get(prompt.theme)
    if theme is None:
        wrong = f"There is no theme “{prompt.theme}”."
        fields.wrong("theme", wrong, f"Write one of {THEMES}: {', '.join(themes) or 'it has none'}.")
        return prompt
    if prompt.depth < theme.from_depth:
        wrong = f"The theme “{theme.id}” begins at depth {theme.from_depth}."
        fields.wrong("depth", wrong, f"Write depth = {theme.from_depth}, or give it another theme.")
    return replace(prompt, by_consent=theme.by_consent)


def _parse(fields: Fields) -> Theme:
    theme = Theme(
        id=take_id(fields),
        title=fields.text("title"),
        text=fields.text("text"),
        sensitive=fields.flag("sensitive"),
        fits=fields.maybe_one_of("fits", LIVES),
        from_depth=fields.number("from_depth", DEPTHS) if fields.has("from_depth") else DEPTHS[0],
    )
    fields.ask("from_depth")
    fields.finish()
    return theme
